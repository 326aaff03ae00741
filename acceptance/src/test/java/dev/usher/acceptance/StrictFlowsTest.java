package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A flow that cannot do what it says: accepted with a finding in a header, as Graph accepts it, and
 * refused for who says {@code Prefer: usher-strict}.
 */
@UsherTest
class StrictFlowsTest {

    private static final String FINDINGS = "x-usher-flow-check";
    private static final String B2X = "/identity/b2xUserFlows";
    private static final String B2C = "/identity/b2cUserFlows";
    private static final String[] STRICT = {"Prefer", "usher-strict"};

    private final Usher usher;

    StrictFlowsTest(Usher usher) {
        this.usher = usher;
    }

    private String newFlow(String type) {
        return B2C
                + "/"
                + usher.beta()
                        .post(
                                B2C,
                                Json.object(
                                        "id",
                                        Usher.fresh("Strict"),
                                        "userFlowType",
                                        type,
                                        "userFlowTypeVersion",
                                        1))
                        .expect(201)
                        .json()
                        .get("id")
                        .asString();
    }

    /** Strictly it is refused and leaves nothing; otherwise it is done and told about. */
    private static void finds(
            String finding, String target, Call call, List<String> left, String at, Graph graph) {
        JsonNode error = call.with(STRICT).refused(400, "AADB2C");
        assertThat(error.get("message").asString()).contains(finding);
        assertThat(error.at("/details/0/target").asString()).isEqualTo(target);
        assertThat(graph.get(at).values("id")).isEqualTo(left);

        Reply accepted = call.with();
        assertThat(accepted.status()).as("%s", accepted).isBetween(200, 299);
        assertThat(accepted.need(FINDINGS)).contains(finding, target);
    }

    private interface Call {
        Reply with(String... headers);
    }

    @Test
    void anAttributeThatNoPageAsksFor() {
        Graph graph = usher.beta();
        String list = newFlow("signIn") + "/userAttributeAssignments";
        Object city =
                Json.object(
                        "displayName",
                        "City",
                        "userInputType",
                        "textBox",
                        "userAttribute",
                        Map.of("id", "city"));
        finds(
                "RequiredAttributeNotCollected",
                "userAttributeAssignments/city",
                headers -> graph.post(list, city, headers),
                List.of(),
                list,
                graph);
    }

    @Test
    void aProviderThatIsNeverOffered() {
        Graph graph = usher.beta();
        String google = ProvidersTest.ensureSocial(usher.graph(), "Google");
        String list = newFlow("passwordReset") + "/userFlowIdentityProviders";
        finds(
                "ProviderNotOffered",
                "userFlowIdentityProviders/" + google,
                headers ->
                        graph.post(
                                list + "/$ref",
                                Map.of(
                                        "@odata.id",
                                        graph.url("/identity/identityProviders/" + google)),
                                headers),
                List.of(),
                list,
                graph);
    }

    /** Also where it is a deletion that leaves the flow so. */
    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void theLastProvider(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        String list =
                B2X + "/" + usher.newFlow(Usher.fresh("Strict")) + "/userFlowIdentityProviders";
        finds(
                "NoIdentityProvider",
                "userFlowIdentityProviders",
                headers -> graph.delete(list + "/AADSignup-OAUTH/$ref", headers),
                List.of("AADSignup-OAUTH"),
                list,
                graph);
    }

    @Test
    void aStepThatTheFlowDoesNotComeBy() {
        Graph graph = usher.beta();
        String connector = usher.newConnector(Usher.fresh("Strict"));
        String step =
                B2X
                        + "/"
                        + usher.newFlow(Usher.fresh("Strict"))
                        + "/apiConnectorConfiguration/preTokenIssuance";
        Object reference = Map.of("@odata.id", graph.url("/identity/apiConnectors/" + connector));
        graph.put(step + "/$ref", reference, STRICT).refused(400, "AADB2C");
        graph.get(step).expect(404);
        assertThat(graph.put(step + "/$ref", reference).expect(204).need(FINDINGS))
                .contains("StepNotReached");
    }

    /** What is created as a whole is judged as a whole, also in a batch. */
    @Test
    void aWholeFlow() {
        for (Graph graph : List.of(usher.graph(), usher.beta())) {
            String name = Usher.fresh("Strict");
            Map<String, Object> flow =
                    Json.object(
                            "id",
                            name,
                            "userFlowType",
                            "signUpOrSignIn",
                            "userFlowTypeVersion",
                            1,
                            "userFlowIdentityProviders",
                            List.of());
            graph.post(B2X, flow, STRICT).refused(400, "AADB2C");
            Object inBatch =
                    Json.object(
                            "id",
                            "1",
                            "method",
                            "POST",
                            "url",
                            B2X,
                            "headers",
                            Map.of("Content-Type", "application/json", "Prefer", "usher-strict"),
                            "body",
                            flow);
            JsonNode entry =
                    graph.post("/$batch", Map.of("requests", List.of(inBatch)))
                            .expect(200)
                            .json()
                            .at("/responses/0");
            assertThat(entry.get("status").asInt()).isEqualTo(400);
            graph.get(B2X + "/B2X_1_" + name).expect(404);
            flow.remove("userFlowIdentityProviders");
            Reply fine = graph.post(B2X, flow, STRICT).expect(201);
            assertThat(fine.header(FINDINGS)).isEmpty();
        }
    }
}
