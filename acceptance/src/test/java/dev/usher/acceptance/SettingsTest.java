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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code usher.settings} of user flows. */
@UsherTest
class SettingsTest {

    private final Usher usher;

    SettingsTest(Usher usher) {
        this.usher = usher;
    }

    @ParameterizedTest
    @ValueSource(strings = {"b2xUserFlows", "b2cUserFlows"})
    @Proves("GET /identity/b2xUserFlows/{flow-id}/usher.settings")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/usher.settings")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/usher.settings")
    @Proves("PATCH /identity/b2cUserFlows/{flow-id}/usher.settings")
    @Shows("W12")
    void defaultsThenChangesThenDefaults(String set) {
        Graph graph = usher.beta();
        String flow = newFlow(graph, set, Usher.fresh("Settings"));
        String settings = "/identity/" + set + "/" + flow + "/usher.settings";

        JsonNode first = graph.get(settings).expect(200).json();
        assertThat(first.get("@odata.context").asString())
                .isEqualTo(graph.url("/$metadata#usher.userFlowSettings"));
        assertThat(first.get("tokenLifetimeMinutes").intValue()).isEqualTo(60);
        assertThat(first.get("issuerForm").asString()).isEqualTo("userFlow");
        assertThat(first.get("isEmbeddedPasswordResetEnabled").booleanValue()).isTrue();

        String client = usher.tenant().admin().id();
        graph.patch(
                        settings,
                        Json.object(
                                "tokenLifetimeMinutes",
                                5,
                                "sessionScope",
                                "Application",
                                "applications",
                                List.of(client)))
                .expect(204);
        JsonNode changed =
                graph.patch(
                                settings,
                                Map.of("keepMeSignedInDays", 30),
                                "Prefer",
                                "return=representation")
                        .expect(200)
                        .json();
        assertThat(changed.get("tokenLifetimeMinutes").intValue()).isEqualTo(5);
        assertThat(changed.get("sessionScope").asString()).isEqualTo("application");
        assertThat(changed.at("/applications/0").asString()).isEqualTo(client);
        assertThat(changed.get("keepMeSignedInDays").intValue()).isEqualTo(30);

        graph.delete("/identity/" + set + "/" + flow).expect(204);
        graph.get(settings).expect(404).error();
        newFlow(graph, set, flow);
        assertThat(graph.get(settings).expect(200).json()).isEqualTo(first);
    }

    @Test
    void theyAreOursAndOfBetaAlone() {
        String flow = usher.newFlow(Usher.fresh("Settings"));
        String path = "/identity/b2xUserFlows/" + flow + "/";
        usher.graph().get(path + "usher.settings").refused(400, "BadRequest");
        usher.beta().get(path + "settings").refused(400, "BadRequest");
        usher.beta().get(path + "microsoft.graph.settings").refused(400, "BadRequest");
        usher.beta().delete(path + "usher.settings").expect(405).error();
        Graph reader = usher.graph("beta", usher.tenant(), usher.tenant().reader());
        reader.get(path + "usher.settings").expect(200);
        reader.patch(path + "usher.settings", Map.of("issuerForm", "tenant"))
                .refused(403, "AADB2C");
    }

    private static String newFlow(Graph graph, String set, String id) {
        return graph.post(
                        "/identity/" + set,
                        Json.object(
                                "id",
                                id,
                                "userFlowType",
                                "signUpOrSignIn",
                                "userFlowTypeVersion",
                                1))
                .expect(201)
                .json()
                .get("id")
                .asString();
    }
}
