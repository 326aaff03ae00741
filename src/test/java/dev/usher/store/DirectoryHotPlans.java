package dev.usher.store;

import static dev.usher.store.Samples.TENANT;
import static dev.usher.store.Samples.equal;
import static dev.usher.store.Samples.property;
import static dev.usher.store.Samples.text;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Schema;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The rows of a large directory, and what is often asked of it, by the kinds of the schema. */
final class DirectoryHotPlans {

    private static final int ROWS = 10_000;
    private static final Model MODEL = Schema.load().model("beta");
    private static final Kind USER = kind("user");
    private static final Kind DELETED = new Kind("deletedItem", null, Map.of(), Set.of());
    private static final Query.Scope TOP = new Query.Scope.Children("");

    private final IntFunction<String> series;
    private final String json;

    /**
     * @param series numbers from 1 to that one, as {@code i}, to select from
     * @param json an empty object as a document column takes it
     */
    DirectoryHotPlans(IntFunction<String> series, String json) {
        this.series = series;
        this.json = json;
    }

    private static Kind kind(String type) {
        return Kinds.of(MODEL.entityType("microsoft.graph." + type));
    }

    /** Rows of two tenants of the same size. */
    void fill(Statement statement) throws SQLException {
        for (String tenant : List.of(TENANT.toString(), HotPlanContract.OTHER)) {
            String entity = "'%s', 'k' || i, 'k' || i, 't', i".formatted(tenant);
            insert(
                    statement,
                    "user_account (tenant_id, entity_key, entity_id, type_name, version,"
                            + " upn_key, mail_key, display_name_key, created_at, doc)",
                    entity + ", 'upn' || i, 'mail' || i, 'name ' || i, i, " + json);
            insert(
                    statement,
                    "user_identity (tenant_id, assigned_key, issuer_key, entity_key)",
                    "'%s', 'a' || i, 'issuer', 'k' || i".formatted(tenant));
            insert(
                    statement,
                    "credential (tenant_id, user_key, hash, changed_at)",
                    "'%s', 'k' || i, 'h', i".formatted(tenant));
            insert(
                    statement,
                    "service_principal (tenant_id, entity_key, entity_id, type_name, version,"
                            + " app_id, display_name, account_enabled, doc)",
                    entity + ", 'app' || i, 'name ' || i, " + enabled() + ", " + json);
            insert(
                    statement,
                    "permission_grant (tenant_id, entity_key, entity_id, type_name, version,"
                            + " client_id, consent_type, principal_id, resource_id, doc)",
                    entity + ", 'c' || (i / 5), 'Principal', 'p' || i, 'graph', " + json);
            insert(
                    statement,
                    "role_assignment (tenant_id, entity_key, entity_id, type_name, version,"
                            + " principal_id, role_definition_id, directory_scope_id, doc)",
                    entity + ", 'p' || i, 'role' || (i / 500), '/', " + json);
            insert(
                    statement,
                    "sign_in (tenant_id, entity_key, entity_id, type_name, version, created_at,"
                            + " user_id, doc)",
                    entity + ", i, 'k' || i, " + json);
            insert(
                    statement,
                    "sign_up (tenant_id, entity_key, entity_id, type_name, version, created_at,"
                            + " doc)",
                    entity + ", i, " + json);
            for (String each :
                    List.of("federatedIdentityCredential", "phoneAuthenticationMethod")) {
                insert(
                        statement,
                        "document",
                        "'%s', '%s', 'owner' || (i / 5), 'k' || i, 'k' || i, 't', i, %s"
                                .formatted(tenant, each, json));
            }
            insert(
                    statement,
                    "document",
                    "'%s', 'deletedItem', '', 'k' || i, 'k' || i, '%s', i, %s"
                            .formatted(tenant, "microsoft.graph.user", json));
        }
    }

    private String enabled() {
        return json.contains("jsonb") ? "true" : "1";
    }

    private void insert(Statement statement, String into, String values) throws SQLException {
        statement.execute(
                "insert into " + into + " select " + values + " from " + series.apply(ROWS));
    }

    Map<String, Consumer<ReadTx>> questions() {
        Map<String, Consumer<ReadTx>> asked = new LinkedHashMap<>();
        people(asked);
        principals(asked);
        logs(asked);
        asked.put("deleted people", tx -> tx.query(page(DELETED, TOP, null, List.of())));
        asked.put("deleted object", tx -> tx.find(DELETED, "", "k77"));
        for (String each : List.of("federatedIdentityCredential", "phoneAuthenticationMethod")) {
            Query.Scope of = new Query.Scope.Children("owner77");
            asked.put(each + "s", tx -> tx.query(page(kind(each), of, null, List.of())));
            asked.put("one " + each, tx -> tx.find(kind(each), "owner77", "k77"));
        }
        return asked;
    }

    private static void people(Map<String, Consumer<ReadTx>> asked) {
        Operand name = new Operand.Lower(property("displayName"));
        Predicate begins =
                new Predicate.TextMatch(Predicate.Function.STARTS_WITH, name, text("name 77"));
        Predicate identity =
                new Predicate.AnyItem(
                        property("identities"),
                        "c",
                        new Predicate.And(
                                List.of(
                                        equal(member("issuerAssignedId"), text("a77")),
                                        equal(member("issuer"), text("issuer")))));
        asked.put("person", tx -> tx.find(USER, "", "k77"));
        asked.put("person by mail", tx -> tx.query(filter(USER, alike("mail", "mail77"))));
        asked.put(
                "person by principal name",
                tx -> tx.query(filter(USER, alike("userPrincipalName", "upn77"))));
        asked.put("person by identity", tx -> tx.query(filter(USER, identity)));
        asked.put("people by beginning of name", tx -> tx.query(filter(USER, begins)));
        asked.put("people", tx -> tx.query(filter(USER, null)));
        asked.put(
                "people by name",
                tx -> tx.query(page(USER, TOP, null, List.of(new Query.Order(name, false)))));
        asked.put(
                "next page by name",
                tx ->
                        tx.query(
                                new Query(
                                        USER,
                                        List.of(),
                                        TOP,
                                        null,
                                        List.of(new Query.Order(name, false)),
                                        new Query.Cursor(List.of("name 5000"), "k5000"),
                                        100,
                                        0)));
        asked.put(
                "password",
                tx ->
                        tx.sql(
                                        "select hash from credential where tenant_id = :tenant"
                                                + " and user_key = :user")
                                .bind("user", "k77")
                                .one(row -> row.text("hash")));
    }

    private static void principals(Map<String, Consumer<ReadTx>> asked) {
        Kind principal = kind("servicePrincipal");
        Kind grant = kind("oAuth2PermissionGrant");
        Kind assignment = kind("unifiedRoleAssignment");
        asked.put(
                "service principal by appId",
                tx -> tx.query(filter(principal, is("appId", "app77"))));
        asked.put("grants of a client", tx -> tx.query(filter(grant, is("clientId", "c77"))));
        asked.put(
                "grant for a person",
                tx ->
                        tx.query(
                                filter(
                                        grant,
                                        new Predicate.And(
                                                List.of(
                                                        is("clientId", "c77"),
                                                        is("consentType", "Principal"),
                                                        is("principalId", "p77"),
                                                        is("resourceId", "graph"))))));
        asked.put(
                "roles of a principal",
                tx ->
                        tx.query(
                                filter(
                                        assignment,
                                        new Predicate.And(
                                                List.of(
                                                        is("principalId", "p77"),
                                                        is("directoryScopeId", "/"))))));
        asked.put(
                "members of a role",
                tx -> tx.query(filter(assignment, is("roleDefinitionId", "role7"))));
    }

    private static void logs(Map<String, Consumer<ReadTx>> asked) {
        List<Query.Order> newest = List.of(new Query.Order(time("createdDateTime"), true));
        Map.of("sign-ins", "signIn", "sign-ups", "selfServiceSignUp").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(log -> {
                    Kind kind = kind(log.getValue());
                    asked.put(
                            log.getKey() + ", newest first",
                            tx -> tx.query(page(kind, TOP, null, newest)));
                    asked.put("one of the " + log.getKey(), tx -> tx.find(kind, "", "k77"));
                });
    }

    private static Operand.Property time(String name) {
        return new Operand.Property("", List.of(name), PrimitiveType.DATE_TIME_OFFSET);
    }

    private static Query page(
            Kind kind, Query.Scope scope, Predicate filter, List<Query.Order> orders) {
        return new Query(kind, List.of(), scope, filter, orders, null, 100, 0);
    }

    private static Query filter(Kind kind, Predicate filter) {
        return page(kind, TOP, filter, List.of());
    }

    private static Predicate is(String name, String value) {
        return equal(property(name), text(value));
    }

    private static Predicate alike(String name, String value) {
        return equal(new Operand.Lower(property(name)), text(value));
    }

    private static Operand member(String name) {
        return new Operand.Lower(new Operand.Property("c", List.of(name), property(name).type()));
    }
}
