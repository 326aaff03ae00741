package dev.usher.store;

import java.util.List;

class SqlitePlanTest extends PlanContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.sqliteSettings();
    }

    @Override
    Dialect dialect() {
        return new SqliteDialect();
    }

    @Override
    String keyIndex(String table) {
        return "sqlite_autoindex_" + table + "_1";
    }

    @Override
    String linkIndex() {
        return "SEARCH l USING PRIMARY KEY";
    }

    @Override
    List<String> explain(Session session, SqlText sql) {
        return session.list(
                "explain query plan " + sql.text(), sql.values(), row -> row.getString(4));
    }
}
