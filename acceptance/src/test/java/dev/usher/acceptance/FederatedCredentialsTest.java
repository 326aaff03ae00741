package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.OidcIssuer;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Tokens;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Applications that prove themselves by tokens of another issuer. */
@UsherTest
class FederatedCredentialsTest {

    private static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final String SUBJECT = "repo:contoso/shop:ref:refs/heads/main";
    private static final String LIST = "/federatedIdentityCredentials";

    private final Usher usher;

    FederatedCredentialsTest(Usher usher) {
        this.usher = usher;
    }

    private JsonNode application() {
        Graph graph = usher.graph();
        JsonNode made =
                graph.post("/applications", Json.object("displayName", Usher.fresh("Build")))
                        .expect(201)
                        .json();
        graph.post("/servicePrincipals", Map.of("appId", made.get("appId").asString())).expect(201);
        return made;
    }

    private static Map<String, Object> credential(String issuer) {
        return Json.object(
                "name",
                "main",
                "issuer",
                issuer,
                "subject",
                SUBJECT,
                "audiences",
                List.of(AUDIENCE));
    }

    private Reply ask(JsonNode application, String assertion) {
        return usher.tokens()
                .request(
                        usher.tenant().id(),
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        application.get("appId").asString(),
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion,
                        "scope",
                        Tokens.GRAPH_SCOPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /applications/{id}/federatedIdentityCredentials")
    void aTokenOfAnotherIssuerLetsTheApplicationIn(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        JsonNode application = application();
        String path = "/applications/" + application.get("id").asString() + LIST;
        try (OidcIssuer issuer = new OidcIssuer()) {
            String good = issuer.token(SUBJECT, AUDIENCE);
            assertThat(graph.get(path).values("id")).isEmpty();
            assertThat(ask(application, good).expect(401).text()).contains("AADSTS700211");
            String id =
                    graph.post(path, credential(issuer.issuer()))
                            .expect(201)
                            .json()
                            .get("id")
                            .asString();
            graph.post(path, credential(issuer.issuer())).refused(400, "Request_BadRequest");
            assertThat(graph.get(path).values("name")).containsExactly("main");
            assertThat(graph.get(path + "/main").expect(200).json().get("id").asString())
                    .isEqualTo(id);
            assertThat(ask(application, issuer.token("else", AUDIENCE)).expect(401).text())
                    .contains("AADSTS700213");
            assertThat(ask(application, issuer.token(SUBJECT, "else")).expect(401).text())
                    .contains("AADSTS700212");
            assertThat(issuer.requests()).isZero();
            String token = ask(application, good).expect(200).json().get("access_token").asString();
            assertThat(issuer.requests()).isEqualTo(2);
            usher.withToken(version, () -> token)
                    .get("/users")
                    .refused(403, "Authorization_RequestDenied");
            try (OidcIssuer other = new OidcIssuer()) {
                graph.patch(path + "/" + id, Map.of("issuer", other.issuer())).expect(204);
                assertThat(ask(application, good).expect(401).text()).contains("AADSTS700211");
            }
            graph.delete(path + "/" + id).expect(204);
            assertThat(ask(application, good).expect(401).text()).contains("AADSTS700211");
        }
    }

    @Test
    void anIssuerThatDoesNotAnswerLetsNobodyIn() {
        JsonNode application = application();
        String path = "/applications/" + application.get("id").asString() + LIST;
        String assertion;
        try (OidcIssuer gone = new OidcIssuer()) {
            assertion = gone.token(SUBJECT, AUDIENCE);
            usher.graph().post(path, credential(gone.issuer())).expect(201);
        }
        assertThat(ask(application, assertion).expect(400).text()).contains("AADSTS50166");
        usher.graph().post(path, credential("ftp://127.0.0.1/")).refused(400, "Request_BadRequest");
    }

    @Test
    void bySdk() {
        var wanted = new com.microsoft.graph.models.FederatedIdentityCredential();
        wanted.setName("sdk");
        wanted.setIssuer("https://ci.example");
        wanted.setSubject(SUBJECT);
        wanted.setAudiences(List.of(AUDIENCE));
        var list =
                Sdk.stable(usher)
                        .applications()
                        .byApplicationId(application().get("id").asString())
                        .federatedIdentityCredentials();
        String id = list.post(wanted).getId();
        assertThat(list.get().getValue().getFirst().getSubject()).isEqualTo(SUBJECT);
        list.byFederatedIdentityCredentialId(id).delete();
        assertThat(list.get().getValue()).isEmpty();
    }

    @Test
    void byBetaSdk() {
        var wanted = new com.microsoft.graph.beta.models.FederatedIdentityCredential();
        wanted.setName("sdk");
        wanted.setIssuer("https://ci.example");
        wanted.setSubject(SUBJECT);
        wanted.setAudiences(List.of(AUDIENCE));
        var list =
                Sdk.beta(usher)
                        .applications()
                        .byApplicationId(application().get("id").asString())
                        .federatedIdentityCredentials();
        String id = list.post(wanted).getId();
        assertThat(list.get().getValue().getFirst().getSubject()).isEqualTo(SUBJECT);
        list.byFederatedIdentityCredentialId(id).delete();
        assertThat(list.get().getValue()).isEmpty();
    }
}
