package dev.usher.store;

class PostgresQueryTest extends QueryContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.postgresSettings();
    }
}
