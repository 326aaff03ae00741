package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.tenant.NewTenant;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.TenantKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The rules of the identity providers that a tenant configures itself. */
class ProviderRulesTest {

    private static final String SET = "/beta/identity/identityProviders";

    static final String OIDC =
            """
            {"@odata.type":"#microsoft.graph.oidcIdentityProvider","displayName":"Contoso",
             "clientId":"c","issuer":"https://login.contoso.example/tenant","responseType":"code",
             "scope":"openid profile","wellKnownEndpoint":
             "https://login.contoso.example/tenant/.well-known/openid-configuration",
             "clientAuthentication":{"@odata.type":"#microsoft.graph.oidcClientSecretAuthentication",
             "clientSecret":"oidc-secret"},
             "inboundClaimMapping":{"sub":"sub","given_name":"first","address":{"country":"land"}}}\
            """;

    static final String OPEN_ID_CONNECT =
            """
            {"@odata.type":"#microsoft.graph.openIdConnectIdentityProvider",
             "displayName":"Log in at Contoso","clientId":"c","clientSecret":"connect-secret",
             "metadataUrl":"https://login.contoso.example/.well-known/openid-configuration",
             "responseMode":"form_post","responseType":"code","scope":"openid",
             "claimsMapping":{"userId":"sub","displayName":"name"}}\
            """;

    private static List<String> refused(GraphWorld graph, String body) {
        Answer answer = graph.post(SET, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return answer.violations();
    }

    @ParameterizedTest
    @EnumSource
    void oidc(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            for (String issuer :
                    List.of(
                            "http://login.contoso.example/",
                            "https://login.contoso.example/?a=b",
                            "https://login.contoso.example/#a",
                            "https://login.microsoftonline.com/x/v2.0",
                            "contoso")) {
                String body = OIDC.replace("https://login.contoso.example/tenant\"", issuer + "\"");
                assertThat(refused(graph, body)).containsExactly("issuer: ValueNotAllowed");
            }
            assertThat(refused(graph, OIDC.replace("\"code\"", "\"id_token\"")))
                    .containsExactly("responseType: ValueNotAllowed");
            assertThat(refused(graph, OIDC.replace("openid profile", "profile")))
                    .containsExactly("scope: ValueNotAllowed");
            assertThat(
                            refused(
                                    graph,
                                    OIDC.replace("\"clientSecret\":\"oidc-secret\"", "")
                                            .replace("Authentication\",", "Authentication\"")))
                    .containsExactly("clientAuthentication/clientSecret: PropertyRequired");

            Answer created = graph.post(SET, OIDC);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            JsonNode json = created.json();
            assertThat(json.path("id").asString())
                    .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            assertThat(json.at("/clientAuthentication/clientSecret").asString())
                    .isEqualTo("******");
            assertThat(json.at("/inboundClaimMapping/address/country").asString())
                    .isEqualTo("land");
            String path = SET + "/" + json.path("id").asString();
            String assertion =
                    """
                    {"clientAuthentication":
                     {"@odata.type":"#microsoft.graph.oidcPrivateJwtKeyClientAuthentication"}}\
                    """;
            assertThat(graph.patch(path, assertion).status()).isEqualTo(204);
            assertThat(graph.get(path).text()).doesNotContain("******");
            assertThat(graph.get(path.replace("beta", "v1.0")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void openIdConnect(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            assertThat(refused(graph, OPEN_ID_CONNECT.replace("openid-configuration", "openid")))
                    .containsExactly("metadataUrl: ValueNotAllowed");
            assertThat(refused(graph, OPEN_ID_CONNECT.replace("\"openid\"", "\"profile\"")))
                    .containsExactly("scope: ValueNotAllowed");
            String bare = OPEN_ID_CONNECT.replace("\"clientSecret\":\"connect-secret\",", "");
            assertThat(refused(graph, bare)).containsExactly("clientSecret: PropertyRequired");
            assertThat(refused(graph, OPEN_ID_CONNECT.replace("\"userId\":\"sub\",", "")))
                    .containsExactly("claimsMapping/userId: PropertyRequired");
            assertThat(graph.post(SET, bare.replace("\"code\"", "\"id_token\"")).status())
                    .isEqualTo(201);

            Answer created = graph.post(SET, OPEN_ID_CONNECT);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            String id = created.json().path("id").asString();
            assertThat(id)
                    .matches("OIDC-V1-LoginatContoso-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            assertThat(graph.post(SET.replace("beta", "v1.0"), OPEN_ID_CONNECT).violations())
                    .contains("@odata.type: TypeUnknown");
            assertThat(graph.get("/v1.0/identity/identityProviders").text()).doesNotContain(id);
            assertThat(graph.get("/v1.0/identity/identityProviders/" + id).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void appleIsThereOnce(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String apple =
                    """
                    {"@odata.type":"#microsoft.graph.appleManagedIdentityProvider",
                     "displayName":"Sign in with Apple","developerId":"d","serviceId":"s",
                     "keyId":"k","certificateData":"apple-secret"}\
                    """;
            Answer created = graph.post(SET, apple);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(created.json().path("id").asString()).isEqualTo("Apple-Managed-OIDC");
            assertThat(created.json().path("certificateData").asString()).isEqualTo("******");
            assertThat(graph.post(SET, apple).status()).isEqualTo(409);
            graph.post(
                    "/v1.0/identity/b2xUserFlows",
                    "{\"id\":\"Partner\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1,"
                        + "\"userFlowIdentityProviders\":[{\"id\":\"Apple-Managed-OIDC\"}]}");
            assertThat(graph.delete(SET + "/Apple-Managed-OIDC").status()).isEqualTo(409);
        }
    }

    @ParameterizedTest
    @EnumSource
    void availableTypesFollowTheTenantsKind(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            assertThat(types(graph, TenantKind.WORKFORCE))
                    .containsExactly("MicrosoftAccount", "EmailOTP", "Facebook", "Google");
            assertThat(types(graph, TenantKind.B2C)).hasSize(12).contains("OpenIdConnect");
            assertThat(types(graph, TenantKind.EXTERNAL)).hasSize(6).contains("OIDC");
            assertThat(types(graph, TenantKind.ALL)).hasSize(16).doesNotHaveDuplicates();
        }
    }

    private static List<String> types(GraphWorld graph, TenantKind kind) {
        String domain = kind.name().toLowerCase(java.util.Locale.ROOT) + ".example";
        Tenant tenant =
                graph.world
                        .here
                        .tenants()
                        .create(World.ACTOR, new NewTenant(null, kind, domain, List.of(domain)));
        return graph.world
                .here
                .store()
                .read(
                        tenant.id(),
                        tx ->
                                AvailableProviderTypes.ofTenant()
                                        .call(tx, null, java.util.Map.of())
                                        .valueStream()
                                        .map(JsonNode::asString)
                                        .toList());
    }
}
