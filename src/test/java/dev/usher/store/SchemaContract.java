package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The schema's version. */
abstract class SchemaContract {

    abstract StoreSettings fresh();

    @Test
    void refusesADatabaseThatANewerProgramHasMigrated() throws Exception {
        StoreSettings settings = fresh();
        TestDatabases.open(settings).close();
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into flyway_schema_history (installed_rank, version, description, type,"
                            + " script, checksum, installed_by, execution_time, success,"
                            + " installed_on) values (9999, '9999', 'future', 'SQL',"
                            + " 'V9999__future.sql', 1, 'x', 1, "
                            + (this instanceof SqliteSchemaTest ? "1" : "true")
                            + ", '2026-01-01 00:00:00')");
        }
        assertThatThrownBy(() -> TestDatabases.open(settings))
                .isInstanceOfSatisfying(
                        NewerSchema.class,
                        e -> {
                            assertThat(e.found()).isEqualTo("9999");
                            assertThat(Integer.parseInt(e.known())).isPositive();
                            assertThat(e).hasMessageContainingAll("9999", e.known());
                        });
    }

    @Test
    void opensAnExistingDatabaseAgain() {
        StoreSettings settings = fresh();
        TestDatabases.open(settings).close();
        try (Store again = TestDatabases.open(settings)) {
            again.ping();
        }
    }
}
