package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.Proves;
import dev.usher.directory.DirectoryRole;
import dev.usher.directory.SignInFailures;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.token.TrustedIssuer;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /me}: the person who calls, by a token of an issuer that the configuration trusts. */
class MeTest {

    private static final String ISSUER = "https://login.example/v2.0";
    private static final URI KEYS = URI.create("https://login.example/keys");

    private RSAKey key;
    private GraphWorld graph;
    private String ann;

    @BeforeEach
    void open() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        graph =
                new GraphWorld(
                        EachDatabase.SQLITE.fresh(),
                        new TrustedIssuer(ISSUER, KEYS, "contoso.onmicrosoft.com", Set.of()));
        graph.world.published.put(KEYS, new JWKSet(key.toPublicJWK()).toString());
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
                         "userPrincipalName":"%s@contoso.onmicrosoft.com",
                         "passwordProfile":{"password":"Geheim-4711"}}\
                        """
                                .formatted(alias, alias, alias));
        return created.json().path("id").asString();
    }

    private String token(String user, String scopes, DirectoryRole... roles) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
                            new JWTClaimsSet.Builder()
                                    .issuer(ISSUER)
                                    .audience("https://graph.microsoft.com")
                                    .expirationTime(
                                            Date.from(graph.world.clock.now().plusSeconds(600)))
                                    .claim("tid", graph.tenant.id().toString())
                                    .claim("appid", "11111111-2222-4333-8444-555555555555")
                                    .claim("oid", user)
                                    .claim("scp", scopes)
                                    .claim(
                                            "wids",
                                            List.of(roles).stream()
                                                    .map(DirectoryRole::templateId)
                                                    .toList())
                                    .build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    @Proves("GET /me")
    @Proves("PATCH /me")
    @Proves("GET /me/memberOf")
    @Proves("GET /me/ownedObjects")
    void aPersonReadsAndChangesThemselves() {
        String token = token(ann, "User.ReadWrite");
        Answer me = graph.sendAs(token, "GET", "/v1.0/me", null);
        assertThat(me.json().path("id").asString()).as(me.text()).isEqualTo(ann);
        assertThat(me.json().path("@odata.context").asString()).endsWith("#users/$entity");
        assertThat(graph.sendAs(token, "PATCH", "/v1.0/me", "{\"city\":\"Bern\"}").status())
                .isEqualTo(204);
        assertThat(graph.get("/v1.0/users/" + ann + "?$select=city").json().path("city").asString())
                .isEqualTo("Bern");
        assertThat(graph.sendAs(token, "GET", "/v1.0/me/memberOf", null).status()).isEqualTo(200);
        assertThat(graph.sendAs(token, "GET", "/v1.0/me/ownedObjects", null).status())
                .isEqualTo(200);
        assertThat(graph.sendAs(token, "GET", "/v1.0/users/" + user("bob"), null).status())
                .isEqualTo(403);
    }

    /** What a person belongs to and owns is for them, and for those who read the directory. */
    @ParameterizedTest
    @ValueSource(strings = {"memberOf", "ownedObjects", "getMemberGroups", "getMemberObjects"})
    void relationsOfOthersAreNotForEverybody(String relation) {
        String method = relation.startsWith("get") ? "POST" : "GET";
        String token = token(ann, "User.Read");
        String bob = "/v1.0/users/" + user("bob") + "/" + relation;
        assertThat(graph.sendAs(token, method, bob, null).status()).isEqualTo(403);
        for (String own : List.of("/v1.0/me/", "/v1.0/users/" + ann + "/")) {
            assertThat(graph.sendAs(token, method, own + relation, null).status())
                    .as(own)
                    .isEqualTo(200);
        }
        String reader = token(ann, "User.Read.All");
        assertThat(graph.sendAs(reader, method, bob, null).status()).isEqualTo(200);
    }

    /**
     * By their own id people are addressed like by /me; deleting is for those who manage people.
     */
    @ParameterizedTest
    @ValueSource(strings = {"me", "users/{id}"})
    void onesOwnIdIsLikeMe(String address) {
        String path = "/v1.0/" + address.replace("{id}", ann);
        String token = token(ann, "User.ReadWrite User.ReadWrite.All User.DeleteRestore.All");
        assertThat(graph.sendAs(token, "GET", path, null).status()).isEqualTo(200);
        assertThat(graph.sendAs(token, "PATCH", path, "{\"city\":\"Bern\"}").status())
                .isEqualTo(204);
        for (String body :
                List.of(
                        "{\"mail\":\"boss@contoso.onmicrosoft.com\"}",
                        "{\"passwordProfile\":{\"password\":\"Geheim-4712\"}}")) {
            assertThat(graph.sendAs(token, "PATCH", path, body).status()).isEqualTo(403);
        }
        assertThat(graph.sendAs(token, "DELETE", path, null).status()).isEqualTo(403);
        String bob = "/v1.0/users/" + user("bob");
        assertThat(graph.sendAs(token, "PATCH", bob, "{\"city\":\"Bern\"}").status())
                .isEqualTo(403);
        String manager = token(ann, "User.ReadWrite.All", DirectoryRole.USER_ADMINISTRATOR);
        assertThat(graph.sendAs(manager, "DELETE", path, null).status()).isEqualTo(204);
    }

    @Test
    @Proves("POST /me/changePassword")
    @Proves("POST /users/{id-or-upn}/changePassword")
    void aPasswordIsChangedByWhoKnowsIt() {
        String token = token(ann, "User-PasswordProfile.ReadWrite.All");
        String body = "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}";
        String path = "/v1.0/me/changePassword";
        Answer wrong = graph.sendAs(token, "POST", path, body.formatted("falsch", "Besser-4711"));
        assertThat(wrong.status()).isEqualTo(400);
        Answer weak = graph.sendAs(token, "POST", path, body.formatted("Geheim-4711", "weak"));
        assertThat(weak.status()).isEqualTo(400);
        Answer done =
                graph.sendAs(token, "POST", path, body.formatted("Geheim-4711", "Besser-4711"));
        assertThat(done.status()).as(done.text()).isEqualTo(204);
        Answer again =
                graph.sendAs(token, "POST", path, body.formatted("Geheim-4711", "Anders-4711"));
        assertThat(again.status()).isEqualTo(400);
        Answer own =
                graph.sendAs(
                        token,
                        "POST",
                        "/v1.0/users/" + ann + "/changePassword",
                        body.formatted("Besser-4711", "Eigen-4711"));
        assertThat(own.status()).as(own.text()).isEqualTo(204);
        Answer other =
                graph.sendAs(
                        token,
                        "POST",
                        "/v1.0/users/" + user("bob") + "/changePassword",
                        body.formatted("Geheim-4711", "Anders-4711"));
        assertThat(other.status()).isEqualTo(403);
        String application = graph.token("User-PasswordProfile.ReadWrite.All");
        Answer refused =
                graph.sendAs(
                        application,
                        "POST",
                        "/v1.0/users/" + ann + "/changePassword",
                        body.formatted("Besser-4711", "Anders-4711"));
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void guessesAtTheCurrentPasswordCountAsThoseAtASignIn() {
        String token = token(ann, "User-PasswordProfile.ReadWrite.All");
        String body = "{\"currentPassword\":\"%s\",\"newPassword\":\"Besser-4711\"}";
        String path = "/v1.0/me/changePassword";
        for (int guess = 0; guess <= SignInFailures.FREE_MAX; guess++) {
            Answer wrong = graph.sendAs(token, "POST", path, body.formatted("falsch"));
            assertThat(wrong.text()).contains("The specified password is not right.");
        }
        Answer locked = graph.sendAs(token, "POST", path, body.formatted("Geheim-4711"));
        assertThat(locked.status()).isEqualTo(400);
        assertThat(locked.text()).contains("locked after too many wrong passwords");
        graph.world.clock.advance(SignInFailures.LOCK.plusSeconds(1));
        Answer done = graph.sendAs(token, "POST", path, body.formatted("Geheim-4711"));
        assertThat(done.status()).as(done.text()).isEqualTo(204);
    }

    @Test
    @Proves("POST /me/revokeSignInSessions")
    void aPersonEndsTheirSessions() {
        String token = token(ann, "User.RevokeSessions.All");
        Answer done = graph.sendAs(token, "POST", "/v1.0/me/revokeSignInSessions", null);
        assertThat(done.json().path("value").asBoolean()).as(done.text()).isTrue();
        String without = token(ann, "User.Read");
        assertThat(graph.sendAs(without, "POST", "/v1.0/me/revokeSignInSessions", null).status())
                .isEqualTo(403);
    }

    /** What others rely on to know a person is no person's own to change. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"accountEnabled\":true",
                "\"identities\":[]",
                "\"mail\":\"other@example.com\"",
                "\"otherMails\":[\"other@example.com\"]",
                "\"userPrincipalName\":\"other@contoso.onmicrosoft.com\"",
                "\"passwordPolicies\":\"DisableStrongPassword\"",
                "\"passwordProfile\":{\"password\":\"Anders-4711\"}",
                "\"city\":\"Bern\",\"userType\":\"Guest\""
            })
    void administratorsChangeTheRest(String change) {
        String body = "{" + change + "}";
        String own = token(ann, "User.ReadWrite");
        assertThat(graph.sendAs(own, "PATCH", "/v1.0/me", body).status()).isEqualTo(403);
        String all = token(ann, "User.ReadWrite User.ReadWrite.All");
        assertThat(graph.sendAs(all, "PATCH", "/v1.0/me", body).status()).isEqualTo(403);
        String admin = token(ann, "User.ReadWrite.All", DirectoryRole.USER_ADMINISTRATOR);
        Answer changed = graph.sendAs(admin, "PATCH", "/v1.0/me", body);
        assertThat(changed.status()).as(changed.text()).isEqualTo(204);
    }

    /** Who manages people without a role must not become an administrator by it. */
    @Test
    void administratorsAreOutOfReach() {
        String bob = user("bob");
        graph.post(
                "/v1.0/roleManagement/directory/roleAssignments",
                """
                {"principalId":"%s","roleDefinitionId":"%s","directoryScopeId":"/"}\
                """
                        .formatted(bob, DirectoryRole.USER_ADMINISTRATOR.templateId()));
        String path = "/v1.0/users/" + bob;
        String helper =
                token(
                        ann,
                        "User.ReadWrite.All User-PasswordProfile.ReadWrite.All",
                        DirectoryRole.USER_ADMINISTRATOR,
                        DirectoryRole.HELPDESK_ADMINISTRATOR);
        for (String change :
                List.of(
                        "{\"passwordProfile\":{\"password\":\"Anders-4711\"}}",
                        "{\"otherMails\":[\"mine@example.com\"]}",
                        "{\"accountEnabled\":false}")) {
            assertThat(graph.sendAs(helper, "PATCH", path, change).status()).isEqualTo(403);
            assertThat(graph.patch(path, change).status()).isEqualTo(403);
            String global = token(ann, "User.ReadWrite.All", DirectoryRole.GLOBAL_ADMINISTRATOR);
            assertThat(graph.sendAs(global, "PATCH", path, change).status()).isEqualTo(204);
        }
        assertThat(graph.sendAs(helper, "PATCH", path, "{\"city\":\"Bern\"}").status())
                .isEqualTo(204);
        assertThat(graph.delete(path).status()).isEqualTo(403);
    }

    @Test
    void writingForOthersNeedsARole() {
        String body = "{\"city\":\"Bern\"}";
        String path = "/v1.0/users/" + user("bob");
        String without = token(ann, "User.ReadWrite.All");
        assertThat(graph.sendAs(without, "GET", path, null).status()).isEqualTo(200);
        Answer refused = graph.sendAs(without, "PATCH", path, body);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("error").path("code").asString())
                .isEqualTo("Authorization_RequestDenied");
        String with = token(ann, "User.ReadWrite.All", DirectoryRole.USER_ADMINISTRATOR);
        assertThat(graph.sendAs(with, "PATCH", path, body).status()).isEqualTo(204);
    }
}
