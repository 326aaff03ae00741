package dev.usher.store;

class PostgresConcurrencyTest extends ConcurrencyContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.postgresSettings();
    }
}
