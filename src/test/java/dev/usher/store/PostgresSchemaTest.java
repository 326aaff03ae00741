package dev.usher.store;

class PostgresSchemaTest extends SchemaContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.postgresSettings();
    }
}
