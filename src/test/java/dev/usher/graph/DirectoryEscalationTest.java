package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody gains by a longer path, or by one permission, what another permission is for. */
class DirectoryEscalationTest {

    private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String PERSON =
            "{\"accountEnabled\":true,\"displayName\":\"Ada\",\"mailNickname\":\"ada\","
                    + "\"userPrincipalName\":\"ada@contoso.onmicrosoft.com\","
                    + "\"passwordProfile\":{\"password\":\"Str0ng!Passw0rd\"}}";

    private GraphWorld graph;
    private String person;
    private String role;
    private String application;
    private String principal;

    @BeforeEach
    void open() {
        graph = new GraphWorld(EachDatabase.SQLITE.fresh());
        person = id(graph.post("/v1.0/users", PERSON));
        role =
                id(
                        graph.post(
                                "/v1.0/directoryRoles",
                                "{\"roleTemplateId\":\"" + GLOBAL_ADMINISTRATOR + "\"}"));
        Answer made = graph.post("/v1.0/applications", "{\"displayName\":\"Target\"}");
        application = id(made);
        principal =
                id(
                        graph.post(
                                "/v1.0/servicePrincipals",
                                "{\"appId\":\"" + made.json().path("appId").asString() + "\"}"));
        for (String owned : new String[] {"applications/" + application}) {
            graph.post("/v1.0/" + owned + "/owners/$ref", reference(person));
        }
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private static String id(Answer made) {
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private static String reference(String id) {
        return "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/directoryObjects/" + id + "\"}";
    }

    private String path(String template) {
        return "/v1.0/"
                + template.replace("{person}", person)
                        .replace("{role}", role)
                        .replace("{app}", application)
                        .replace("{principal}", principal);
    }

    /** What leads there does not lend its permission to what is done there. */
    @ParameterizedTest
    @CsvSource({
        "Directory.ReadWrite.All,"
                + " directoryObjects/{role}/microsoft.graph.directoryRole/members/$ref",
        "User.ReadWrite.All,"
                + " users/{person}/memberOf/{role}/microsoft.graph.directoryRole/members/$ref",
        "User.ReadWrite.All, users/{person}/memberOf/$ref",
        "User.ReadWrite.All, users/{person}/ownedObjects/$ref",
        "User.ReadWrite.All, users/{person}/oauth2PermissionGrants/$ref",
        "User.ReadWrite.All,"
                + " users/{person}/ownedObjects/{app}/microsoft.graph.application/owners/$ref",
        "Application.ReadWrite.All,"
                + " applications/{app}/owners/{person}/microsoft.graph.user/memberOf/$ref",
    })
    void aReferenceIsAddedWithThePermissionOfItsPlaceAlone(String permission, String template) {
        graph.post(path("directoryRoles/{role}/members/$ref"), reference(person));
        String token = graph.token(permission);
        Answer answer = graph.sendAs(token, "POST", path(template), reference(principal));
        assertThat(answer.status()).as(answer.text()).isIn(400, 403, 405);
        assertThat(graph.get(path("directoryRoles/{role}/members")).text())
                .doesNotContain(principal);
    }

    @ParameterizedTest
    @CsvSource({
        "User.ReadWrite.All,"
                + " users/{person}/ownedObjects/{app}/microsoft.graph.application/addPassword",
        "User.ReadWrite.All, users/{person}/ownedObjects/{app}/addPassword",
        "RoleManagement.ReadWrite.Directory,"
            + " directoryRoles/{role}/members/{person}/microsoft.graph.user/revokeSignInSessions",
        "Application.ReadWrite.All,"
                + " applications/{app}/owners/{person}/microsoft.graph.user/revokeSignInSessions",
    })
    void anActionNeedsThePermissionOfItsObject(String permission, String template) {
        graph.post(path("directoryRoles/{role}/members/$ref"), reference(person));
        Answer answer = graph.sendAs(graph.token(permission), "POST", path(template), "{}");
        assertThat(answer.status()).as(answer.text()).isIn(400, 403, 404, 405);
        assertThat(graph.get(path("applications/{app}")).json().path("passwordCredentials"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, RoleManagement.ReadWrite.Directory, directoryRoles/{role}/members/{person}",
        "DELETE, Application.ReadWrite.All, applications/{app}/owners/{person}",
        "DELETE, Directory.ReadWrite.All, directoryObjects/{person}",
        "PATCH, Directory.ReadWrite.All, directoryObjects/{person}/microsoft.graph.user",
        "PATCH, Application.ReadWrite.All, applications/{app}/owners/{person}/microsoft.graph.user",
        "PATCH, User.ReadWrite.All, users/{person}/ownedObjects/{app}/microsoft.graph.application",
    })
    void anObjectIsChangedAtItsOwnAddress(String method, String permission, String template) {
        graph.post(path("directoryRoles/{role}/members/$ref"), reference(person));
        String body = method.equals("PATCH") ? "{\"displayName\":\"Mallory\"}" : null;
        Answer answer = graph.sendAs(graph.token(permission), method, path(template), body);
        assertThat(answer.status()).as(answer.text()).isIn(400, 403, 404, 405);
        assertThat(graph.get(path("users/{person}")).json().path("displayName").asString())
                .isEqualTo("Ada");
        assertThat(graph.get(path("applications/{app}")).json().path("displayName").asString())
                .isEqualTo("Target");
    }

    /** A deleted object comes back, or goes, by what would have let it be deleted. */
    @ParameterizedTest
    @CsvSource({
        "Application.ReadWrite.All, users/{person}",
        "User.DeleteRestore.All, applications/{app}",
    })
    void deletedObjectsAreForThoseWhoManageTheirKind(String permission, String template) {
        String kept = template.startsWith("users") ? person : application;
        assertThat(graph.delete(path(template)).status()).isEqualTo(204);
        String token = graph.token(permission);
        String deleted = "/v1.0/directory/deletedItems/" + kept;
        Answer restored = graph.sendAs(token, "POST", deleted + "/restore", "{}");
        assertThat(restored.status()).as(restored.text()).isEqualTo(403);
        assertThat(graph.sendAs(token, "DELETE", deleted, null).status()).isEqualTo(403);
        assertThat(graph.get(deleted).status()).isEqualTo(200);
    }

    @Test
    void theLastGlobalAdministratorStaysOnEitherSurface() {
        graph.post(path("directoryRoles/{role}/members/$ref"), reference(person));
        Answer refused = graph.delete(path("directoryRoles/{role}/members/{person}/$ref"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        graph.post(path("directoryRoles/{role}/members/$ref"), reference(principal));
        assertThat(graph.delete(path("directoryRoles/{role}/members/{person}/$ref")).status())
                .isEqualTo(204);
        assertThat(graph.get(path("directoryRoles/{role}/members")).text())
                .contains(principal)
                .doesNotContain(person);
    }

    /** What every directory object can do is done at the address of all of them, too. */
    @Test
    void membershipsAreAskedOfAnyObject() {
        graph.post(path("directoryRoles/{role}/members/$ref"), reference(person));
        Answer answer = graph.post(path("directoryObjects/{person}/getMemberObjects"), "{}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("value").get(0).asString()).isEqualTo(role);
    }

    @Test
    void whatLeadsToDeletedObjectsLeadsNoFurther() {
        graph.post(path("applications/{app}/owners/$ref"), reference(principal));
        graph.delete(path("users/{person}"));
        for (String rest :
                new String[] {
                    "microsoft.graph.user/revokeSignInSessions",
                    "revokeSignInSessions",
                    "microsoft.graph.user/memberOf",
                    "microsoft.graph.user/appRoleAssignments"
                }) {
            Answer answer = graph.post("/v1.0/directory/deletedItems/" + person + "/" + rest, "{}");
            assertThat(answer.status()).as(rest + answer.text()).isBetween(400, 499);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "users, createdDateTime, 2020-01-01T00:00:00Z",
        "users, creationType, Invitation",
        "users, externalUserState, Accepted",
        "users, lastPasswordChangeDateTime, 2020-01-01T00:00:00Z",
        "users, signInSessionsValidFromDateTime, 2020-01-01T00:00:00Z",
        "users, deletedDateTime, 2020-01-01T00:00:00Z",
        "applications, appId, 00000003-0000-0000-c000-000000000000",
        "applications, createdByAppId, 00000003-0000-0000-c000-000000000000",
        "applications, publisherDomain, else.example",
        "servicePrincipals, appId, 00000003-0000-0000-c000-000000000000",
        "servicePrincipals, appOwnerOrganizationId, 00000003-0000-0000-c000-000000000000",
        "servicePrincipals, servicePrincipalType, ManagedIdentity",
        "servicePrincipals, signInAudience, AzureADMultipleOrgs",
    })
    void whatTheServiceSaysIsNotForCallersToSay(String set, String property, String value) {
        String path =
                path(
                        set
                                + "/"
                                + switch (set) {
                                    case "users" -> "{person}";
                                    case "applications" -> "{app}";
                                    default -> "{principal}";
                                });
        String before = shown(path, property);
        graph.patch(path, "{\"" + property + "\":\"" + value + "\"}");
        assertThat(shown(path, property)).isEqualTo(before).isNotEqualTo(value);
    }

    private String shown(String path, String property) {
        return graph.get(path + "?$select=" + property).json().path(property).asString("");
    }
}
