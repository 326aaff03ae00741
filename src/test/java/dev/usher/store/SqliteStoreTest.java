package dev.usher.store;

class SqliteStoreTest extends StoreContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.sqliteSettings();
    }
}
