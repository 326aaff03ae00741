package dev.usher.store;

import static dev.usher.store.Samples.APPLICATION;
import static dev.usher.store.Samples.FLOW;
import static dev.usher.store.Samples.LANGUAGE;
import static dev.usher.store.Samples.PROVIDER;
import static dev.usher.store.Samples.TENANT;
import static dev.usher.store.Samples.equal;
import static dev.usher.store.Samples.property;
import static dev.usher.store.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What the planner, left to itself, makes of each frequent question on a large tenant: 10,000 of
 * 20,000 flows with what they contain and link to, and as many people, after {@code analyze}. No
 * plan scans a table; the steps and indexes are a golden file, which {@code -Dgolden.update=true}
 * rewrites.
 */
abstract class HotPlanContract {

    static final String OTHER = "22222222-2222-4222-8222-222222222222";

    /** What a token request reads of a client, as its room keeps it. */
    private static final Kind ROLE =
            new Kind(
                    "appRoleAssignment",
                    "app_role_assignment",
                    Map.of(
                            "principalId", new Kind.Column("principal_id", Kind.Column.Type.TEXT),
                            "resourceId", new Kind.Column("resource_id", Kind.Column.Type.TEXT)),
                    Set.of());

    private static final Query.Scope TOP = new Query.Scope.Children("");
    private static final Operand.Property NAME = property("displayName");
    private static final Query.Scope LINKED =
            new Query.Scope.Linked("uses", "userFlow", "userflow77");

    abstract StoreSettings fresh();

    abstract Dialect dialect();

    /** Numbers from 1 to that one, as {@code i}, to select from. */
    abstract String series(int last);

    /** What stands before a statement so that it answers its plan, and the column of its text. */
    abstract String prefix();

    abstract int column();

    /** The step and the index that a line of a plan names; blank when it says nothing of them. */
    abstract String step(String line);

    /** Whether that step reads a whole table. */
    abstract boolean scans(String step);

    /** Rows of two tenants of the same size. */
    private void fill(Statement statement) throws SQLException {
        for (String tenant : List.of(TENANT.toString(), OTHER)) {
            for (String kind : List.of("userFlow", "apiConnector")) {
                statement.execute(
                        """
                        insert into document
                        select '%s', '%s', '', lower('%s') || i, '%s' || i, 'test.%s', i,
                               '{"displayName":"Name ' || i || '","targetUrl":"https://x/' || i || '"}'
                        from %s
                        """
                                .formatted(tenant, kind, kind, kind, kind, series(10_000))
                                .replace("'{\"displayName", json() + "'{\"displayName")
                                .replace("|| '\"}'", "|| '\"}'" + jsonEnd()));
            }
            statement.execute(
                    """
                    insert into document
                    select '%s', 'language', 'userflow' || i, 'de', 'de', 'test.language', i, %s'{}'%s
                    from %s
                    """
                            .formatted(tenant, json(), jsonEnd(), series(10_000)));
            statement.execute(
                    """
                    insert into document
                    select '%s', 'identityProvider', '', 'identityprovider' || i,
                           'identityProvider' || i, 'test.social', i, %s'{}'%s
                    from %s
                    """
                            .formatted(tenant, json(), jsonEnd(), series(50)));
            fillLinksAndRows(statement, tenant);
            HotPeople.fill(statement, tenant, series(10_000), json(), jsonEnd());
        }
        analyze(statement);
    }

    private void fillLinksAndRows(Statement statement, String tenant) throws SQLException {
        statement.execute(
                """
                insert into link
                select '%s', 'uses', 'userFlow', 'userflow' || i, 'identityProvider',
                       'identityprovider' || (1 + i %% 50), 1
                from %s
                """
                        .formatted(tenant, series(10_000)));
        statement.execute(
                """
                insert into application
                select '%s', 'application' || i, 'application' || i, 't', i, 'app' || i,
                       'Name ' || i, i, %s'{}'%s
                from %s
                """
                        .formatted(tenant, json(), jsonEnd(), series(10_000)));
        statement.execute(
                """
                insert into app_role_assignment (tenant_id, entity_key, entity_id, type_name,
                       version, principal_id, resource_id, app_role_id, doc)
                select '%s', 'role' || i, 'role' || i, 't', i, 'principal' || (i / 5), 'graph',
                       'role' || i, %s'{}'%s
                from %s
                """
                        .formatted(tenant, json(), jsonEnd(), series(10_000)));
    }

    /** Gives the planner statistics of every row, so that they are the same each time. */
    void analyze(Statement statement) throws SQLException {
        statement.execute("analyze");
    }

    /** What stands around a text that a document column takes. */
    String json() {
        return "";
    }

    String jsonEnd() {
        return "";
    }

    private static Query query(
            Kind kind,
            Query.Scope scope,
            Predicate filter,
            List<Query.Order> orders,
            Query.Cursor after) {
        return new Query(kind, List.of(), scope, filter, orders, after, 100, 0);
    }

    private static Query filtered(Kind kind, Predicate filter) {
        return query(kind, TOP, filter, List.of(), null);
    }

    private static Map<String, Consumer<ReadTx>> questions() {
        List<Query.Order> byName = List.of(new Query.Order(NAME, false));
        Predicate startsWith =
                new Predicate.TextMatch(Predicate.Function.STARTS_WITH, NAME, text("Name 77"));
        Map<String, Consumer<ReadTx>> asked = new LinkedHashMap<>();
        asked.put("find", tx -> tx.find(FLOW, "", "userFlow77"));
        asked.put("find contained", tx -> tx.find(LANGUAGE, "userFlow77", "de"));
        asked.put("find row", tx -> tx.find(APPLICATION, "", "application77"));
        asked.put("list", tx -> tx.query(filtered(FLOW, null)));
        asked.put(
                "next page",
                tx ->
                        tx.query(
                                query(
                                        FLOW,
                                        TOP,
                                        null,
                                        List.of(),
                                        new Query.Cursor(List.of(), "userflow5000"))));
        asked.put("count", tx -> tx.count(filtered(FLOW, null)));
        asked.put(
                "key equals",
                tx -> tx.query(filtered(FLOW, equal(property("id"), text("userFlow77")))));
        asked.put("name equals", tx -> tx.query(filtered(FLOW, equal(NAME, text("Name 77")))));
        asked.put("name starts with", tx -> tx.query(filtered(FLOW, startsWith)));
        asked.put(
                "key starts with",
                tx ->
                        tx.query(
                                filtered(
                                        FLOW,
                                        new Predicate.TextMatch(
                                                Predicate.Function.STARTS_WITH,
                                                property("id"),
                                                text("userFlow77")))));
        asked.put("ordered by name", tx -> tx.query(query(FLOW, TOP, null, byName, null)));
        asked.put(
                "next page by name",
                tx ->
                        tx.query(
                                query(
                                        FLOW,
                                        TOP,
                                        null,
                                        byName,
                                        new Query.Cursor(List.of("Name 5000"), "k"))));
        lambdas(asked);
        related(asked);
        rows(asked);
        asked.putAll(HotPeople.questions());
        return asked;
    }

    /** {@code any} and {@code all} over what the entities link to and what they contain. */
    private static void lambdas(Map<String, Consumer<ReadTx>> asked) {
        Predicate anyLinked =
                new Predicate.AnyLinked(
                        "uses",
                        PROVIDER,
                        List.of("test.social"),
                        "c",
                        equal(inner("id"), text("identityProvider7")));
        Predicate german = equal(inner("id"), text("de"));
        Predicate named = equal(inner("displayName"), text("Deutsch"));
        Predicate anyByKey = new Predicate.AnyContained(LANGUAGE, List.of(), "c", german);
        Predicate anyByName =
                new Predicate.AnyContained(LANGUAGE, List.of("test.language"), "c", named);
        Predicate all = new Predicate.AllContained(LANGUAGE, List.of(), "c", named);
        asked.put("any linked", tx -> tx.query(filtered(FLOW, anyLinked)));
        asked.put("any contained by key", tx -> tx.query(filtered(FLOW, anyByKey)));
        asked.put("any contained by property", tx -> tx.query(filtered(FLOW, anyByName)));
        asked.put("all contained", tx -> tx.query(filtered(FLOW, all)));
        asked.put("count of any contained", tx -> tx.count(filtered(FLOW, anyByKey)));
    }

    private static Operand.Property inner(String name) {
        return new Operand.Property("c", List.of(name), property(name).type());
    }

    private static void related(Map<String, Consumer<ReadTx>> asked) {
        List<String> owners = List.of("userflow1", "userflow2", "userflow3");
        asked.put(
                "contained",
                tx ->
                        tx.query(
                                query(
                                        LANGUAGE,
                                        new Query.Scope.Children("userflow77"),
                                        null,
                                        List.of(),
                                        null)));
        asked.put("linked", tx -> tx.query(query(PROVIDER, LINKED, null, List.of(), null)));
        asked.put(
                "expand linked",
                tx -> tx.expand(query(PROVIDER, LINKED, null, List.of(), null), owners));
        asked.put("expand contained", tx -> tx.expand(filtered(LANGUAGE, null), owners));
        asked.put("is linked", tx -> tx.linked("uses", "userFlow", "a", "identityProvider", "b"));
        asked.put("whom it links to", tx -> tx.outgoing(List.of("a", "b"), "userFlow", "x", 10));
        asked.put("what it links to", tx -> tx.targets(List.of("a", "b"), "userFlow", "x", 10));
        asked.put("who links to it", tx -> tx.incoming("identityProvider", "b", 10));
    }

    private static void rows(Map<String, Consumer<ReadTx>> asked) {
        List<Query.Order> byName = List.of(new Query.Order(NAME, false));
        asked.put("row by name", tx -> tx.query(query(APPLICATION, TOP, null, byName, null)));
        asked.put(
                "row by appId",
                tx -> tx.query(filtered(APPLICATION, equal(property("appId"), text("app77")))));
        Predicate principal = equal(property("principalId"), text("principal77"));
        Predicate resource = equal(property("resourceId"), text("graph"));
        asked.put(
                "roles of a principal",
                tx -> tx.query(filtered(ROLE, new Predicate.And(List.of(principal, resource)))));
    }

    /** What puts rows into the tables before they are asked. */
    private interface Filling {
        void of(Statement statement) throws SQLException;
    }

    @Test
    void noPlanScansATable() throws Exception {
        explain(this::fill, questions(), "");
    }

    /** The same of people and what belongs to them, 10,000 of 20,000. */
    @Test
    void noPlanOfTheDirectoryScansATable() throws Exception {
        DirectoryHotPlans directory =
                new DirectoryHotPlans(this::series, json() + "'{}'" + jsonEnd());
        Filling filling =
                statement -> {
                    directory.fill(statement);
                    analyze(statement);
                };
        explain(filling, directory.questions(), "-directory");
    }

    private void explain(Filling filling, Map<String, Consumer<ReadTx>> questions, String suffix)
            throws Exception {
        StoreSettings settings = fresh();
        TestDatabases.open(settings).close();
        StringBuilder all = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            if (dialect() instanceof SqliteDialect) {
                SqliteDialect.install(connection);
            }
            filling.of(statement);
            Explained explained = new Explained(connection, prefix(), column());
            Session session = new Session(explained.connection(), dialect(), 0);
            JdbcReadTx tx = new JdbcReadTx(session, TENANT);
            questions.forEach((name, question) -> {
                question.accept(tx);
                all.append("== ").append(name).append('\n');
                List<String> steps =
                        explained.plans().stream()
                                .map(this::step)
                                .filter(step -> !step.isBlank())
                                .toList();
                steps.forEach(step -> all.append(step).append('\n'));
                assertThat(steps).as(name).isNotEmpty().noneMatch(this::scans);
            });
        }
        String name = getClass().getSimpleName() + suffix + ".txt";
        Path golden = Path.of("src/test/resources/golden/store", name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, all);
        }
        assertThat(all.toString()).isEqualTo(Files.readString(golden));
    }
}
