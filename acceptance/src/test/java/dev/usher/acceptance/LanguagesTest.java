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
import tools.jackson.databind.JsonNode;

/** Languages and pages as scripts use them, beyond what the SDK's builders have. */
@UsherTest
class LanguagesTest {

    private static final String CONTENT =
            "{\"LocalizedStrings\":[{\"ElementType\":\"UxElement\",\"ElementId\":null,"
                    + "\"StringId\":\"button_continue\",\"Override\":true,\"Value\":\"Join\"}]}";
    private static final String EMPTY = "{\"LocalizedStrings\":[]}";

    private final Usher usher;

    LanguagesTest(Usher usher) {
        this.usher = usher;
    }

    private String b2c(boolean customized) {
        String name = Usher.fresh("Spoken");
        Object flow =
                Json.object(
                        "id",
                        name,
                        "userFlowType",
                        "signUp",
                        "userFlowTypeVersion",
                        3,
                        "isLanguageCustomizationEnabled",
                        customized);
        usher.beta().post("/identity/b2cUserFlows", flow).expect(201);
        return "/identity/b2cUserFlows/B2C_1_" + name;
    }

    @Test
    @Proves("PUT /identity/b2cUserFlows/{flow-id}/languages/{lang-id}")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}/languages/{lang-id}")
    void customLanguage() {
        Graph graph = usher.beta();
        String languages = b2c(true) + "/languages";
        Reply made = graph.put(languages + "/es-ES", Map.of("id", "es-ES", "isEnabled", true));
        JsonNode language = made.expect(201).json();
        assertThat(language.get("displayName").asString()).isEqualTo("Spanish (Spain)");
        assertThat(made.need("Location")).endsWith(languages + "/es-ES");
        graph.put(languages + "/es-ES", Map.of("isEnabled", false)).expect(204);
        assertThat(
                        graph.put(languages + "/es-ES", Map.of(), "Prefer", "return=representation")
                                .expect(200)
                                .json()
                                .get("isEnabled")
                                .booleanValue())
                .isTrue();
        assertThat(graph.get(languages + "?$filter=isEnabled eq true").values("id"))
                .containsExactly("en", "es-ES");
        graph.put(languages + "/zz-ZZ", Map.of()).refused(400, "AADB2C");
        graph.delete(languages + "/es-ES").expect(204);
        graph.get(languages + "/es-ES").expect(404);
        graph.delete(languages + "/en").refused(400, "AADB2C");
    }

    @Test
    void withoutCustomizationThereAreNone() {
        String flow = b2c(false);
        JsonNode error = usher.beta().get(flow + "/languages").refused(400, "AADB2C");
        assertThat(error.get("message").asString()).contains("isLanguageCustomizationEnabled");
        usher.beta().patch(flow, Map.of("isLanguageCustomizationEnabled", true)).expect(204);
        assertThat(usher.beta().get(flow + "/languages").values("id")).hasSize(36);
    }

    @Test
    @Shows("V15")
    @Shows("C1")
    void contentInEveryFormAndVersion() {
        String flow = "/identity/b2xUserFlows/" + usher.newFlow(Usher.fresh("Spoken"));
        String stream = flow + "/languages/en/overridesPages/selfasserted1_1/$value";
        for (Graph graph : List.of(usher.graph(), usher.beta())) {
            for (String type : List.of("application/octet-stream", "application/json")) {
                graph.put(stream, CONTENT, "Content-Type", type).expect(204);
                Reply read = graph.get(stream).expect(200);
                assertThat(read.text()).isEqualTo(CONTENT);
                assertThat(read.need("Content-Type")).isEqualTo("application/json");
                graph.delete(stream).expect(204);
                assertThat(graph.get(stream).expect(200).text()).isEqualTo(EMPTY);
            }
            graph.put(stream, CONTENT, "Content-Type", "text/plain")
                    .refused(415, "UnsupportedMediaType");
        }
    }

    @Test
    void expandedWithTheirFlow() {
        String name = usher.newFlow(Usher.fresh("Spoken"));
        for (Graph graph : List.of(usher.graph(), usher.beta())) {
            JsonNode flow =
                    graph.get("/identity/b2xUserFlows/" + name + "?$expand=languages")
                            .expect(200)
                            .json();
            assertThat(flow.get("languages")).hasSize(36);
        }
    }

    @Test
    void aBatchWritesContent() {
        String flow = "/identity/b2xUserFlows/" + usher.newFlow(Usher.fresh("Spoken"));
        String stream = flow + "/languages/en/overridesPages/selfasserted1_1/$value";
        Object put =
                Json.object(
                        "id",
                        "1",
                        "method",
                        "PUT",
                        "url",
                        stream,
                        "headers",
                        Map.of("Content-Type", "application/json"),
                        "body",
                        Json.parse(CONTENT));
        Object get =
                Json.object("id", "2", "method", "GET", "url", stream, "dependsOn", List.of("1"));
        JsonNode responses =
                usher.graph()
                        .post("/$batch", Map.of("requests", List.of(put, get)))
                        .expect(200)
                        .json()
                        .get("responses");
        assertThat(responses.at("/0/status").asInt()).isEqualTo(204);
        assertThat(responses.at("/1/body").toString()).isEqualTo(CONTENT);
    }
}
