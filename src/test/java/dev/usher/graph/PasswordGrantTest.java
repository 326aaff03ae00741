package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.usher.client.Clients;
import dev.usher.directory.DirectoryRole;
import dev.usher.directory.SignInFailures;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.http.Headers;
import dev.usher.http.Response;
import dev.usher.oauth.EachDatabase;
import dev.usher.secret.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People sign in by password, and clients act for them on Graph. */
class PasswordGrantTest {

    private static final String PASSWORD = "Geheim-4711";
    private static final String DOMAIN = "contoso.onmicrosoft.com";

    private GraphWorld graph;
    private String application;
    private String appId;
    private String principal;
    private String ann;

    private void open(EachDatabase database) {
        graph = new GraphWorld(database.fresh());
        JsonNode app =
                graph.post(
                                "/v1.0/applications",
                                "{\"displayName\":\"Phone\",\"isFallbackPublicClient\":true}")
                        .json();
        application = app.path("id").asString();
        appId = app.path("appId").asString();
        principal =
                graph.post("/v1.0/servicePrincipals", "{\"appId\":\"" + appId + "\"}")
                        .json()
                        .path("id")
                        .asString();
        ann = user("ann");
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private String user(String alias) {
        Answer created =
                graph.post(
                        "/v1.0/users",
                        """
                        {"accountEnabled":true,"displayName":"%s","mailNickname":"%s",
                         "userPrincipalName":"%s@%s",
                         "identities":[{"signInType":"emailAddress","issuer":"%s",
                           "issuerAssignedId":"%s@example.com"},
                          {"signInType":"userName","issuer":"%s","issuerAssignedId":"%s"},
                          {"signInType":"federated","issuer":"%s",
                           "issuerAssignedId":"%s-elsewhere"}],
                         "passwordProfile":{"password":"%s"}}\
                        """
                                .formatted(
                                        alias, alias, alias, DOMAIN, DOMAIN, alias, DOMAIN, alias,
                                        DOMAIN, alias, PASSWORD));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    private String grant(String scopes, String user) {
        String graphItself =
                graph.get("/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')")
                        .json()
                        .path("id")
                        .asString();
        Answer made =
                graph.post(
                        "/v1.0/oauth2PermissionGrants",
                        """
                        {"clientId":"%s","consentType":"%s","principalId":%s,"resourceId":"%s",
                         "scope":"%s"}\
                        """
                                .formatted(
                                        principal,
                                        user == null ? "AllPrincipals" : "Principal",
                                        user == null ? "null" : "\"" + user + "\"",
                                        graphItself,
                                        scopes));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return "/v1.0/oauth2PermissionGrants/" + made.json().path("id").asString();
    }

    private record Token(Response response) {
        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String value() {
            assertThat(response.status()).as(json().toString()).isEqualTo(200);
            return json().path("access_token").asString();
        }

        int error() {
            assertThat(response.status()).as(json().toString()).isGreaterThanOrEqualTo(400);
            return json().at("/error_codes/0").asInt();
        }
    }

    private Token ask(String user, String password, String scope, String more) {
        String form =
                "grant_type=password&client_id="
                        + appId
                        + "&username="
                        + encoded(user)
                        + "&password="
                        + encoded(password)
                        + "&scope="
                        + encoded(scope)
                        + more;
        return new Token(
                graph.world.send(
                        "POST",
                        "/" + graph.tenant.id() + "/oauth2/v2.0/token",
                        form,
                        new Headers().set("User-Agent", "test/1")));
    }

    private Token ask(String user, String password) {
        return ask(user, password, "User.Read", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getClaims();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

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

    private int me(String token) {
        return graph.sendAs(token, "GET", "/v1.0/me", null).status();
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

    @ParameterizedTest
    @EnumSource
    void tooManyWrongPasswordsLockTheAccountForAWhile(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        for (String name : List.of("ann", "nobody@nowhere.example")) {
            for (int i = 0; i <= SignInFailures.FREE_MAX; i++) {
                assertThat(ask(name, "wrong").error()).isEqualTo(50126);
            }
            assertThat(ask(name, PASSWORD).error()).isEqualTo(50053);
        }
        // every name of the person is locked, and nobody else's
        assertThat(ask("ann@example.com", PASSWORD).error()).isEqualTo(50053);
        user("bob");
        ask("bob", PASSWORD).value();

        graph.world.clock.advance(SignInFailures.LOCK);
        assertThat(ask("ann", "wrong").error()).isEqualTo(50126);
        graph.world.clock.advance(SignInFailures.LOCK);
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(50053);
        graph.world.clock.advance(SignInFailures.LOCK);
        ask("ann", PASSWORD).value();
        assertThat(ask("ann", "wrong").error()).isEqualTo(50126);
        ask("ann", PASSWORD).value();
    }

    @ParameterizedTest
    @EnumSource
    void wrongPasswordsAreForgottenInTime(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        for (int i = 0; i < SignInFailures.FREE_MAX; i++) {
            ask("ann", "wrong");
        }
        graph.world.clock.advance(SignInFailures.MEMORY.plusMillis(1));
        for (int i = 0; i < SignInFailures.FREE_MAX; i++) {
            assertThat(ask("ann", "wrong").error()).isEqualTo(50126);
        }
        ask("ann", PASSWORD).value();
    }

    /** The right password among many at once is told apart no later than the lock allows. */
    @ParameterizedTest
    @EnumSource
    void guessingInParallelGainsNothing(EachDatabase database) throws Exception {
        open(database);
        grant("User.Read", null);
        List<Callable<Integer>> guesses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            guesses.add(() -> ask("ann", "wrong").error());
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            int wrong = 0;
            for (var answer : pool.invokeAll(guesses)) {
                wrong += answer.get() == 50126 ? 1 : 0;
            }
            assertThat(wrong).isEqualTo(SignInFailures.FREE_MAX + 1);
        }
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(50053);
    }

    @ParameterizedTest
    @EnumSource
    void theLogKnowsEachAttempt(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        ask("ann", "wrong");
        graph.world.clock.advance(Duration.ofSeconds(1));
        ask("nobody", "wrong");
        graph.world.clock.advance(Duration.ofSeconds(1));
        ask("ann", PASSWORD);
        JsonNode all = graph.get("/v1.0/auditLogs/signIns").json().path("value");
        assertThat(all).hasSize(3);
        assertThat(all.at("/0/status/errorCode").asInt()).isZero();
        assertThat(all.at("/0/userId").asString()).isEqualTo(ann);
        assertThat(all.at("/0/deviceDetail/browser").asString()).isEqualTo("test/1");
        assertThat(all.at("/1/userPrincipalName").asString()).isEqualTo("nobody");
        assertThat(all.toString()).doesNotContain(PASSWORD, "wrong");
        Answer wrong =
                graph.get(
                        "/v1.0/auditLogs/signIns?$filter="
                                + encoded(
                                        "createdDateTime ge 2020-01-01T00:00:00Z"
                                                + " and status/errorCode eq 50126"));
        assertThat(wrong.json().path("value")).hasSize(2);
        String one = all.at("/0/id").asString();
        assertThat(graph.get("/v1.0/auditLogs/signIns/" + one).status()).isEqualTo(200);
        JsonNode audits = graph.get("/v1.0/auditLogs/directoryAudits").json();
        assertThat(audits.toString()).doesNotContain("signIn");
    }

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
