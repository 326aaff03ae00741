package dev.usher.store;

class SqliteLinkTest extends LinkContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.sqliteSettings();
    }
}
