package dev.usher.store;

class SqliteQueryTest extends QueryContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.sqliteSettings();
    }
}
