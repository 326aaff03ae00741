package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.tenant.TenantKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What tenants of each kind have, and where they are sent for what they have not. */
class TenantKindsTest {

    private static final String FLOW =
            """
            {"id":"A","userFlowType":"signUpOrSignIn","userFlowTypeVersion":1}\
            """;
    private static final String GITHUB =
            """
            {"@odata.type":"microsoft.graph.socialIdentityProvider","displayName":"G",
             "identityProviderType":"GitHub","clientId":"c","clientSecret":"s"}\
            """;

    private static void elsewhere(GraphWorld graph, String path, String kind, String instead) {
        for (Answer answer :
                List.of(
                        graph.get(path),
                        graph.post(path, FLOW),
                        graph.post(path, "{\"colour\":1}"),
                        graph.post(path, ""),
                        graph.patch(path + "/x", "[]"),
                        graph.get(path + "?$filter=colour%20eq%201"),
                        graph.delete(path),
                        graph.get(path + "/x/userFlowType"),
                        graph.get(path + "/$count"))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(403);
            assertThat(answer.json().at("/error/code").asString()).isEqualTo("AADB2C");
            assertThat(answer.message())
                    .contains("contoso.onmicrosoft.com", "of the kind " + kind, instead);
            assertThat(answer.header("x-usher-hint")).isEqualTo(instead);
        }
    }

    @ParameterizedTest
    @EnumSource
    void b2c(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh(), TenantKind.B2C)) {
            elsewhere(graph, "/v1.0/identity/b2xUserFlows", "b2c", "/beta/identity/b2cUserFlows");
            assertThat(graph.post("/beta/identity/b2cUserFlows", FLOW).status()).isEqualTo(201);
            assertThat(graph.post("/beta/identity/identityProviders", GITHUB).status())
                    .isEqualTo(201);
            Answer oidc = graph.post("/beta/identity/identityProviders", ProviderRulesTest.OIDC);
            assertThat(oidc.violations()).containsExactly("@odata.type: ValueNotAllowed");
            assertThat(graph.get("/beta/identity/apiConnectors").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void workforce(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh(), TenantKind.WORKFORCE)) {
            String b2x = "/v1.0/identity/b2xUserFlows";
            elsewhere(graph, "/beta/identity/b2cUserFlows", "workforce", b2x);
            elsewhere(graph, "/beta/identity/userFlows", "workforce", b2x);
            assertThat(graph.post(b2x, FLOW).status()).isEqualTo(201);
            Answer github = graph.post("/beta/identity/identityProviders", GITHUB);
            assertThat(github.violations())
                    .containsExactly("identityProviderType: ValueNotAllowed");
            assertThat(github.message()).contains("workforce", "Facebook, Google");
            assertThat(
                            graph.get("/v1.0/identity/identityProviders")
                                    .json()
                                    .path("value")
                                    .valueStream()
                                    .map(each -> each.path("id"))
                                    .map(JsonNode::asString))
                    .containsExactlyInAnyOrder(
                            "AADSignup-OAUTH", "EmailOtpSignup-OAUTH", "MSASignup-OAUTH");
        }
    }

    @ParameterizedTest
    @EnumSource
    void external(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh(), TenantKind.EXTERNAL)) {
            String events = "/v1.0/identity/authenticationEventsFlows";
            elsewhere(graph, "/v1.0/identity/b2xUserFlows", "external", events);
            elsewhere(graph, "/beta/identity/b2cUserFlows", "external", events);
            assertThat(graph.get("/v1.0/identity/apiConnectors").header("x-usher-hint"))
                    .isEqualTo("/v1.0/identity/customAuthenticationExtensions");
            assertThat(graph.get("/v1.0/identity/userFlowAttributes").status()).isEqualTo(200);
            assertThat(
                            graph.post("/beta/identity/identityProviders", ProviderRulesTest.OIDC)
                                    .status())
                    .isEqualTo(201);
        }
    }

    /** The wrong version is another mistake than the wrong tenant. */
    @ParameterizedTest
    @EnumSource
    void theOtherVersionIsNamed(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer answer = graph.get("/v1.0/identity/b2cUserFlows/B2C_1_A");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/error/code").asString()).isEqualTo("BadRequest");
            assertThat(answer.message()).contains("exists in beta");
            assertThat(answer.header("x-usher-hint"))
                    .isEqualTo("/beta/identity/b2cUserFlows/B2C_1_A");
            assertThat(graph.get("/v1.0/identity/nothing").header("x-usher-hint")).isNull();
        }
    }

    /** The oldest collection is one of B2C tenants; a body that names no type means their flows. */
    @ParameterizedTest
    @EnumSource
    void theOldestCollectionMakesFlowsOfB2c(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer created = graph.post("/beta/identity/userFlows", FLOW);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(created.json().path("id").asString()).isEqualTo("B2C_1_A");
            assertThat(created.json().path("@odata.type").asString())
                    .isEqualTo("#microsoft.graph.b2cIdentityUserFlow");
            Answer b2x =
                    graph.post(
                            "/beta/identity/userFlows",
                            FLOW.replace(
                                    "{",
                                    "{\"@odata.type\":\"microsoft.graph.b2xIdentityUserFlow\","));
            assertThat(b2x.json().path("id").asString()).isEqualTo("B2X_1_A");
        }
    }
}
