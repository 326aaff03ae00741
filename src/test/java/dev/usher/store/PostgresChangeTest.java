package dev.usher.store;

class PostgresChangeTest extends ChangeContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.postgresSettings();
    }
}
