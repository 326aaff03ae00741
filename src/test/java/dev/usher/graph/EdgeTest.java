package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.observe.Observation;
import dev.usher.tenant.TenantKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the edge adds to the engine's answers. */
class EdgeTest {

    private static final String FLOWS = "/beta/identity/b2xUserFlows";

    @ParameterizedTest
    @EnumSource
    void optionsNamesTheMethodsOfTheResource(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            for (List<String> row :
                    List.of(
                            List.of(FLOWS, "GET, HEAD, POST, OPTIONS"),
                            List.of(FLOWS + "/x", "GET, HEAD, PATCH, DELETE, OPTIONS"),
                            List.of(FLOWS + "/x/userFlowType", "GET, HEAD, OPTIONS"),
                            List.of(FLOWS + "/x/usher.settings", "GET, HEAD, PATCH, OPTIONS"),
                            List.of(
                                    FLOWS + "/x/userAttributeAssignments/setOrder",
                                    "POST, OPTIONS"),
                            List.of(
                                    FLOWS + "/x/userFlowIdentityProviders/$ref",
                                    "GET, HEAD, POST, PATCH, DELETE, OPTIONS"),
                            List.of("/beta/$metadata", "GET, HEAD, OPTIONS"),
                            List.of("/beta/$batch", "POST, OPTIONS"))) {
                Answer answer =
                        graph.send("OPTIONS", row.get(0), null, "Origin: https://a.example");
                assertThat(answer.status()).as(row.get(0)).isEqualTo(204);
                assertThat(answer.header("Allow")).as(row.get(0)).isEqualTo(row.get(1));
                assertThat(answer.header("Access-Control-Allow-Methods") + ", OPTIONS")
                        .isEqualTo(row.get(1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void developmentSaysWhichRoomRefusedAndWhy(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh(), TenantKind.ALL, false, true)) {
            JsonNode error = graph.post(FLOWS, "{\"id\":\"A\"}").json().path("error");
            assertThat(error.path("code").asString()).isEqualTo("AADB2C");
            JsonNode usher = error.at("/innerError/usher");
            assertThat(usher.path("room").asString()).isEqualTo("odata.Executor");
            assertThat(usher.path("cause").asString()).isEqualTo("INVALID_VALUE");
            assertThat(usher.path("target").asString()).isEqualTo("userFlowType");
            assertThat(usher.path("violations").valueStream().map(JsonNode::asString))
                    .containsExactly(
                            "userFlowType: PropertyRequired",
                            "userFlowTypeVersion: PropertyRequired");
            assertThat(
                            graph.get(FLOWS + "/x")
                                    .json()
                                    .at("/error/innerError/usher/cause")
                                    .asString())
                    .isEqualTo("NOT_FOUND");
        }
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer plain = graph.post(FLOWS, "{\"id\":\"A\"}");
            assertThat(plain.status()).isEqualTo(400);
            assertThat(plain.text()).doesNotContain("usher");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRequestOfABatchIsObserved(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            graph.world.observed.clear();
            graph.post(
                    "/beta/$batch",
                    """
                    {"requests":[{"id":"1","method":"GET","url":"/identity/b2xUserFlows"},
                     {"id":"2","method":"GET","url":"/identity/b2xUserFlows/x"}]}\
                    """);
            List<Observation.RequestServed> served =
                    graph.world.observed.stream()
                            .filter(Observation.RequestServed.class::isInstance)
                            .map(Observation.RequestServed.class::cast)
                            .toList();
            assertThat(served)
                    .extracting(Observation.RequestServed::status)
                    .containsExactly(200, 404);
            assertThat(served)
                    .extracting(Observation.RequestServed::route)
                    .containsExactly(
                            "/beta/identity/b2xUserFlows", "/beta/identity/b2xUserFlows/{id}");
            assertThat(served)
                    .extracting(Observation.RequestServed::requestId)
                    .doesNotHaveDuplicates();
        }
    }

    /** What is shown may change with the time alone; then "not modified" would not be true. */
    @ParameterizedTest
    @EnumSource
    void aTagStandsForWhatIsStored(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String connector =
                    graph.post(
                                    "/beta/identity/apiConnectors",
                                    """
                                    {"displayName":"C","targetUrl":"https://api.example.test/",
                                     "authenticationConfiguration":{"@odata.type":
                                     "#microsoft.graph.basicAuthentication","username":"u",
                                     "password":"p"}}\
                                    """)
                            .json()
                            .path("id")
                            .asString();
            String url = "/beta/identity/apiConnectors/" + connector;
            String tag = graph.get(url).header("ETag");
            assertThat(graph.send("GET", url, null, "If-None-Match: " + tag).status())
                    .isEqualTo(304);
            assertThat(
                            graph.send("PATCH", url, "{\"displayName\":\"D\"}", "If-Match: " + tag)
                                    .status())
                    .isEqualTo(204);
            String attribute = "/beta/identity/userFlowAttributes/city";
            String other = graph.get(attribute).header("ETag");
            assertThat(graph.send("GET", attribute, null, "If-None-Match: " + other).status())
                    .isEqualTo(304);
        }
    }
}
