package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.directory.DirectoryRole;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.secret.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People sign in by password, and clients act for them on Graph. */
class PasswordGrantTest extends SignInFixture {

    @ParameterizedTest
    @EnumSource
    void eachNameOfAPersonIsGood(EachDatabase database) {
        open(database);
        grant("User.Read openid profile", null);
        for (String name : List.of("Ann@" + DOMAIN, "ANN@example.com", "ann")) {
            Token token = ask(name, PASSWORD);
            Answer me = graph.sendAs(token.value(), "GET", "/v1.0/me", null);
            assertThat(me.json().path("id").asString()).as(me.text()).isEqualTo(ann);
        }
        assertThat(ask("ann-elsewhere", PASSWORD).error()).isEqualTo(50126);
        assertThat(ask("nobody", PASSWORD).error()).isEqualTo(50126);
        assertThat(ask("ann", PASSWORD + "!").error()).isEqualTo(50126);
        assertThat(ask("ann", "x".repeat(60_000)).error()).isEqualTo(50126);
    }

    @ParameterizedTest
    @EnumSource
    void theTokenSaysWhoAndWhat(EachDatabase database) {
        open(database);
        grant("User.Read openid profile", null);
        grant(" User.ReadWrite", ann);
        String asked = "https://graph.microsoft.com/User.Read user.readwrite openid Mail.Read";
        assertThat(ask("ann", PASSWORD, asked, "").error()).isEqualTo(650053);
        String known =
                "https://graph.microsoft.com/User.Read user.readwrite User.Read.All openid"
                        + " offline_access";
        Token token = ask("ann", PASSWORD, known, "");
        Map<String, Object> claims = claims(token.value());
        assertThat(claims)
                .containsEntry("scp", "User.Read User.ReadWrite openid")
                .containsEntry("oid", ann)
                .containsEntry("azp", appId)
                .containsEntry("azpacr", "0")
                .containsEntry("tid", graph.tenant.id().toString())
                .containsEntry("ver", "2.0")
                .containsEntry("name", "ann")
                .containsEntry("upn", "ann@" + DOMAIN)
                .containsEntry("preferred_username", "ann@" + DOMAIN)
                .containsEntry("sub", Sha256.base64url(appId + "|" + ann))
                .doesNotContainKeys("idtyp", "roles", "wids");
        assertThat(token.json().path("scope").asString()).isEqualTo(claims.get("scp"));
        assertThat(token.json().has("refresh_token")).isFalse();
        Map<String, Object> identity = claims(token.json().path("id_token").asString());
        assertThat(identity).containsEntry("aud", List.of(appId)).containsEntry("oid", ann);
        Answer misused =
                graph.sendAs(token.json().path("id_token").asString(), "GET", "/v1.0/me", null);
        assertThat(misused.status()).isEqualTo(401);

        Token all = ask("ann", PASSWORD, "https://graph.microsoft.com/.default", "");
        assertThat(claims(all.value()).get("scp"))
                .isEqualTo("User.Read User.ReadWrite openid profile");
        assertThat(all.json().has("id_token")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsGrantedCounts(EachDatabase database) {
        open(database);
        Token none = ask("ann", PASSWORD);
        assertThat(none.error()).isEqualTo(65001);
        assertThat(none.json().path("suberror").asString()).isEqualTo("consent_required");
        String grant = grant("User.Read User.ReadWrite.All", ann);
        String bob = user("bob");
        assertThat(ask("bob", PASSWORD).error()).isEqualTo(65001);
        String token = ask("ann", PASSWORD, "User.Read User.ReadWrite.All", "").value();
        String path = "/v1.0/users/" + bob;
        String body = "{\"city\":\"Bern\"}";
        assertThat(graph.sendAs(token, "GET", path, null).status()).isEqualTo(200);
        assertThat(graph.sendAs(token, "PATCH", path, body).status()).isEqualTo(403);
        assertThat(graph.sendAs(token, "PATCH", "/v1.0/me", body).status()).isEqualTo(204);

        graph.post(
                "/v1.0/roleManagement/directory/roleAssignments",
                """
                {"principalId":"%s","roleDefinitionId":"%s","directoryScopeId":"/"}\
                """
                        .formatted(ann, DirectoryRole.USER_ADMINISTRATOR.templateId()));
        assertThat(graph.sendAs(token, "PATCH", path, body).status()).isEqualTo(204);

        graph.patch(grant, "{\"scope\":\"User.Read\"}");
        assertThat(graph.sendAs(token, "PATCH", path, body).status()).isEqualTo(403);
        assertThat(graph.sendAs(token, "GET", "/v1.0/me", null).status()).isEqualTo(200);
        graph.delete(grant);
        assertThat(graph.sendAs(token, "GET", "/v1.0/me", null).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensToAPersonHappensToTheirTokens(EachDatabase database) {
        open(database);
        grant("User.Read User.RevokeSessions.All", null);
        String before = ask("ann", PASSWORD).value();
        assertThat(me(before)).isEqualTo(200);
        graph.post("/v1.0/users/" + ann + "/revokeSignInSessions", null);
        graph.world.clock.advance(Duration.ofMillis(1));
        String after = ask("ann", PASSWORD).value();
        assertThat(me(before)).isEqualTo(200);
        graph.post("/v1.0/users/" + ann + "/revokeSignInSessions", null);
        assertThat(me(before)).isEqualTo(401);
        assertThat(me(after)).isEqualTo(401);

        String token = ask("ann", PASSWORD).value();
        graph.patch("/v1.0/users/" + ann, "{\"accountEnabled\":false}");
        assertThat(me(token)).isEqualTo(401);
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(50057);
        assertThat(ask("ann", "wrong").error()).isEqualTo(50126);
        graph.patch("/v1.0/users/" + ann, "{\"accountEnabled\":true}");
        assertThat(me(token)).isEqualTo(200);
        graph.delete("/v1.0/users/" + ann);
        assertThat(me(token)).isEqualTo(401);
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(50126);
    }

    @ParameterizedTest
    @EnumSource
    void onlyPublicClientsProveNothing(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        graph.patch("/v1.0/applications/" + application, "{\"isFallbackPublicClient\":false}");
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(7000218);
        assertThat(ask("ann", PASSWORD, "User.Read", "&client_secret=wrong").error())
                .isEqualTo(7000215);
        String secret =
                graph.post("/v1.0/applications/" + application + "/addPassword", null)
                        .json()
                        .path("secretText")
                        .asString();
        Token proven = ask("ann", PASSWORD, "User.Read", "&client_secret=" + encoded(secret));
        assertThat(claims(proven.value())).containsEntry("azpacr", "1");
        graph.patch("/v1.0/servicePrincipals/" + principal, "{\"accountEnabled\":false}");
        assertThat(ask("ann", PASSWORD, "User.Read", "&client_secret=" + encoded(secret)).error())
                .isEqualTo(7000112);
        assertThat(me(proven.value())).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationMayWantPeopleToBeAssigned(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        String token = ask("ann", PASSWORD).value();
        graph.patch("/v1.0/servicePrincipals/" + principal, "{\"appRoleAssignmentRequired\":true}");
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(50105);
        assertThat(me(token)).isEqualTo(401);
        Answer assigned =
                graph.post(
                        "/v1.0/users/" + ann + "/appRoleAssignments",
                        """
                        {"principalId":"%s","resourceId":"%s",
                         "appRoleId":"00000000-0000-0000-0000-000000000000"}\
                        """
                                .formatted(ann, principal));
        assertThat(assigned.status()).as(assigned.text()).isEqualTo(201);
        assertThat(me(ask("ann", PASSWORD).value())).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordThatMustBeChangedIsGoodForNothingElse(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        graph.post(
                "/v1.0/users",
                """
                {"accountEnabled":true,"displayName":"new","mailNickname":"new",
                 "userPrincipalName":"new@%s","passwordProfile":{"password":"%s",
                 "forceChangePasswordNextSignIn":true}}\
                """
                        .formatted(DOMAIN, PASSWORD));
        String name = "new@" + DOMAIN;
        assertThat(ask(name, PASSWORD).error()).isEqualTo(50055);
        assertThat(ask(name, "wrong").error()).isEqualTo(50126);
    }

    /** The right password among many at once is told apart no later than the lock allows. */
    @ParameterizedTest
    @EnumSource
    void aHashOfAnotherSystemIsRenewed(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        String id =
                graph.post(
                                "/v1.0/users",
                                """
                                {"accountEnabled":true,"displayName":"old","mailNickname":"old",
                                 "userPrincipalName":"old@%s","passwordProfile":{
                                 "importedPasswordHash":"{SHA}%s"}}\
                                """
                                        .formatted(DOMAIN, "TxgUjzeendBmXB1wCwA4Hi1cwfY="))
                        .json()
                        .path("id")
                        .asString();
        String hash = hash(id);
        String known = "old-password";
        Token first = ask("old@" + DOMAIN, known);
        assertThat(hash).startsWith("{SHA}");
        first.value();
        assertThat(hash(id)).startsWith("$argon2id$");
        ask("old@" + DOMAIN, known).value();
    }

    private String hash(String user) {
        return graph.world
                .here
                .store()
                .readOnce(
                        graph.tenant.id(),
                        tx -> dev.usher.directory.Credentials.find(tx, user).orElseThrow());
    }

    /** A client of one tenant knows nobody of another. */
    @ParameterizedTest
    @EnumSource
    void tenantsAreApart(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        Clients.Created other = graph.world.client(graph.world.tenant());
        assertThat(other.appId()).isNotEqualTo(appId);
        String mine = appId;
        appId = other.appId();
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(700016);
        appId = mine;
        ask("ann", PASSWORD).value();
    }
}
