package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution.Finished;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Microsoft's Graph client for JavaScript, on Node. */
@UsherTest
class NodeClientTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("usher.root"), "acceptance", "node");

    private final Usher usher;

    NodeClientTest(Usher usher) {
        this.usher = usher;
    }

    private JsonNode play(String version, String name) {
        Program node =
                Program.needed(
                        "node", FOLDER.resolve("node_modules/@microsoft/microsoft-graph-client"));
        Finished finished =
                node.run(
                        Map.of(
                                "USHER_URL",
                                usher.json().httpsUrl(),
                                "USHER_VERSION",
                                version,
                                "USHER_TOKEN",
                                usher.tokens().of(usher.tenant(), usher.tenant().admin()),
                                "USHER_NAME",
                                name,
                                "NODE_EXTRA_CA_CERTS",
                                usher.json().caFile().toString()),
                        FOLDER.resolve("lifecycle.mjs").toString());
        assertThat(finished.exit()).as(finished.err()).isZero();
        return Json.parse(finished.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void theLifeOfAFlow(String version) {
        String name = Usher.fresh("Node");
        JsonNode result = play(version, name);

        String id = "B2X_1_" + name;
        assertThat(result.at("/flow/id").asString()).isEqualTo(id);
        assertThat(result.at("/renamed/displayName").asString()).isEqualTo(name + " again");
        assertThat(result.at("/connector/authenticationConfiguration/password").asString())
                .isEqualTo("******");
        assertThat(result.at("/step/id")).isEqualTo(result.at("/connector/id"));
        assertThat(result.at("/assignment/id")).isEqualTo(result.at("/attribute/id"));
        assertThat(result.at("/expanded/userAttributeAssignments").findValuesAsString("id"))
                .contains(result.at("/attribute/id").asString());
        assertThat(result.at("/expanded/userFlowIdentityProviders").findValuesAsString("id"))
                .contains("EmailOtpSignup-OAUTH");
        assertThat(result.at("/order/order").valueStream().map(JsonNode::asString))
                .contains(result.at("/attribute/id").asString());
        assertThat(result.at("/filtered/@odata.count").asInt()).isEqualTo(1);
        assertThat(result.at("/filtered/value/0/id").asString()).isEqualTo(id);
        assertThat(result.at("/pages/first").asInt()).isEqualTo(4);
        assertThat(result.at("/pages/all").asInt())
                .isGreaterThan(4)
                .isEqualTo(result.at("/pages/distinct").asInt());
        assertThat(result.at("/batch").toString()).isEqualTo("[200,200]");
        assertThat(result.at("/missing/status").asInt()).isEqualTo(404);
        assertThat(result.at("/missing/code").asString()).isEqualTo("ResourceNotFound");
        assertThat(result.at("/missing/requestId").asString()).isNotBlank();
        assertThat(result.at("/gone").asInt()).isEqualTo(404);
    }
}
