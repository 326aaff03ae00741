package dev.usher.store;

class PostgresLinkTest extends LinkContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.postgresSettings();
    }
}
