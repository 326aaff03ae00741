package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.ids.TenantId;
import dev.usher.secret.AesGcmSealer;
import dev.usher.secret.MasterKey;
import dev.usher.secret.Sealer;
import dev.usher.time.Clock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
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

    /** A flow of the time before attribute assignments, as its tenant finds it afterwards. */
    @Test
    void givesEarlierFlowsTheAssignmentOfANewOne() throws Exception {
        StoreSettings settings = fresh();
        String database = this instanceof SqliteSchemaTest ? "sqlite" : "postgresql";
        Flyway.configure()
                .dataSource(settings.url(), settings.user(), settings.password())
                .locations("classpath:db/" + database)
                .target("2")
                .load()
                .migrate();
        String tenant = "11111111-1111-4111-8111-111111111111";
        String values = "'" + tenant + "', '%s', '', '%s', '%s', 'x', 7, '{}'";
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            for (String row :
                    new String[] {
                        values.formatted("userFlow", "b2x_1_a", "B2X_1_A"),
                        values.formatted("userFlowAttribute", "emailreadonly", "emailReadonly")
                    }) {
                statement.executeUpdate("insert into document values (" + row + ")");
            }
        }
        Kind assignments = new Kind("userAttributeAssignment", null, Map.of(), Set.of());
        try (Store store = TestDatabases.open(settings)) {
            Entity assignment =
                    store.read(
                                    TenantId.of(tenant),
                                    tx -> tx.find(assignments, "B2X_1_A", "EmailReadOnly"))
                            .orElseThrow();
            assertThat(assignment.id()).isEqualTo("emailReadonly");
            assertThat(assignment.properties().path("position").asLong()).isEqualTo(1);
            assertThat(assignment.properties().path("isOptional").booleanValue()).isTrue();
            boolean linked =
                    store.read(
                            TenantId.of(tenant),
                            tx ->
                                    tx.linked(
                                            "userAttribute",
                                            assignment.kind(),
                                            assignment.path(),
                                            "userFlowAttribute",
                                            "emailreadonly"));
            assertThat(linked).isTrue();
        }
    }

    @Test
    void refusesAnotherMasterKey() {
        StoreSettings settings = fresh();
        TestDatabases.open(settings).close();
        TestDatabases.open(settings).close();
        byte[] key = new byte[MasterKey.LENGTH];
        key[0] = 1;
        Sealer other = new AesGcmSealer(MasterKey.of(key), TestDatabases.ids());
        assertThatThrownBy(() ->
                        Stores.open(
                                settings,
                                Clock.system(),
                                TestDatabases.ids(),
                                other,
                                observation -> {}))
                .isInstanceOf(WrongMasterKey.class)
                .hasMessageContaining("master key");
        TestDatabases.open(settings).close();
    }

    /** Otherwise each start would ask Flyway, which takes its time. */
    @Test
    void knowsEveryMigration() {
        StoreSettings settings = fresh();
        TestDatabases.open(settings).close();
        assertThat(Migrations.current(settings)).isTrue();
    }

    /** The newest one alone says nothing of those before it. */
    @Test
    void refusesADatabaseThatLacksAMigrationInBetween() throws SQLException {
        StoreSettings settings = fresh();
        TestDatabases.open(settings).close();
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from flyway_schema_history where version = '3'");
        }
        assertThatThrownBy(() -> TestDatabases.open(settings))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("have run, but not 3;");
    }

    /** What a migration left half-done is not taken for current. */
    @Test
    void refusesAfterAFailedMigration() throws SQLException {
        StoreSettings settings = fresh();
        TestDatabases.open(settings).close();
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update flyway_schema_history set success = "
                            + (this instanceof SqliteSchemaTest ? "0" : "false")
                            + " where version = '7'");
        }
        assertThatThrownBy(() -> TestDatabases.open(settings)).isInstanceOf(StoreFailure.class);
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
