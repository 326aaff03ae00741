package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Client;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Tokens;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Applications, service principals and what is granted to them, through the distribution. */
@UsherTest
class ApplicationsTest {

    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final String USER_READ_ALL = "df021288-bdef-4463-88db-98f22de89214";

    private static final String OWNED_BY = "18a4783c-866b-4cc7-a460-3d5e5662c884";

    private final Usher usher;

    ApplicationsTest(Usher usher) {
        this.usher = usher;
    }

    private Graph graph(String version) {
        return usher.graph(version, usher.tenant(), usher.tenant().admin());
    }

    private static JsonNode application(Graph graph) {
        return graph.post("/applications", Json.object("displayName", Usher.fresh("App")))
                .expect(201)
                .json();
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /applications")
    @Proves("POST /applications")
    @Proves("GET /applications/{id}")
    @Proves("GET /applications(appId='{appId}')")
    @Proves("PATCH /applications/{id}")
    @Proves("PATCH /applications(appId='{appId}')")
    @Proves("DELETE /applications/{id}")
    void aRegistration(String version) {
        Graph graph = graph(version);
        JsonNode created = application(graph);
        String id = text(created, "id");
        String appId = text(created, "appId");
        String byAppId = "/applications(appId='" + appId + "')";

        assertThat(text(graph.get("/applications/" + id).expect(200).json(), "appId"))
                .isEqualTo(appId);
        graph.get("/applications/" + appId).refused(404, "Request_ResourceNotFound");
        Map<String, Object> web =
                Json.object("redirectUris", List.of("https://shop.example.test/cb"));
        graph.patch(byAppId, Json.object("web", web)).expect(204);
        graph.patch("/applications/" + id, Map.of("notes", "noted")).expect(204);
        JsonNode read = graph.get(byAppId).expect(200).json();
        assertThat(read.get("web").get("redirectUris")).hasSize(1);
        assertThat(read.get("web").get("implicitGrantSettings")).hasSize(2);
        assertThat(text(read, "notes")).isEqualTo("noted");
        String filter = UsersTest.query("appId eq '" + appId + "'");
        assertThat(graph.get("/applications?$filter=" + filter).values("id")).containsExactly(id);
        graph.delete("/applications/" + id).expect(204);
        graph.get(byAppId).refused(404, "Request_ResourceNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /applications/{id}/addPassword")
    @Proves("POST /applications/{id}/removePassword")
    @Proves("POST /servicePrincipals/{id}/addPassword")
    @Proves("POST /servicePrincipals/{id}/removePassword")
    @Proves("GET /servicePrincipals")
    @Proves("POST /servicePrincipals")
    @Proves("GET /servicePrincipals/{id}")
    @Proves("GET /servicePrincipals(appId='{appId}')")
    @Proves("PATCH /servicePrincipals/{id}")
    @Proves("DELETE /servicePrincipals/{id}")
    void secretsLetAClientIn(String version) {
        Graph graph = graph(version);
        JsonNode application = application(graph);
        String appId = text(application, "appId");
        JsonNode principal =
                graph.post("/servicePrincipals", Map.of("appId", appId)).expect(201).json();
        graph.post("/servicePrincipals", Map.of("appId", appId))
                .refused(409, "Request_MultipleObjectsWithSameKeyValue");
        for (String holder :
                List.of(
                        "/applications/" + text(application, "id"),
                        "/servicePrincipals/" + text(principal, "id"))) {
            JsonNode added = graph.post(holder + "/addPassword", null).expect(200).json();
            String secret = text(added, "secretText");
            assertThat(token(appId, secret).status()).isEqualTo(200);
            Reply shown = graph.get(holder).expect(200);
            assertThat(shown.text()).doesNotContain(secret, "secretHash");
            assertThat(shown.json().get("passwordCredentials")).hasSize(1);
            Map<String, Object> keyId = Json.object("keyId", text(added, "keyId"));
            graph.post(holder + "/removePassword", keyId).expect(204);
            graph.post(holder + "/removePassword", keyId).refused(400, "Request_BadRequest");
            assertThat(token(appId, secret).status()).isEqualTo(401);
        }
        String path = "/servicePrincipals/" + text(principal, "id");
        String byAppId = "/servicePrincipals(appId='" + appId + "')";
        graph.patch(path, Map.of("accountEnabled", false)).expect(204);
        assertThat(graph.get(byAppId).expect(200).json().get("accountEnabled").asBoolean())
                .isFalse();
        String filter = "servicePrincipalNames/any(c:c eq '" + appId + "')";
        assertThat(graph.get("/servicePrincipals?$filter=" + UsersTest.query(filter)).values("id"))
                .containsExactly(text(principal, "id"));
        graph.delete(path).expect(204);
        graph.get(byAppId).refused(404, "Request_ResourceNotFound");
    }

    private Reply token(String appId, String secret) {
        return usher.tokens()
                .request(
                        usher.tenant().id(),
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        appId,
                        "client_secret",
                        secret,
                        "scope",
                        Tokens.GRAPH_SCOPE);
    }

    private JsonNode principal(Graph graph, String appId) {
        return graph.get("/servicePrincipals(appId='" + appId + "')").expect(200).json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /servicePrincipals/{id}/appRoleAssignments")
    @Proves("POST /servicePrincipals/{id}/appRoleAssignments")
    @Proves("DELETE /servicePrincipals/{id}/appRoleAssignments/{assignment-id}")
    @Proves("GET /servicePrincipals/{id}/appRoleAssignedTo")
    @Proves("POST /servicePrincipals/{id}/appRoleAssignedTo")
    @Proves("DELETE /servicePrincipals/{id}/appRoleAssignedTo/{assignment-id}")
    void whatIsGrantedWorksUntilItIsTakenBack(String version) {
        Graph graph = graph(version);
        JsonNode application = application(graph);
        String appId = text(application, "appId");
        String of =
                text(
                        graph.post("/servicePrincipals", Map.of("appId", appId)).expect(201).json(),
                        "id");
        String secret =
                text(
                        graph.post(
                                        "/applications/" + text(application, "id") + "/addPassword",
                                        Map.of())
                                .expect(200)
                                .json(),
                        "secretText");
        String resource = text(principal(graph, GRAPH), "id");
        Map<String, Object> grant =
                Json.object("principalId", of, "resourceId", resource, "appRoleId", USER_READ_ALL);
        String client = "/servicePrincipals/" + of + "/appRoleAssignments";
        String server = "/servicePrincipals/" + resource + "/appRoleAssignedTo";
        for (String side : List.of(client, server)) {
            String id = text(graph.post(side, grant).expect(201).json(), "id");
            graph.post(client, grant).refused(400, "Request_BadRequest");
            assertThat(graph.get(client).values("id")).containsExactly(id);
            assertThat(graph.get(server + "?$top=999").values("id")).contains(id);
            Graph granted =
                    usher.withToken(
                            version,
                            () -> text(token(appId, secret).expect(200).json(), "access_token"));
            granted.get("/users?$top=1").expect(200);
            graph.delete(side + "/" + id).expect(204);
            granted.get("/users?$top=1").refused(403, "Authorization_RequestDenied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /oauth2PermissionGrants")
    @Proves("POST /oauth2PermissionGrants")
    @Proves("GET /oauth2PermissionGrants/{grant-id}")
    @Proves("PATCH /oauth2PermissionGrants/{grant-id}")
    @Proves("DELETE /oauth2PermissionGrants/{grant-id}")
    @Proves("GET /servicePrincipals/{id}/oauth2PermissionGrants")
    void delegatedGrants(String version) {
        Graph graph = graph(version);
        String appId = text(application(graph), "appId");
        String of =
                text(
                        graph.post("/servicePrincipals", Map.of("appId", appId)).expect(201).json(),
                        "id");
        Map<String, Object> body =
                Json.object(
                        "clientId",
                        of,
                        "consentType",
                        "AllPrincipals",
                        "resourceId",
                        text(principal(graph, GRAPH), "id"),
                        "scope",
                        "User.Read openid");
        String id = text(graph.post("/oauth2PermissionGrants", body).expect(201).json(), "id");
        graph.post("/oauth2PermissionGrants", body)
                .refused(409, "Request_MultipleObjectsWithSameKeyValue");
        String filter = UsersTest.query("clientId eq '" + of + "'");
        assertThat(graph.get("/oauth2PermissionGrants?$filter=" + filter).values("id"))
                .containsExactly(id);
        assertThat(graph.get("/servicePrincipals/" + of + "/oauth2PermissionGrants").values("id"))
                .containsExactly(id);
        String path = "/oAuth2PermissionGrants/" + id;
        graph.patch(path, Map.of("scope", "User.Read")).expect(204);
        assertThat(text(graph.get(path).expect(200).json(), "scope")).isEqualTo("User.Read");
        graph.delete(path).expect(204);
        graph.get(path).refused(404, "Request_ResourceNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /applications/{id}/owners")
    @Proves("POST /applications/{id}/owners/$ref")
    @Proves("DELETE /applications/{id}/owners/{owner-id}/$ref")
    @Proves("GET /applications/{id}/extensionProperties")
    @Proves("POST /applications/{id}/extensionProperties")
    @Proves("DELETE /applications/{id}/extensionProperties/{ext-id}")
    @Proves("POST /directoryObjects/getAvailableExtensionProperties")
    @Proves("GET /directoryObjects/{id}")
    @Proves("POST /directoryObjects/getByIds")
    void ownersAndExtensions(String version) {
        Graph graph = graph(version);
        JsonNode application = application(graph);
        String path = "/applications/" + text(application, "id");
        String user =
                text(
                        graph.post(
                                        "/users",
                                        UsersTest.work(usher.tenant().domain(), Usher.fresh("o")))
                                .expect(201)
                                .json(),
                        "id");
        Map<String, Object> reference =
                Json.object("@odata.id", "https://graph.microsoft.com/v1.0/users/" + user);
        graph.post(path + "/owners/$ref", reference).expect(204);
        graph.post(path + "/owners/$ref", reference).refused(400, "Request_BadRequest");
        Reply owners = graph.get(path + "/owners");
        assertThat(owners.values("id")).contains(user);
        assertThat(owners.values("@odata.type")).contains("#microsoft.graph.user");
        graph.delete(path + "/owners/" + user + "/$ref").expect(204);
        assertThat(graph.get(path + "/owners").values("id")).doesNotContain(user);

        Map<String, Object> extension =
                Json.object(
                        "name", "skill", "dataType", "string", "targetObjects", List.of("User"));
        JsonNode added = graph.post(path + "/extensionProperties", extension).expect(201).json();
        String name = text(added, "name");
        assertThat(name)
                .isEqualTo("extension_" + text(application, "appId").replace("-", "") + "_skill");
        assertThat(text(added, "dataType")).isEqualTo("String");
        graph.patch("/users/" + user, Map.of(name, "juggling")).expect(204);
        assertThat(text(graph.get("/users/" + user + "?$select=" + name).json(), name))
                .isEqualTo("juggling");
        Reply all = graph.post("/directoryObjects/getAvailableExtensionProperties", Map.of());
        assertThat(all.values("name")).contains(name);
        assertThat(graph.get(path + "/extensionProperties").values("name")).containsExactly(name);
        graph.delete(path + "/extensionProperties/" + text(added, "id")).expect(204);
        graph.patch("/users/" + user, Map.of(name, "x")).refused(400, "Request_BadRequest");

        assertThat(text(graph.get("/directoryObjects/" + user).expect(200).json(), "@odata.type"))
                .isEqualTo("#microsoft.graph.user");
        Map<String, Object> ids =
                Json.object("ids", List.of(user, text(application, "id"), Usher.fresh("no")));
        assertThat(graph.post("/directoryObjects/getByIds", ids).values("id"))
                .containsExactlyInAnyOrder(user, text(application, "id"));
    }

    /** As a pipeline does that registers applications and may touch no others. */
    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void anApplicationManagesWhatItOwns(String version) {
        Graph graph = graph(version);
        JsonNode other = application(graph);
        JsonNode pipeline = application(graph);
        String of = principal(graph, pipeline);
        Map<String, Object> grant =
                Json.object(
                        "principalId",
                        of,
                        "resourceId",
                        text(graph.get("/servicePrincipals(appId='" + GRAPH + "')").json(), "id"),
                        "appRoleId",
                        OWNED_BY);
        graph.post("/servicePrincipals/" + of + "/appRoleAssignments", grant).expect(201);
        String added = "/applications/" + text(pipeline, "id") + "/addPassword";
        String secret = text(graph.post(added, Map.of()).expect(200).json(), "secretText");
        Graph owner =
                usher.withToken(
                        version,
                        () ->
                                usher.tokens()
                                        .fresh(
                                                usher.tenant().id(),
                                                text(pipeline, "appId"),
                                                secret));

        JsonNode own = application(owner);
        String path = "/applications/" + text(own, "id");
        owner.patch(path, Map.of("notes", "mine")).expect(204);
        assertThat(text(owner.get(path).expect(200).json(), "notes")).isEqualTo("mine");
        owner.post(path + "/addPassword", Map.of()).expect(200);
        owner.delete("/servicePrincipals/" + principal(owner, own)).expect(204);
        owner.delete(path).expect(204);

        String foreign = "/applications/" + text(other, "id");
        owner.patch(foreign, Map.of("notes", "taken")).refused(403, "Authorization_RequestDenied");
        owner.post(foreign + "/addPassword", Map.of()).refused(403, "Authorization_RequestDenied");
        owner.get(foreign).refused(403, "Authorization_RequestDenied");
        owner.get("/applications").refused(403, "Authorization_RequestDenied");
        owner.delete(foreign).refused(403, "Authorization_RequestDenied");
    }

    private static String principal(Graph graph, JsonNode application) {
        Map<String, Object> body = Map.of("appId", text(application, "appId"));
        return text(graph.post("/servicePrincipals", body).expect(201).json(), "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /users/{id-or-upn}/appRoleAssignments")
    @Proves("POST /users/{id-or-upn}/appRoleAssignments")
    @Proves("DELETE /users/{id-or-upn}/appRoleAssignments/{assignment-id}")
    void peopleHaveRolesOfApplications(String version) {
        Graph graph = graph(version);
        String roleId = java.util.UUID.randomUUID().toString();
        Map<String, Object> role =
                Json.object(
                        "id",
                        roleId,
                        "displayName",
                        "Clerk",
                        "value",
                        "clerk",
                        "isEnabled",
                        true,
                        "allowedMemberTypes",
                        List.of("User"));
        Map<String, Object> body =
                Json.object("displayName", Usher.fresh("Roles"), "appRoles", List.of(role));
        JsonNode application = graph.post("/applications", body).expect(201).json();
        JsonNode principal =
                graph.post("/servicePrincipals", Map.of("appId", text(application, "appId")))
                        .expect(201)
                        .json();
        assertThat(principal.get("appRoles")).hasSize(1);
        String user =
                text(
                        graph.post(
                                        "/users",
                                        UsersTest.work(usher.tenant().domain(), Usher.fresh("c")))
                                .expect(201)
                                .json(),
                        "id");
        Map<String, Object> grant =
                Json.object(
                        "principalId",
                        user,
                        "resourceId",
                        text(principal, "id"),
                        "appRoleId",
                        roleId);
        String path = "/users/" + user + "/appRoleAssignments";
        JsonNode made = graph.post(path, grant).expect(201).json();
        assertThat(text(made, "principalType")).isEqualTo("User");
        graph.post(path, grant).refused(400, "Request_BadRequest");
        assertThat(graph.get(path).values("id")).containsExactly(text(made, "id"));
        graph.delete(path + "/" + text(made, "id")).expect(204);
        assertThat(graph.get(path).values("id")).isEmpty();
    }

    /** The seeded clients stay what they are. */
    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void theSeededClientsAreApplications(String version) {
        for (Client client : List.of(usher.tenant().admin(), usher.tenant().none())) {
            graph(version).get("/applications(appId='" + client.id() + "')").expect(200);
            principal(graph(version), client.id());
        }
    }
}
