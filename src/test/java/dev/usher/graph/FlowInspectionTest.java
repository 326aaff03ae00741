package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Findings about flows: told on writes and reads, or refused on demand. */
class FlowInspectionTest {

    private static final String FLOWS = "/beta/identity/b2cUserFlows";
    private static final String FLOW = FLOWS + "/B2C_1_A";
    private static final String HEADER = "x-usher-flow-check";
    private static final String FINDING =
            "RequiredAttributeNotCollected;target=\"userAttributeAssignments/city\"";
    private static final String CITY =
            """
            {"displayName":"City","userInputType":"textBox","userAttribute":{"id":"city"}}\
            """;

    private static Answer create(GraphWorld graph, String type) {
        return graph.post(
                FLOWS,
                """
                {"id":"A","userFlowType":"%s","userFlowTypeVersion":1}\
                """
                        .formatted(type));
    }

    private static @Nullable String checked(GraphWorld graph, String path) {
        return graph.send("GET", path, null, "Prefer: usher-check").header(HEADER);
    }

    @ParameterizedTest
    @EnumSource
    void findingsAreTold(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            assertThat(create(graph, "signIn").header(HEADER)).isNull();
            Answer added = graph.post(FLOW + "/userAttributeAssignments", CITY);
            assertThat(added.status()).as(added.text()).isEqualTo(201);
            assertThat(added.header(HEADER)).isEqualTo(FINDING);
            assertThat(graph.get(FLOW).header(HEADER)).as("only for who asks").isNull();
            assertThat(checked(graph, FLOW)).isEqualTo(FINDING);
            assertThat(checked(graph, "/beta/identity/userFlows/B2C_1_A")).isEqualTo(FINDING);
            assertThat(checked(graph, FLOWS)).as("not on lists").isNull();
            Answer mended =
                    graph.patch(FLOW + "/userAttributeAssignments/city", "{\"isOptional\":true}");
            assertThat(mended.status()).isEqualTo(204);
            assertThat(mended.header(HEADER)).isNull();
            assertThat(checked(graph, FLOW)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoAsksForItIsRefusedAndNothingIsStored(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            create(graph, "signIn");
            Answer refused =
                    graph.send(
                            "POST",
                            FLOW + "/userAttributeAssignments",
                            CITY,
                            "Prefer: usher-strict");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.violations())
                    .containsExactly("userAttributeAssignments/city: ValueNotAllowed");
            assertThat(refused.message()).contains("RequiredAttributeNotCollected");
            assertThat(graph.get(FLOW + "/userAttributeAssignments/$count").text()).isEqualTo("0");

            Answer whole =
                    graph.send(
                            "POST",
                            "/beta/identity/b2xUserFlows",
                            """
                            {"id":"X","userFlowType":"signUpOrSignIn","userFlowTypeVersion":1,
                             "userFlowIdentityProviders":[]}\
                            """,
                            "Prefer: usher-strict");
            assertThat(whole.status()).as(whole.text()).isEqualTo(400);
            assertThat(graph.get("/beta/identity/b2xUserFlows/$count").text()).isEqualTo("0");
        }
    }
}
