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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The schema's version. */
abstract class SchemaContract {

    private static final String TENANT = "11111111-1111-4111-8111-111111111111";

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
        migrate(settings, "2");
        String values = "'" + TENANT + "', '%s', '', '%s', '%s', 'x', 7, '{}'";
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
                                    TenantId.of(TENANT),
                                    tx -> tx.find(assignments, "B2X_1_A", "EmailReadOnly"))
                            .orElseThrow();
            assertThat(assignment.id()).isEqualTo("emailReadonly");
            assertThat(assignment.properties().path("position").asLong()).isEqualTo(1);
            assertThat(assignment.properties().path("isOptional").booleanValue()).isTrue();
            boolean linked =
                    store.read(
                            TenantId.of(TENANT),
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

    @Test
    void writesRefreshingWithoutEndAsZero() throws Exception {
        StoreSettings settings = fresh();
        migrate(settings, "10");
        String row = "'" + TENANT + "', 'userFlowSettings', '%1$s', 'settings', 'settings', 'x', 1";
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            for (String flow : new String[] {"null", "30"}) {
                String doc = "{\"refreshTokenWindowDays\":" + flow + ",\"issuerForm\":\"tenant\"}";
                statement.executeUpdate(
                        "insert into document values (" + row.formatted(flow) + ", '" + doc + "')");
            }
        }
        Kind kind = new Kind("userFlowSettings", null, Map.of(), Set.of());
        try (Store store = TestDatabases.open(settings)) {
            assertThat(window(store, kind, "null")).isZero();
            assertThat(window(store, kind, "30")).isEqualTo(30);
        }
    }

    @Test
    void knowsTheWordsOfThoseWhoWereThere() throws Exception {
        StoreSettings settings = fresh();
        migrate(settings, "10");
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            for (String name : new String[] {"\"Ada de la Cruz-ada\"", "null"}) {
                String key = "u" + name.length();
                statement.executeUpdate(
                        "insert into user_account (tenant_id, entity_key, entity_id, type_name,"
                                + " version, upn_key, doc) values ('%s', '%s', '%s', 'x', 1, '%s', '{\"displayName\":%s}')"
                                        .formatted(TENANT, key, key, key, name));
            }
        }
        try (Store store = TestDatabases.open(settings)) {
            List<String> words =
                    store.read(
                            TenantId.of(TENANT),
                            tx ->
                                    tx.sql(
                                                    "select word from user_word where tenant_id ="
                                                            + " :tenant order by word")
                                            .list(row -> row.text("word")));
            assertThat(words).containsExactly("ada", "cruz", "de", "la");
        }
    }

    private static int window(Store store, Kind kind, String flow) {
        return store.read(TenantId.of(TENANT), tx -> tx.find(kind, flow, "settings"))
                .orElseThrow()
                .properties()
                .path("refreshTokenWindowDays")
                .intValue();
    }

    /** Brings an empty database to an earlier version's schema. */
    private void migrate(StoreSettings settings, String version) {
        String database = this instanceof SqliteSchemaTest ? "sqlite" : "postgresql";
        Flyway.configure()
                .dataSource(settings.url(), settings.user(), settings.password())
                .locations("classpath:db/" + database)
                .target(version)
                .load()
                .migrate();
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
