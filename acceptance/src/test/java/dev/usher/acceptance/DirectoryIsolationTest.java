package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Operations;
import dev.usher.acceptance.fixture.Operations.Operation;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.SignUpLog;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two tenants' directories: what belongs to the other is answered exactly as what belongs to
 * nobody. Generated over every operation of the directory that docs/parity.md says works.
 */
@UsherTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryIsolationTest {

    private static final String GUID = "00000000-0000-4000-8000-00000000beef";

    /** Placeholders that stand for what every tenant has alike. */
    private static final List<String> PUBLIC =
            List.of("{template-id}", "/roleDefinitions/{role-id}");

    private final Usher usher;
    private final Map<String, String> theirs = new LinkedHashMap<>();
    private final Map<String, String> nobodys = new LinkedHashMap<>();

    DirectoryIsolationTest(Usher usher) {
        this.usher = usher;
    }

    private Graph other() {
        Tenant tenant = usher.otherTenant();
        return usher.graph("beta", tenant, tenant.admin());
    }

    private static String create(Graph graph, String path, Object body) {
        return graph.post(path, body).expect(201).json().get("id").asString();
    }

    @BeforeAll
    void theOtherTenantOwnsSomething() {
        Graph graph = other();
        String domain = usher.otherTenant().domain();
        String user = create(graph, "/users", UsersTest.work(domain, Usher.fresh("theirs")));
        String deleted = create(graph, "/users", UsersTest.work(domain, Usher.fresh("theirs")));
        graph.delete("/users/" + deleted).expect(204);
        String uniqueName = Usher.fresh("theirs");
        Map<String, Object> named =
                Json.object("displayName", Usher.fresh("Theirs"), "uniqueName", uniqueName);
        Reply application = graph.post("/applications", named).expect(201);
        String appId = application.json().get("appId").asString();
        String principal = create(graph, "/servicePrincipals", Map.of("appId", appId));
        theirs.put("/users/{id-or-upn}", user);
        theirs.put("/applications/{id}", application.json().get("id").asString());
        theirs.put("{appId}", appId);
        theirs.put("{name}", uniqueName);
        theirs.put("/servicePrincipals/{id}", principal);
        theirs.put("/directoryObjects/{id}", user);
        theirs.put("/directory/deletedItems/{id}", deleted);
        theirs.put("/organization/{tenant-id}", usher.otherTenant().id());
        theirs.put("/domains/{domain-name}", domain);
        Map<String, Object> assignment =
                Json.object(
                        "principalId",
                        user,
                        "roleDefinitionId",
                        "fe930be7-5e62-47db-91af-98c3a49a38b1",
                        "directoryScopeId",
                        "/");
        theirs.put(
                "/roleManagement/directory/roleAssignments/{assignment-id}",
                create(graph, "/roleManagement/directory/roleAssignments", assignment));
        theirs.put(
                "/directoryRoles/{role-id}", graph.get("/directoryRoles").values("id").getFirst());
        theirs.put(
                "/auditLogs/directoryAudits/{audit-id}",
                graph.get("/auditLogs/directoryAudits?$top=1").values("id").getFirst());
        theirs.put("/auditLogs/signIns/{signin-id}", signIn(graph));
        theirs.put(
                "/auditLogs/signUps/{signup-id}",
                new SignUpLog(usher)
                        .add(usher.otherTenant(), "a@example.com", "credentialCollection", 0));
        theirs.put("/oauth2PermissionGrants/{grant-id}", grant(graph, principal));
        theirs.keySet().forEach(key -> nobodys.put(key, GUID));
        nobodys.put("/domains/{domain-name}", "nobody.example.test");
        nobodys.put("/organization/{tenant-id}", UUID.randomUUID().toString());
    }

    /** The id of a sign-in that failed. */
    private String signIn(Graph graph) {
        usher.tokens()
                .request(
                        usher.otherTenant().id(),
                        "grant_type",
                        "password",
                        "client_id",
                        usher.otherTenant().none().id(),
                        "client_secret",
                        usher.otherTenant().none().secret(),
                        "username",
                        "nobody",
                        "password",
                        "nothing")
                .expect(400);
        return graph.get("/auditLogs/signIns?$top=1").values("id").getFirst();
    }

    private static String grant(Graph graph, String principal) {
        String graphItself =
                graph.get("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')")
                        .expect(200)
                        .json()
                        .get("id")
                        .asString();
        Map<String, Object> grant =
                Json.object(
                        "clientId",
                        principal,
                        "consentType",
                        "AllPrincipals",
                        "resourceId",
                        graphItself,
                        "scope",
                        "openid");
        return create(graph, "/oauth2PermissionGrants", grant);
    }

    /** The path with keys of that map; what comes behind the first key is nobody's. */
    private static String fill(String template, Map<String, String> keys) {
        String path = template;
        for (var key : keys.entrySet()) {
            String place = key.getKey();
            int brace = place.indexOf('{');
            boolean stands = brace == 0 ? path.contains(place) : path.startsWith(place);
            if (stands) {
                path = path.replace(place, place.substring(0, brace) + key.getValue());
                break;
            }
        }
        return path.replaceAll("\\{[a-z-]+}", GUID);
    }

    @Test
    void theirKeysAreNobodysKeys() {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Operation operation : Operations.working()) {
            String path = operation.path();
            boolean ofDirectory = !operation.ofUserFlows() && path.contains("{");
            if (!ofDirectory || PUBLIC.stream().anyMatch(path::contains)) {
                continue;
            }
            String them = fill(path, theirs);
            String nobody = fill(path, nobodys);
            if (them.equals(nobody)) {
                wrong.add("this test does not know a key for " + path);
                continue;
            }
            compared++;
            Reply one = call(operation, them);
            Reply two = call(operation, nobody);
            if (one.status() < 400 || !plain(one, theirs).equals(plain(two, nobodys))) {
                wrong.add(one + "\n  against\n" + two);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(25);
    }

    private Reply call(Operation operation, String path) {
        boolean bodiless = operation.method().equals("GET") || operation.method().equals("DELETE");
        Object body = path.endsWith("$ref") ? Json.object("@odata.id", "users/" + GUID) : Map.of();
        return usher.beta().send(operation.method(), path, bodiless ? null : body);
    }

    private static String plain(Reply reply, Map<String, String> keys) {
        String text = reply.status() + reply.text();
        for (String key : keys.values()) {
            text = text.replace(key, "KEY");
        }
        return text.replaceAll("\"innerError\":\\{[^}]*}", "").replace(GUID, "KEY");
    }

    /** References in bodies reach no further than paths do. */
    @Test
    void theirObjectsCannotBeReferredTo() {
        Graph ours = usher.beta();
        Map<String, Object> named = Json.object("displayName", Usher.fresh("Ours"));
        String application = create(ours, "/applications", named);
        String theirUser = theirs.get("/users/{id-or-upn}");
        ours.post(
                        "/applications/" + application + "/owners/$ref",
                        Json.object("@odata.id", "users/" + theirUser))
                .refused(404, "Request_ResourceNotFound");
        ours.post(
                        "/roleManagement/directory/roleAssignments",
                        Json.object(
                                "principalId",
                                theirUser,
                                "roleDefinitionId",
                                "fe930be7-5e62-47db-91af-98c3a49a38b1",
                                "directoryScopeId",
                                "/"))
                .refused(400, "Request_BadRequest");
        ours.post("/servicePrincipals", Json.object("appId", theirs.get("{appId}")))
                .refused(400, "Request_BadRequest");
        assertThat(
                        ours.post(
                                        "/directoryObjects/getByIds",
                                        Json.object("ids", List.of(theirUser)))
                                .values("id"))
                .isEmpty();
        String mail = UsersTest.query("targetResources/any(t:t/id eq '" + theirUser + "')");
        assertThat(ours.get("/auditLogs/directoryAudits?$filter=" + mail).values("id")).isEmpty();
    }
}
