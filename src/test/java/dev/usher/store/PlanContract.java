package dev.usher.store;

import static dev.usher.store.Samples.APPLICATION;
import static dev.usher.store.Samples.FLOW;
import static dev.usher.store.Samples.LANGUAGE;
import static dev.usher.store.Samples.PROVIDER;
import static dev.usher.store.Samples.TENANT;
import static dev.usher.store.Samples.USER;
import static dev.usher.store.Samples.equal;
import static dev.usher.store.Samples.property;
import static dev.usher.store.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The SQL of the main queries and the database's plan for it, against a golden file;
 * -Dgolden.update=true rewrites it.
 */
abstract class PlanContract {

    private static final Query.Scope TOP = new Query.Scope.Children("");
    private static final Operand.Property NAME = property("displayName");

    abstract StoreSettings fresh();

    abstract Dialect dialect();

    /** Makes the planner's choice depend on the query alone. */
    void prepare(Session session) throws SQLException {
        SqliteDialect.install(session.connection());
    }

    /** Gives the planner statistics, if it keeps any. */
    void analyze(Session session) {
        assertThat(session.dialect()).isInstanceOf(SqliteDialect.class);
    }

    abstract List<String> explain(Session session, SqlText sql);

    private SqlText page(
            Kind kind,
            Query.Scope scope,
            Predicate filter,
            List<Query.Order> orders,
            Query.Cursor after) {
        Query query = new Query(kind, List.of(), scope, filter, orders, after, 100, 0);
        return new QueryCompiler(dialect(), TENANT.toString(), query).page();
    }

    private SqlText filter(Kind kind, Predicate filter) {
        return page(kind, TOP, filter, List.of(), null);
    }

    private SqlText expand(Kind kind, Query.Scope scope) {
        Query query = new Query(kind, List.of(), scope, null, List.of(), null, 20, 0);
        return new QueryCompiler(dialect(), TENANT.toString(), query).expand(List.of("one", "two"));
    }

    /** What must be found by the right index even before the planner has statistics. */
    private Map<String, SqlText> pointQueries() {
        Query.Scope linked = new Query.Scope.Linked("uses", "userFlow", "userflow7");
        return Map.of(
                keyIndex("document"), find(FLOW),
                keyIndex("application"), find(APPLICATION),
                keyIndex("user_account"), find(USER),
                linkIndex(), page(PROVIDER, linked, null, List.of(), null));
    }

    /** The name of the index behind a table's primary key. */
    abstract String keyIndex(String table);

    abstract String linkIndex();

    private static SqlText find(Kind kind) {
        Shape shape = kind.shape();
        return new SqlText()
                .add("select ")
                .add(shape.select("e"))
                .add(" from " + shape.table() + " e where ")
                .add(shape.byKey("e", TENANT.toString(), "", "userFlow7"));
    }

    private Map<String, SqlText> queries() {
        List<Query.Order> byName = List.of(new Query.Order(NAME, false));
        Query.Scope linked = new Query.Scope.Linked("uses", "userFlow", "one");
        Predicate startsWith =
                new Predicate.TextMatch(Predicate.Function.STARTS_WITH, NAME, text("Sign"));
        Predicate anyLinked =
                new Predicate.AnyLinked(
                        "uses",
                        PROVIDER,
                        List.of("test.social"),
                        "p",
                        equal(
                                new Operand.Property("p", List.of("id"), property("id").type()),
                                text("Google-OAUTH")));
        Map<String, SqlText> queries = new LinkedHashMap<>();
        queries.put("list by key", filter(FLOW, null));
        queries.put(
                "next page by key",
                page(FLOW, TOP, null, List.of(), new Query.Cursor(List.of(), "k")));
        queries.put("name equals", filter(FLOW, equal(NAME, text("Sign up"))));
        queries.put("name starts with", filter(FLOW, startsWith));
        queries.put("ordered by name", page(FLOW, TOP, null, byName, null));
        queries.put(
                "next page by name",
                page(FLOW, TOP, null, byName, new Query.Cursor(List.of("Sign up"), "k")));
        queries.put("not", filter(FLOW, new Predicate.Not(equal(NAME, text("Sign up")))));
        queries.put("key equals", filter(FLOW, equal(property("id"), text("B2X_1_A"))));
        queries.put("any linked", filter(FLOW, anyLinked));
        queries.put("linked", page(PROVIDER, linked, null, List.of(), null));
        queries.put("expand linked", expand(PROVIDER, linked));
        queries.put("expand contained", expand(LANGUAGE, TOP));
        queries.put("table by name", page(APPLICATION, TOP, null, byName, null));
        queries.put("table by appId", filter(APPLICATION, equal(property("appId"), text("x"))));
        people(queries);
        return queries;
    }

    /** The queries by which people are found among many. */
    private void people(Map<String, SqlText> queries) {
        Operand name = new Operand.Lower(NAME);
        Predicate startsWith =
                new Predicate.TextMatch(Predicate.Function.STARTS_WITH, name, text("ann"));
        Predicate identity =
                new Predicate.AnyItem(
                        property("identities"),
                        "c",
                        new Predicate.And(
                                List.of(
                                        equal(member("issuer"), text("contoso.example")),
                                        equal(member("issuerAssignedId"), text("ann")))));
        queries.put("person by mail", filter(USER, equal(lower("mail"), text("a@b.c"))));
        queries.put(
                "person by principal name",
                filter(USER, equal(lower("userPrincipalName"), text("a@b.c"))));
        queries.put("person by identity", filter(USER, identity));
        queries.put("person by beginning of name", filter(USER, startsWith));
        queries.put("first page of people", filter(USER, null));
        queries.put(
                "people by name",
                page(USER, TOP, null, List.of(new Query.Order(name, false)), null));
    }

    private static Operand lower(String name) {
        return new Operand.Lower(property(name));
    }

    private static Operand member(String name) {
        return new Operand.Lower(new Operand.Property("c", List.of(name), property(name).type()));
    }

    /** The index that each of these queries must use. */
    private static final Map<String, String> PEOPLE =
            Map.of(
                    "person by mail", "user_account_mail",
                    "person by principal name", "user_account_upn",
                    "person by identity", "user_identity",
                    "person by beginning of name", "user_account_display_name",
                    "people by name", "user_account_display_name");

    @Test
    void compilesAndPlansAsBefore() throws Exception {
        StoreSettings settings = fresh();
        TestDatabases.open(settings).close();
        StringBuilder all = new StringBuilder();
        Map<String, String> plans = new LinkedHashMap<>();
        try (Connection connection =
                DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            Session session = new Session(connection, dialect(), 0);
            prepare(session);
            pointQueries()
                    .forEach((index, sql) ->
                            assertThat(String.join(" ", explain(session, sql)))
                                    .as(sql.text())
                                    .contains(index));
            analyze(session);
            queries()
                    .forEach((name, sql) -> {
                        String plan = String.join("\n", explain(session, sql));
                        plans.put(name, plan);
                        all.append("== %s\n%s\n--\n%s\n\n".formatted(name, sql.text(), plan));
                    });
        }
        for (String name : List.of("name equals", "name starts with", "ordered by name")) {
            assertThat(plans.get(name)).as(name).contains("document_display_name");
        }
        assertThat(plans.get("ordered by name")).doesNotContain("Sort", "TEMP B-TREE");
        assertThat(plans.get("table by name"))
                .contains("application_display_name")
                .doesNotContain("Sort", "TEMP B-TREE");
        assertThat(plans.get("table by appId")).contains("application_app_id");
        PEOPLE.forEach((query, index) -> assertThat(plans.get(query)).as(query).contains(index));
        assertThat(plans.get("people by name")).doesNotContain("Sort", "TEMP B-TREE");
        Path golden =
                Path.of("src/test/resources/golden/store", getClass().getSimpleName() + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, all);
        }
        assertThat(all.toString()).isEqualTo(Files.readString(golden));
    }
}
