package dev.usher.store;

class PostgresStoreTest extends StoreContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.postgresSettings();
    }
}
