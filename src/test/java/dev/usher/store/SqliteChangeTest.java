package dev.usher.store;

class SqliteChangeTest extends ChangeContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.sqliteSettings();
    }
}
