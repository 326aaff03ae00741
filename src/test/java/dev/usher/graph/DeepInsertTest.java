package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Members of contained collections, written together with their owner. */
class DeepInsertTest {

    private static final String FLOWS = "/beta/identity/b2xUserFlows";
    private static final String FLOW =
            """
            {"id":"A","userFlowType":"signUpOrSignIn","userFlowTypeVersion":1,
             "userAttributeAssignments":[%s]}\
            """;
    private static final String CITY =
            """
            {"displayName":"City","userInputType":"textBox","userAttribute":{"id":"city"}}\
            """;
    private static final String STATE =
            """
            {"displayName":"State","userInputType":"textBox",
             "userAttribute@odata.bind":"identity/userFlowAttributes/state"}\
            """;

    @ParameterizedTest
    @EnumSource
    void membersComeInTheirOrderAndInPlaceOfTheDefault(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer created = graph.post(FLOWS, FLOW.formatted(STATE + "," + CITY));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            Answer order = graph.get(FLOWS + "/B2X_1_A/userAttributeAssignments/getOrder");
            assertThat(order.json().path("order").valueStream().map(JsonNode::asString))
                    .containsExactly("state", "city");
            Answer read =
                    graph.get(FLOWS + "/B2X_1_A/userAttributeAssignments?$expand=userAttribute");
            assertThat(read.json().at("/value/0/userAttribute/id").asString()).isEqualTo("state");
            assertThat(read.json().at("/value/0/requiresVerification").isBoolean()).isTrue();

            graph.post(FLOWS, FLOW.replace("\"A\"", "\"None\"").formatted(""));
            assertThat(graph.get(FLOWS + "/B2X_1_None/userAttributeAssignments/$count").text())
                    .as("an empty list is a choice, too")
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongIsNamedByItsPlaceAndNothingIsStored(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer missing =
                    graph.post(FLOWS, FLOW.formatted(CITY + ",{\"userInputType\":\"textBox\"}"));
            assertThat(missing.status()).isEqualTo(400);
            assertThat(missing.violations())
                    .contains("userAttributeAssignments/1/userAttribute: PropertyRequired");
            Answer unknown = graph.post(FLOWS, FLOW.formatted(CITY.replace("\"city", "\"nothing")));
            assertThat(unknown.violations())
                    .containsExactly(
                            "userAttributeAssignments/0/userAttribute: ReferenceUnresolvable");
            Answer twice = graph.post(FLOWS, FLOW.formatted(CITY + "," + CITY));
            assertThat(twice.status()).isEqualTo(409);
            Answer single = graph.post(FLOWS, FLOW.replace("[%s]", CITY));
            assertThat(single.violations())
                    .containsExactly("userAttributeAssignments: PropertyTypeMismatch");
            assertThat(graph.get(FLOWS + "/$count").text()).isEqualTo("0");

            graph.post(FLOWS, FLOW.formatted(CITY));
            Answer patched = graph.patch(FLOWS + "/B2X_1_A", "{\"userAttributeAssignments\":[]}");
            assertThat(patched.violations())
                    .containsExactly("userAttributeAssignments: ValueNotAllowed");
        }
    }
}
