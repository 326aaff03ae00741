package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.SignedIn;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** People who sign in by password and call Graph themselves, through the built distribution. */
@UsherTest
class MeTest {

    private static final String NEW = "Battery-Staple-2";

    private final Usher usher;

    MeTest(Usher usher) {
        this.usher = usher;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /me")
    @Proves("PATCH /me")
    @Proves("GET /me/memberOf")
    @Proves("GET /me/ownedObjects")
    void aPersonSeesAndChangesThemselves(String version) {
        SignedIn ann = SignedIn.create(usher, "User.ReadWrite openid profile");
        Graph graph = ann.graph(version, SignedIn.PASSWORD);

        JsonNode me = graph.get("/me").expect(200).json();
        assertThat(me.get("id").asString()).isEqualTo(ann.id());
        assertThat(me.get("userPrincipalName").asString()).isEqualTo(ann.name());
        graph.patch("/me", Map.of("city", "Bern")).expect(204);
        assertThat(graph.get("/me?$select=city").json().get("city").asString()).isEqualTo("Bern");
        assertThat(graph.get("/me/memberOf").values("id")).isEmpty();
        assertThat(graph.get("/me/ownedObjects").values("id")).isEmpty();
        SignedIn bob = SignedIn.create(usher, "User.Read");
        graph.get("/users/" + bob.id()).refused(403, "Authorization_RequestDenied");
        graph.patch("/users/" + bob.id(), Map.of("city", "Basel"))
                .refused(403, "Authorization_RequestDenied");
        graph.patch("/users/" + ann.id(), Map.of("city", "Basel")).expect(204);
        usher.graph().delete(ann.grant()).expect(204);
        graph.get("/me").refused(403, "Authorization_RequestDenied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /me/changePassword")
    @Proves("POST /users/{id-or-upn}/changePassword")
    void aPasswordIsChangedByWhoKnowsIt(String version) {
        SignedIn ann = SignedIn.create(usher, "User-PasswordProfile.ReadWrite.All");
        String third = NEW + "3";
        for (List<String> step :
                List.of(
                        List.of("/me", SignedIn.PASSWORD, NEW),
                        List.of("/users/" + ann.id(), NEW, third))) {
            String path = step.getFirst() + "/changePassword";
            Graph graph = ann.graph(version, step.get(1));
            graph.post(path, change("Wrong-Horse-1", step.get(2)))
                    .refused(400, "Request_BadRequest");
            Reply done = graph.post(path, change(step.get(1), step.get(2))).expect(204);
            assertThat(done.text()).isEmpty();
            assertThat(ann.ask(step.get(1)).expect(400).text()).contains("AADSTS50126");
            graph.get("/me").refused(401, "InvalidAuthenticationToken");
        }
        ann.token(third);
    }

    private static Map<String, Object> change(String from, String to) {
        return Json.object("currentPassword", from, "newPassword", to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /me/revokeSignInSessions")
    void sessionsEndAtOnce(String version) {
        SignedIn ann = SignedIn.create(usher, "User.Read User.RevokeSessions.All");
        Graph graph = ann.graph(version, SignedIn.PASSWORD);
        graph.get("/me").expect(200);

        Reply revoked = graph.post("/me/revokeSignInSessions", null).expect(200);

        assertThat(revoked.json().get("value").asBoolean()).isTrue();
        graph.get("/me").refused(401, "InvalidAuthenticationToken");
        ann.graph(version, SignedIn.PASSWORD).get("/me").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /auditLogs/signIns")
    @Proves("GET /auditLogs/signIns/{signin-id}")
    void signInsAreLogged(String version) {
        SignedIn ann = SignedIn.create(usher, "User.Read");
        ann.ask("Wrong-Horse-1").expect(400);
        ann.token(SignedIn.PASSWORD);
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());

        String filter = UsersTest.query("userId eq '" + ann.id() + "'");
        JsonNode rows = graph.get("/auditLogs/signIns?$filter=" + filter).expect(200).json();
        assertThat(rows.get("value")).hasSize(2);
        assertThat(rows.at("/value/0/status/errorCode").asInt()).isZero();
        assertThat(rows.at("/value/1/status/errorCode").asInt()).isEqualTo(50126);
        JsonNode one = rows.at("/value/1");
        Reply read = graph.get("/auditLogs/signIns/" + one.get("id").asString()).expect(200);
        assertThat(read.json().get("appId").asString()).isEqualTo(ann.clientId());
        assertThat(rows.toString()).doesNotContain("Wrong-Horse-1", SignedIn.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void wrongPasswordsLockThePersonOut(String version) {
        SignedIn ann = SignedIn.create(usher, "User.Read");
        Graph graph = ann.graph(version, SignedIn.PASSWORD);
        for (int i = 0; i < 10; i++) {
            assertThat(ann.ask("Wrong-Horse-1").expect(400).text()).contains("AADSTS50126");
        }
        assertThat(ann.ask(SignedIn.PASSWORD).expect(400).text()).contains("AADSTS50053");
        graph.get("/me").expect(200);
    }

    /** MSAL asks for the realm of a name before it sends the password. */
    @Test
    @SuppressWarnings("deprecation") // MSAL advises against passwords; scripts use them
    void msalSignsAPersonInByPassword() throws Exception {
        SignedIn ann = SignedIn.create(usher, "User.Read openid profile offline_access");
        PublicClientApplication client =
                PublicClientApplication.builder(ann.clientId())
                        .authority(usher.json().httpsUrl() + "/" + usher.tenant().id() + "/")
                        .validateAuthority(false)
                        .instanceDiscovery(false)
                        .sslSocketFactory(usher.trust().context().getSocketFactory())
                        .build();
        String token =
                client.acquireToken(
                                UserNamePasswordParameters.builder(
                                                Set.of("https://graph.microsoft.com/User.Read"),
                                                ann.name(),
                                                SignedIn.PASSWORD.toCharArray())
                                        .build())
                        .get()
                        .accessToken();
        JsonNode me = usher.withToken("v1.0", () -> token).get("/me").expect(200).json();
        assertThat(me.get("id").asString()).isEqualTo(ann.id());
    }
}
