package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Identity providers, and the references from flows to them. */
@UsherTest
class ProvidersTest {

    private static final String ROOT = "/identity/identityProviders";

    private final Usher usher;

    ProvidersTest(Usher usher) {
        this.usher = usher;
    }

    static Object social(String type, String secret) {
        return Json.object(
                "@odata.type",
                "microsoft.graph.socialIdentityProvider",
                "displayName",
                "Sign in with " + type,
                "identityProviderType",
                type,
                "clientId",
                "client-of-" + type,
                "clientSecret",
                secret);
    }

    /** One social provider of a type exists in the tenant; made if need be. */
    static String ensureSocial(Graph graph, String type) {
        Reply reply = graph.post(ROOT, social(type, "a secret"));
        assertThat(reply.status()).as("%s", reply).isIn(201, 409);
        return type + "-OAUTH";
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /identity/identityProviders")
    @Proves("GET /identity/identityProviders/{provider-id}")
    @Proves("GET /identity/identityProviders/$count")
    void builtInsArePresentAndProtected(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        Reply all = graph.get(ROOT);

        assertThat(all.values("id"))
                .contains("AADSignup-OAUTH", "MSASignup-OAUTH", "EmailOtpSignup-OAUTH");
        assertThat(all.values("@odata.type"))
                .allMatch(type -> type.startsWith("#microsoft.graph."));
        assertThat(graph.get(ROOT + "/$count").text()).matches("\\d+");

        JsonNode one = graph.get(ROOT + "/aadsignup-oauth").expect(200).json();
        assertThat(one.get("id").asString()).isEqualTo("AADSignup-OAUTH");
        assertThat(one.get("identityProviderType").asString()).isEqualTo("AADSignup");
        assertThat(one.get("@odata.type").asString())
                .isEqualTo("#microsoft.graph.builtInIdentityProvider");
        assertThat(one.get("@odata.context").asString())
                .isEqualTo(graph.url("/$metadata#identity/identityProviders/$entity"));

        graph.delete(ROOT + "/AADSignup-OAUTH").expect(400).error();
        graph.patch(ROOT + "/AADSignup-OAUTH", Map.of("displayName", "Mine")).expect(400).error();
    }

    @Test
    @Proves("GET /identity/identityProviders/availableProviderTypes")
    void availableTypes() {
        for (String spelling : List.of("availableProviderTypes", "availableProviderTypes()")) {
            JsonNode json = usher.graph().get(ROOT + "/" + spelling).expect(200).json();
            assertThat(json.get("value").valueStream().map(JsonNode::asString))
                    .contains("MicrosoftAccount", "EmailOTP", "Facebook", "Google");
            assertThat(json.get("@odata.context").asString())
                    .endsWith("$metadata#Collection(Edm.String)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /identity/identityProviders")
    @Proves("PATCH /identity/identityProviders/{provider-id}")
    @Proves("DELETE /identity/identityProviders/{provider-id}")
    void socialLifecycle(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        Reply created = graph.post(ROOT, social("Twitter", "top secret words")).expect(201);

        assertThat(created.json().get("id").asString()).isEqualTo("Twitter-OAUTH");
        assertThat(created.need("Location")).isEqualTo(graph.url(ROOT + "/Twitter-OAUTH"));
        assertThat(created.json().get("clientSecret").asString()).isEqualTo("******");
        assertThat(created.json().get("@odata.type").asString())
                .isEqualTo("#microsoft.graph.socialIdentityProvider");
        graph.post(ROOT, social("Twitter", "another")).expect(409).error();

        graph.patch(ROOT + "/Twitter-OAUTH", Map.of("displayName", "Short")).expect(204);
        JsonNode read = graph.get(ROOT + "/twitter-oauth").expect(200).json();
        assertThat(read.get("displayName").asString()).isEqualTo("Short");
        assertThat(read.get("clientSecret").asString()).isEqualTo("******");
        assertThat(graph.get(ROOT).text()).doesNotContain("top secret words");

        graph.delete(ROOT + "/Twitter-OAUTH").expect(204);
        graph.get(ROOT + "/Twitter-OAUTH").expect(404).error();
        graph.delete(ROOT + "/Twitter-OAUTH").expect(404).error();
    }

    /** What the references can do. */
    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$count")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/{provider-id}/$ref")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref?@id={url}")
    @Shows("V11")
    @Shows("V12")
    @Shows("C3")
    void flowProviders(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        String google = ensureSocial(graph, "Google");
        String path =
                "/identity/b2xUserFlows/"
                        + usher.newFlow(Usher.fresh("Providers"))
                        + "/userFlowIdentityProviders";
        String url = graph.url(ROOT + "/" + google);
        assertThat(graph.get(path).values("id")).containsExactly("AADSignup-OAUTH");

        graph.post(path + "/$ref", Map.of("@odata.id", url)).expect(204);
        graph.post(path + "/$ref", Map.of("@odata.id", url)).expect(204);
        assertThat(graph.get(path).values("id"))
                .containsExactlyInAnyOrder("AADSignup-OAUTH", google);
        assertThat(graph.get(path).json().get("@odata.context").asString())
                .endsWith("$metadata#Collection(microsoft.graph.identityProviderBase)");
        assertThat(graph.get(path).text()).doesNotContain("a secret").contains("******");
        assertThat(graph.get(path + "/$count").text()).isEqualTo("2");
        assertThat(graph.get(path + "/$ref").values("@odata.id"))
                .hasSize(2)
                .anyMatch(it -> it.contains(google));
        assertThat(graph.get(path + "/$ref").json().get("@odata.context").asString())
                .endsWith("$metadata#Collection($ref)");

        graph.delete(path + "/" + google + "/$ref").expect(204);
        graph.delete(path + "/" + google + "/$ref").expect(404).error();
        graph.send("PATCH", path + "/$ref", Map.of("@odata.id", url)).expect(204);
        for (String option : List.of("@id", "%40id", "$id", "@odata.id")) {
            graph.post(path + "/$ref", Map.of("@odata.id", url)).expect(204);
            String target = url.replace(":", "%3A").replace("/", "%2F");
            graph.delete(path + "/$ref?" + option + "=" + target).expect(204);
            graph.delete(path + "/$ref?" + option + "=" + target).expect(404).error();
        }
        graph.delete(path + "/$ref").expect(400).error();
    }

    @Test
    void referenceTargetsFoundInScripts() {
        Graph graph = usher.beta();
        String google = ensureSocial(graph, "Google");
        String path =
                "/identity/b2xUserFlows/"
                        + usher.newFlow(Usher.fresh("Targets"))
                        + "/userFlowIdentityProviders";
        for (Object body :
                List.of(
                        Map.of(
                                "@odata.id",
                                "https://graph.microsoft.com/beta" + ROOT + "/" + google),
                        Map.of("@odata.id", graph.url("/identityProviders/" + google)),
                        Map.of("@odata.id", "identityProviders('" + google + "')"),
                        Map.of(
                                "@odata.type",
                                "#microsoft.graph.identityProvider",
                                "@odata.id",
                                graph.url(ROOT + "/" + google)),
                        Map.of("id", google))) {
            graph.post(path + "/$ref", body).expect(204);
            graph.delete(path + "/" + google + "/$ref").expect(204);
        }
        graph.post(path + "/$ref", Map.of("@odata.id", graph.url(ROOT + "/Nobody-OAUTH")))
                .expect(404)
                .error();
        graph.post(path + "/$ref", Map.of("displayName", "no id")).expect(400).error();
    }

    /** The deprecated navigation is another view of the same set. */
    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /identity/b2xUserFlows/{flow-id}/identityProviders")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/identityProviders/$count")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/identityProviders/{provider-id}")
    @Proves("POST /identity/b2xUserFlows/{flow-id}/identityProviders/$ref")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/identityProviders/{provider-id}/$ref")
    void legacyView(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        String facebook = ensureSocial(graph, "Facebook");
        String flow = "/identity/b2xUserFlows/" + usher.newFlow(Usher.fresh("Legacy"));
        String legacy = flow + "/identityProviders";

        assertThat(graph.get(legacy).values("id")).isEmpty();
        graph.post(
                        legacy + "/$ref",
                        Map.of("@odata.id", graph.url("/identityProviders/" + facebook)))
                .expect(204);
        JsonNode provider = graph.get(legacy).expect(200).json().at("/value/0");
        assertThat(provider.get("id").asString()).isEqualTo(facebook);
        assertThat(provider.get("type").asString()).isEqualTo("Facebook");
        assertThat(provider.get("name").asString()).isEqualTo("Sign in with Facebook");
        assertThat(provider.get("clientSecret").asString()).isEqualTo("******");
        assertThat(graph.get(legacy + "/$count").text()).isEqualTo("1");
        assertThat(graph.get(legacy + "/" + facebook).expect(200).json().get("id").asString())
                .isEqualTo(facebook);
        assertThat(graph.get(flow + "/userFlowIdentityProviders").values("id")).contains(facebook);

        graph.delete(ROOT + "/" + facebook).expect(409).error();

        graph.delete(legacy + "/" + facebook + "/$ref").expect(204);
        assertThat(graph.get(legacy).values("id")).isEmpty();
        assertThat(graph.get(flow + "/userFlowIdentityProviders").values("id"))
                .doesNotContain(facebook);
    }

    @Test
    void createWithProviders() {
        Graph graph = usher.graph();
        String google = ensureSocial(graph, "Google");
        for (Map<String, Object> providers :
                List.of(
                        Json.object(
                                "identityProviders",
                                List.of(
                                        Json.object(
                                                "id", google, "type", "Google", "Name", "any"))),
                        Json.object("userFlowIdentityProviders", List.of(Map.of("id", google))),
                        Json.object(
                                "userFlowIdentityProviders@odata.bind",
                                List.of(graph.url(ROOT + "/" + google))))) {
            Map<String, Object> body =
                    Json.object(
                            "id",
                            Usher.fresh("With"),
                            "userFlowType",
                            "signUpOrSignIn",
                            "userFlowTypeVersion",
                            1);
            body.putAll(providers);

            JsonNode created = graph.post("/identity/b2xUserFlows", body).expect(201).json();

            assertThat(
                            graph.get(
                                            "/identity/b2xUserFlows/"
                                                    + created.get("id").asString()
                                                    + "/userFlowIdentityProviders")
                                    .values("id"))
                    .containsExactly(google);
        }
    }
}
