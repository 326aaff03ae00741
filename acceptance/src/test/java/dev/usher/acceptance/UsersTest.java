package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** People, through the built distribution. */
@UsherTest
class UsersTest {

    static final String[] EVENTUAL = {"ConsistencyLevel", "eventual"};

    private final Usher usher;

    UsersTest(Usher usher) {
        this.usher = usher;
    }

    private Graph graph(String version) {
        return usher.graph(version, usher.tenant(), usher.tenant().admin());
    }

    /** The body that creates a local account. */
    static Map<String, Object> local(Usher usher, String mail) {
        return Json.object(
                "displayName",
                "Ann Other",
                "identities",
                List.of(
                        Json.object(
                                "signInType",
                                "emailAddress",
                                "issuer",
                                usher.tenant().domain(),
                                "issuerAssignedId",
                                mail)),
                "passwordProfile",
                Json.object("password", "Correct-Horse-1"));
    }

    /** The body that creates a work account. */
    static Map<String, Object> work(String domain, String alias) {
        return Json.object(
                "accountEnabled",
                true,
                "displayName",
                alias,
                "mailNickname",
                alias,
                "userPrincipalName",
                alias + "@" + domain,
                "passwordProfile",
                Json.object("password", "Correct-Horse-1"));
    }

    static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String create(Graph graph, Object body) {
        return graph.post("/users", body).expect(201).json().get("id").asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /users")
    @Proves("GET /users")
    @Proves("GET /users/{id-or-upn}")
    @Proves("PATCH /users/{id-or-upn}")
    void aLocalAccount(String version) {
        Graph graph = graph(version);
        String mail = Usher.fresh("Ann") + "@example.com";
        Reply created = graph.post("/users", local(usher, mail)).expect(201);
        String id = created.json().get("id").asString();
        String upn = id + "@" + usher.tenant().domain();

        assertThat(created.text()).doesNotContain("Correct-Horse", "argon2", "identities");
        assertThat(created.need("Location")).endsWith(id);
        assertThat(created.json().get("userPrincipalName").asString()).isEqualTo(upn);
        for (String path : List.of("/users/" + id, "/users/" + upn, "/users('" + upn + "')")) {
            assertThat(graph.get(path).expect(200).json().get("id").asString()).isEqualTo(id);
        }
        String filter =
                "identities/any(c:c/issuerAssignedId eq '%s' and c/issuer eq '%s')"
                        .formatted(
                                mail.toLowerCase(java.util.Locale.ROOT), usher.tenant().domain());
        assertThat(graph.get("/users?$filter=" + query(filter)).values("id")).containsExactly(id);

        Reply again = graph.post("/users", local(usher, mail.toUpperCase(java.util.Locale.ROOT)));
        JsonNode error = again.refused(400, "Request_BadRequest");
        assertThat(error.get("details").get(0).get("code").asString()).isEqualTo("ObjectConflict");

        graph.patch("/users/" + id, Map.of("mail", mail, "city", "Bern")).expect(204);
        JsonNode read = graph.get("/users/" + upn + "?$select=mail,city,identities").json();
        assertThat(read.get("city").asString()).isEqualTo("Bern");
        assertThat(read.get("identities")).hasSize(2);
        assertThat(graph.get("/users?$filter=" + query("mail eq '" + mail + "'")).values("id"))
                .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /users/$count")
    void countAndSearchNeedTheirHeader(String version) {
        Graph graph = graph(version);
        String name = Usher.fresh("Searched");
        String id = create(graph, work(usher.tenant().domain(), name));

        graph.get("/users/$count").refused(400, "Request_BadRequest");
        assertThat(graph.get("/users/$count", EVENTUAL).expect(200).text()).matches("[1-9]\\d*");
        assertThat(graph.get("/users?$count=true").expect(200).json().has("@odata.count"))
                .isFalse();
        Reply counted = graph.get("/users?$count=true&$top=1", EVENTUAL).expect(200);
        assertThat(counted.json().get("@odata.count").asInt()).isPositive();
        String search = "/users?$search=" + query("\"displayName:" + name.substring(0, 12) + "\"");
        graph.get(search).refused(400, "Request_UnsupportedQuery");
        assertThat(graph.get(search, EVENTUAL).values("id")).contains(id);
        graph.get("/users?$top=1000").refused(400, "Request_BadRequest");
        graph.get("/users?$skip=1").refused(400, "Request_BadRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("DELETE /users/{id-or-upn}")
    @Proves("GET /directory/deletedItems/microsoft.graph.user")
    @Proves("POST /directory/deletedItems/{id}/restore")
    @Proves("DELETE /directory/deletedItems/{id}")
    void deletedRestoredAndGone(String version) {
        Graph graph = graph(version);
        String id = create(graph, work(usher.tenant().domain(), Usher.fresh("gone")));
        graph.delete("/users/" + id).expect(204);

        graph.get("/users/" + id).refused(404, "Request_ResourceNotFound");
        assertThat(graph.get("/directory/deletedItems/microsoft.graph.user?$top=999").values("id"))
                .contains(id);
        graph.post("/directory/deletedItems/" + id + "/restore", null).expect(200);
        graph.get("/users/" + id).expect(200);
        graph.delete("/users/" + id).expect(204);
        graph.delete("/directory/deletedItems/" + id).expect(204);
        graph.post("/directory/deletedItems/" + id + "/restore", null).expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /users/{id-or-upn}/revokeSignInSessions")
    @Proves("POST /users/{id-or-upn}/getMemberGroups")
    void actionsOfAPerson(String version) {
        Graph graph = graph(version);
        String id = create(graph, work(usher.tenant().domain(), Usher.fresh("actor")));
        String from = "?$select=signInSessionsValidFromDateTime";
        String before = graph.get("/users/" + id + from).text();

        Reply revoked = graph.post("/users/" + id + "/revokeSignInSessions", null).expect(200);
        assertThat(revoked.json().get("value").asBoolean()).isTrue();
        assertThat(revoked.json().get("@odata.context").asString()).endsWith("#Edm.Boolean");
        assertThat(graph.get("/users/" + id + from).text()).isNotEqualTo(before);
        Reply groups =
                graph.post(
                        "/users/" + id + "/getMemberGroups", Map.of("securityEnabledOnly", true));
        assertThat(groups.expect(200).json().get("value")).isEmpty();
        graph.get("/me").refused(400, "Request_BadRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void pagesHoldEachPersonOnce(String version) {
        Graph graph = graph(version);
        String prefix = Usher.fresh("page");
        for (int i = 0; i < 5; i++) {
            create(graph, work(usher.tenant().domain(), prefix + i));
        }
        String filter = query("startswith(displayName,'" + prefix + "')");
        Reply page = graph.get("/users?$top=2&$orderby=displayName&$select=id&$filter=" + filter);
        java.util.Set<String> seen = new java.util.HashSet<>(page.values("id"));
        int pages = 1;
        while (page.json().has("@odata.nextLink")) {
            page = graph.get(page.json().get("@odata.nextLink").asString());
            assertThat(seen).doesNotContainAnyElementsOf(page.values("id"));
            seen.addAll(page.values("id"));
            pages++;
        }
        assertThat(seen).hasSize(5);
        assertThat(pages).isEqualTo(3);
    }
}
