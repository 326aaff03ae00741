package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.DirectoryRole;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Applications, grants, roles, the tenant and its audit, on both databases. */
class DirectoryTest {

    private static String ok(Answer answer, String member) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer.json().path(member).asString();
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private static String code(Answer answer) {
        return answer.json().path("error").path("code").asString();
    }

    private static String user(GraphWorld graph, String alias) {
        return ok(
                graph.post(
                        "/v1.0/users",
                        """
                        {"accountEnabled":true,"displayName":"%s","mailNickname":"%s",
                         "userPrincipalName":"%s@contoso.onmicrosoft.com",
                         "passwordProfile":{"password":"Geheim-4711"}}\
                        """
                                .formatted(alias, alias, alias)),
                "id");
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void anApplicationIsRegisteredChangedAndGivenASecret(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer created =
                    graph.post(
                            "/v1.0/applications",
                            "{\"displayName\":\"Shop\",\"identifierUris\":[\"api://shop\"],"
                                    + "\"spa\":{\"redirectUris\":[\"https://shop.example/\"]}}");
            String id = ok(created, "id");
            String appId = created.json().path("appId").asString();
            String byAppId = "/v1.0/applications(appId='" + appId + "')";
            assertThat(ok(graph.get(byAppId), "id")).isEqualTo(id);
            assertThat(graph.get("/v1.0/applications/" + appId).status()).isEqualTo(404);
            done(graph.patch(byAppId, "{\"web\":{\"redirectUris\":[\"https://a.example/cb\"]}}"));
            JsonNode read = graph.get("/v1.0/applications/" + id).json();
            assertThat(read.path("spa").path("redirectUris").get(0).asString())
                    .isEqualTo("https://shop.example/");
            assertThat(read.path("web").path("redirectUris")).hasSize(1);
            for (String filter :
                    List.of(
                            "appId eq '" + appId + "'",
                            "startswith(displayName,'SHO')",
                            "identifierUris/any(s:s eq 'api://shop')")) {
                Answer list = graph.get("/v1.0/applications?$filter=" + UsersTest.encode(filter));
                assertThat(list.json().path("value")).as(filter + list.text()).hasSize(1);
            }
            Answer added =
                    graph.post(
                            byAppId + "/addPassword",
                            "{\"passwordCredential\":{\"displayName\":\"first\"}}");
            String secret = ok(added, "secretText");
            assertThat(added.json().path("hint").asString()).isEqualTo(secret.substring(0, 3));
            Answer shown = graph.get("/v1.0/applications/" + id);
            assertThat(shown.text()).doesNotContain(secret, "secretHash");
            assertThat(shown.json().path("passwordCredentials")).hasSize(1);
            String principal =
                    ok(
                            graph.post("/v1.0/servicePrincipals", "{\"appId\":\"" + appId + "\"}"),
                            "id");
            Answer again = graph.post("/v1.0/servicePrincipals", "{\"appId\":\"" + appId + "\"}");
            assertThat(again.status()).isEqualTo(409);
            assertThat(code(again)).isEqualTo("Request_MultipleObjectsWithSameKeyValue");
            Clients.Created client = new Clients.Created(appId, id, secret);
            assertThat(graph.world.token(graph.tenant, client)).isNotEmpty();
            String keyId = added.json().path("keyId").asString();
            done(graph.post(byAppId + "/removePassword", "{\"keyId\":\"" + keyId + "\"}"));
            assertThat(graph.world.token(graph.tenant, client)).isEmpty();
            done(graph.delete("/v1.0/applications/" + id));
            assertThat(graph.get("/v1.0/servicePrincipals/" + principal).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void aGrantedRoleStandsInTheTokenUntilItIsTakenBack(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Clients.Created client = graph.world.client(graph.tenant);
            String token = graph.world.token(graph.tenant, client);
            assertThat(graph.sendAs(token, "GET", "/v1.0/users", null).status()).isEqualTo(403);
            String of =
                    ok(graph.get("/v1.0/servicePrincipals(appId='" + client.appId() + "')"), "id");
            Answer graphItself =
                    graph.get("/v1.0/servicePrincipals(appId='" + GraphPermissions.APP_ID + "')");
            String resource = ok(graphItself, "id");
            String role = "df021288-bdef-4463-88db-98f22de89214";
            assertThat(graphItself.json().path("appRoles").toString()).contains(role);
            String body =
                    "{\"principalId\":\"%s\",\"resourceId\":\"%s\",\"appRoleId\":\"%s\"}"
                            .formatted(of, resource, role);
            String granted = "/v1.0/servicePrincipals/" + resource + "/appRoleAssignedTo";
            String assignment = ok(graph.post(granted, body), "id");
            Answer twice =
                    graph.post("/v1.0/servicePrincipals/" + of + "/appRoleAssignments", body);
            assertThat(twice.status()).isEqualTo(400);
            assertThat(twice.message())
                    .contains("Permission being assigned already exists on the object");
            token = graph.world.token(graph.tenant, client);
            assertThat(graph.sendAs(token, "GET", "/v1.0/users", null).status()).isEqualTo(200);
            Answer list = graph.get("/v1.0/servicePrincipals/" + of + "/appRoleAssignments");
            assertThat(list.json().path("value")).as(list.text()).hasSize(1);
            done(graph.delete(granted + "/" + assignment));
            assertThat(graph.sendAs(token, "GET", "/v1.0/users", null).status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void aDelegatedGrantIsMadeOnce(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Clients.Created client = graph.world.client(graph.tenant);
            String of =
                    ok(graph.get("/v1.0/servicePrincipals(appId='" + client.appId() + "')"), "id");
            String resource =
                    ok(
                            graph.get(
                                    "/v1.0/servicePrincipals(appId='"
                                            + GraphPermissions.APP_ID
                                            + "')"),
                            "id");
            String body =
                    "{\"clientId\":\"%s\",\"resourceId\":\"%s\",\"consentType\":\"AllPrincipals\",\"scope\":\" User.Read openid\"}"
                            .formatted(of, resource);
            String grant = ok(graph.post("/v1.0/oauth2PermissionGrants", body), "id");
            assertThat(graph.post("/v1.0/oauth2PermissionGrants", body).status()).isEqualTo(409);
            Answer filtered =
                    graph.get(
                            "/v1.0/oauth2PermissionGrants?$filter="
                                    + UsersTest.encode("clientId eq '" + of + "'"));
            assertThat(filtered.json().path("value")).as(filtered.text()).hasSize(1);
            Answer nested = graph.get("/v1.0/servicePrincipals/" + of + "/oauth2PermissionGrants");
            assertThat(nested.json().path("value")).as(nested.text()).hasSize(1);
            String path = "/v1.0/oAuth2PermissionGrants/" + grant;
            done(graph.patch(path, "{\"scope\":\"User.Read profile\"}"));
            assertThat(graph.patch(path, "{\"scope\":\"Nothing.Such\"}").status()).isEqualTo(400);
            done(graph.delete(path));
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void rolesAreAssignedOnEitherSurface(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String ann = user(graph, "ann");
            String template = DirectoryRole.USER_ADMINISTRATOR.templateId();
            Answer made =
                    graph.post(
                            "/v1.0/roleManagement/directory/roleAssignments",
                            "{\"principalId\":\"%s\",\"roleDefinitionId\":\"%s\",\"directoryScopeId\":\"/\"}"
                                    .formatted(ann, template));
            String assignment = ok(made, "id");
            Answer roles = graph.get("/v1.0/directoryRoles");
            assertThat(roles.json().path("value")).as(roles.text()).hasSize(1);
            String role = roles.json().path("value").get(0).path("id").asString();
            String members = "/v1.0/directoryRoles(roleTemplateId='" + template + "')/members";
            Answer listed = graph.get(members);
            assertThat(listed.text()).contains(ann, "#microsoft.graph.user");
            assertThat(graph.get("/v1.0/users/" + ann + "/memberOf").text()).contains(role);
            String bob = user(graph, "bob");
            String reference =
                    "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/directoryObjects/"
                            + bob
                            + "\"}";
            String refs = "/v1.0/directoryRoles/" + role + "/members/$ref";
            done(graph.post(refs, reference));
            assertThat(graph.post(refs, reference).status()).isEqualTo(400);
            Answer assignments =
                    graph.get(
                            "/v1.0/roleManagement/directory/roleAssignments?$filter="
                                    + UsersTest.encode("principalId eq '" + bob + "'"));
            assertThat(assignments.json().path("value")).as(assignments.text()).hasSize(1);
            done(graph.delete("/v1.0/directoryRoles/" + role + "/members/" + bob + "/$ref"));
            done(graph.delete("/v1.0/roleManagement/directory/roleAssignments/" + assignment));
            assertThat(graph.get(members).json().path("value")).isEmpty();
            assertThat(graph.get("/v1.0/directoryRoleTemplates").json().path("value"))
                    .hasSize(DirectoryRole.values().length);
            Answer definition =
                    graph.get(
                            "/v1.0/roleManagement/directory/roleDefinitions?$filter="
                                    + UsersTest.encode("displayName eq 'user administrator'"));
            assertThat(definition.json().path("value")).as(definition.text()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void anApplicationNeedsARoleToSetPasswords(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String ann = user(graph, "ann");
            Clients.Created client = graph.world.client(graph.tenant, "User.ReadWrite.All");
            String token = graph.world.token(graph.tenant, client);
            String body = "{\"passwordProfile\":{\"password\":\"Anders-4711\"}}";
            String path = "/v1.0/users/" + ann;
            Answer refused = graph.sendAs(token, "PATCH", path, body);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(code(refused)).isEqualTo("Authorization_RequestDenied");
            String of =
                    ok(graph.get("/v1.0/servicePrincipals(appId='" + client.appId() + "')"), "id");
            ok(
                    graph.post(
                            "/v1.0/roleManagement/directory/roleAssignments",
                            "{\"principalId\":\"%s\",\"roleDefinitionId\":\"%s\",\"directoryScopeId\":\"/\"}"
                                    .formatted(of, DirectoryRole.USER_ADMINISTRATOR.templateId())),
                    "id");
            done(graph.sendAs(token, "PATCH", path, body));
            Clients.Created narrow =
                    graph.world.client(graph.tenant, "User.EnableDisableAccount.All");
            String narrowToken = graph.world.token(graph.tenant, narrow);
            done(graph.sendAs(narrowToken, "PATCH", path, "{\"accountEnabled\":false}"));
            Answer more =
                    graph.sendAs(
                            narrowToken,
                            "PATCH",
                            path,
                            "{\"accountEnabled\":true,\"jobTitle\":\"x\"}");
            assertThat(more.status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void ownersAndObjectsAreFoundByReference(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String ann = user(graph, "ann");
            String app = ok(graph.post("/v1.0/applications", "{\"displayName\":\"A\"}"), "id");
            String owners = "/v1.0/applications/" + app + "/owners";
            String reference =
                    "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/users/" + ann + "\"}";
            assertThat(graph.get(owners).json().path("value")).hasSize(1);
            done(graph.post(owners + "/$ref", reference));
            assertThat(graph.post(owners + "/$ref", reference).status()).isEqualTo(400);
            assertThat(graph.get(owners).text()).contains(ann);
            assertThat(graph.get("/v1.0/users/" + ann + "/ownedObjects").text()).contains(app);
            Answer one = graph.get("/v1.0/directoryObjects/" + ann);
            assertThat(one.json().path("@odata.type").asString())
                    .as(one.text())
                    .isEqualTo("#microsoft.graph.user");
            Answer some =
                    graph.post(
                            "/v1.0/directoryObjects/getByIds",
                            "{\"ids\":[\"%s\",\"%s\",\"%s\"]}"
                                    .formatted(ann, app, "00000000-0000-4000-8000-000000000000"));
            assertThat(some.json().path("value")).as(some.text()).hasSize(2);
            assertThat(graph.get("/v1.0/directoryObjects").status()).isEqualTo(400);
            done(graph.delete(owners + "/" + ann + "/$ref"));
            done(graph.post(owners + "/$ref", reference));
            done(graph.delete("/v1.0/users/" + ann));
            assertThat(graph.get(owners).json().path("value")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void anEnabledScopeIsDisabledBeforeItGoes(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String scope =
                    "{\"id\":\"6f1c1b0e-6c5d-4b2e-9d2a-0123456789ab\",\"value\":\"read\",\"type\":\"User\",\"isEnabled\":%s}";
            String api = "{\"displayName\":\"A\",\"api\":{\"oauth2PermissionScopes\":[%s]}}";
            String app =
                    ok(
                            graph.post(
                                    "/v1.0/applications", api.formatted(scope.formatted("true"))),
                            "id");
            String path = "/v1.0/applications/" + app;
            Answer refused = graph.patch(path, "{\"api\":{\"oauth2PermissionScopes\":[]}}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(code(refused)).isEqualTo("CannotDeleteOrUpdateEnabledEntitlement");
            done(
                    graph.patch(
                            path,
                            "{\"api\":{\"oauth2PermissionScopes\":["
                                    + scope.formatted("false")
                                    + "]}}"));
            done(graph.patch(path, "{\"api\":{\"oauth2PermissionScopes\":[]}}"));
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void theTenantShowsItselfAndWhatWasDone(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer organization = graph.get("/v1.0/organization");
            assertThat(organization.json().path("value")).as(organization.text()).hasSize(1);
            String id = graph.tenant.id().toString();
            assertThat(graph.get("/v1.0/organization/" + id).text())
                    .contains("contoso.onmicrosoft.com");
            assertThat(ok(graph.get("/v1.0/domains/contoso.onmicrosoft.com"), "id"))
                    .isEqualTo("contoso.onmicrosoft.com");
            assertThat(graph.get("/v1.0/domains/fabrikam.example").status()).isEqualTo(404);
            String ann = user(graph, "ann");
            done(graph.delete("/v1.0/users/" + ann));
            String filter = UsersTest.encode("category eq 'UserManagement'");
            Answer audits = graph.get("/v1.0/auditLogs/directoryAudits?$filter=" + filter);
            List<String> names = new ArrayList<>();
            audits.json()
                    .path("value")
                    .forEach(row -> names.add(row.path("activityDisplayName").asString()));
            assertThat(names).as(audits.text()).contains("Add user", "Delete user");
            String one = audits.json().path("value").get(0).path("id").asString();
            assertThat(ok(graph.get("/v1.0/auditLogs/directoryAudits/" + one), "id"))
                    .isEqualTo(one);
            String target = UsersTest.encode("targetResources/any(t:t/id eq '" + ann + "')");
            assertThat(
                            graph.get("/v1.0/auditLogs/directoryAudits?$filter=" + target)
                                    .json()
                                    .path("value"))
                    .isNotEmpty();
            assertThat(graph.get("/v1.0/auditLogs/signIns").status()).isEqualTo(200);
            assertThat(graph.get("/beta/auditLogs/signUps").status()).isEqualTo(200);
            assertThat(graph.post("/v1.0/auditLogs/directoryAudits", "{}").status()).isEqualTo(405);
            Answer me = graph.get("/v1.0/me");
            assertThat(me.status()).isEqualTo(400);
            assertThat(me.message()).contains("delegated authentication flow");
        }
    }
}
