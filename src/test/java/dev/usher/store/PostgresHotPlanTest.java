package dev.usher.store;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

class PostgresHotPlanTest extends HotPlanContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.postgresSettings();
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect();
    }

    @Override
    String series(int last) {
        return "generate_series(1, %d) i".formatted(last);
    }

    @Override
    String prefix() {
        return "explain (costs off)";
    }

    @Override
    int column() {
        return 1;
    }

    @Override
    void analyze(Statement statement) throws SQLException {
        for (String table :
                List.of(
                        "document",
                        "link",
                        "application",
                        "user_account",
                        "user_identity",
                        "user_word",
                        "sign_in",
                        "sign_up")) {
            statement.execute("alter table " + table + " set (autovacuum_enabled = off)");
        }
        statement.execute("set default_statistics_target = 1000");
        super.analyze(statement);
    }

    @Override
    String json() {
        return "(";
    }

    @Override
    String jsonEnd() {
        return ")::jsonb";
    }

    /** Conditions and sort keys are left out. */
    @Override
    String step(String line) {
        return line.matches("\\s*(->.*|\\w[\\w ]*( using .*| on .*)?)") ? line : "";
    }

    @Override
    boolean scans(String step) {
        return step.contains("Seq Scan");
    }
}
