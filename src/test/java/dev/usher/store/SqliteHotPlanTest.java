package dev.usher.store;

class SqliteHotPlanTest extends HotPlanContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.sqliteSettings();
    }

    @Override
    Dialect dialect() {
        return new SqliteDialect();
    }

    @Override
    String series(int last) {
        return "(with recursive n(i) as (select 1 union all select i + 1 from n where i < %d) select i from n)"
                .formatted(last);
    }

    @Override
    String prefix() {
        return "explain query plan";
    }

    @Override
    int column() {
        return 4;
    }

    /** Each line is a step. */
    @Override
    String step(String line) {
        return line;
    }

    /**
     * A list of values, of a document too, and the rows of a subquery are read whole; no table is.
     */
    @Override
    boolean scans(String step) {
        return step.startsWith("SCAN ")
                && !step.matches(
                        "SCAN (json_each .*|\\w+ EXISTS VIRTUAL TABLE .*|ranked|\\(subquery.*)");
    }
}
