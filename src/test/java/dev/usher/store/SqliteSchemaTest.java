package dev.usher.store;

class SqliteSchemaTest extends SchemaContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.sqliteSettings();
    }
}
