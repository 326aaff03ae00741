package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A batch that creates and reads, and one whose first request fails. */
@UsherTest
class BatchTest {

    private final Usher usher;

    BatchTest(Usher usher) {
        this.usher = usher;
    }

    @Test
    @Proves("POST /$batch")
    @Shows("V17")
    void dependenciesAreServed() {
        for (Graph graph : List.of(usher.graph(), usher.beta())) {
            String name = Usher.fresh("Batch");
            Object flow =
                    Json.object(
                            "id", name, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);
            Object create =
                    Json.object(
                            "id",
                            "1",
                            "method",
                            "POST",
                            "url",
                            "/identity/b2xUserFlows",
                            "headers",
                            Map.of("Content-Type", "application/json"),
                            "body",
                            flow);
            Object read =
                    Json.object(
                            "id",
                            "2",
                            "method",
                            "GET",
                            "url",
                            "/identity/b2xUserFlows/B2X_1_" + name,
                            "dependsOn",
                            List.of("1"));
            Object batch = Map.of("requests", List.of(create, read));
            assertThat(statuses(graph, batch)).containsExactlyInAnyOrder(201, 200);
            assertThat(statuses(graph, batch)).containsExactlyInAnyOrder(409, 424);
        }
    }

    private static List<Integer> statuses(Graph graph, Object batch) {
        return graph.post("/$batch", batch)
                .expect(200)
                .json()
                .get("responses")
                .valueStream()
                .map((JsonNode entry) -> entry.path("status").asInt())
                .toList();
    }
}
