package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Crowd;
import dev.usher.acceptance.fixture.Distribution.Finished;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Registered;
import dev.usher.acceptance.fixture.RsaKey;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
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
        return play("lifecycle.mjs", version, name, Map.of());
    }

    private JsonNode play(String script, String version, String name, Map<String, String> more) {
        Program node =
                Program.needed(
                        "node", FOLDER.resolve("node_modules/@microsoft/microsoft-graph-client"));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("USHER_URL", usher.json().httpsUrl());
        environment.put("USHER_VERSION", version);
        environment.put("USHER_TOKEN", usher.tokens().of(usher.tenant(), usher.tenant().admin()));
        environment.put("USHER_NAME", name);
        environment.put("NODE_EXTRA_CA_CERTS", usher.json().caFile().toString());
        Finished finished = node.run(environment, FOLDER.resolve(script).toString());
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

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void theDirectory(String version) {
        Crowd.gather(usher);
        String name = Usher.fresh("Node");
        RsaKey key = new RsaKey();
        Map<String, String> facts = new HashMap<>();
        facts.put("USHER_DOMAIN", usher.tenant().domain());
        facts.put("USHER_CROWD", Crowd.FILTER);
        facts.put("USHER_CERTIFICATE", Base64.getEncoder().encodeToString(key.certificate()));

        JsonNode people = step("people", version, name, facts);
        String person = people.get("person").asString();
        for (String way : List.of("byMail", "byIdentity", "bySearch")) {
            assertThat(people.get(way).valueStream().map(JsonNode::asString))
                    .as(way)
                    .containsExactly(person);
        }
        assertThat(people.at("/crowd/first").asInt()).isEqualTo(Crowd.PAGE_MAX);
        assertThat(people.at("/crowd/all").asInt()).isEqualTo(Crowd.SIZE);
        assertThat(people.at("/crowd/distinct").asInt()).isEqualTo(Crowd.SIZE);

        JsonNode made = step("grant", version, name, facts);
        Registered application =
                new Registered(
                        usher,
                        made.get("appId").asString(),
                        made.get("secretText").asString(),
                        key);
        List<String> tokens = application.granted();
        facts.put(
                "USHER_MADE",
                Json.write(
                        Json.object(
                                "person", person,
                                "application", made.get("application").asString(),
                                "principal", made.get("principal").asString(),
                                "grant", made.get("grant").asString())));
        assertThat(step("revoke", version, name, facts).get("left")).isEmpty();
        application.revoked(tokens);
        JsonNode gone = step("remove", version, name, facts);
        assertThat(gone.get("status").asInt()).isEqualTo(404);
        assertThat(gone.get("code").asString()).isEqualTo("Request_ResourceNotFound");
    }

    private JsonNode step(String step, String version, String name, Map<String, String> facts) {
        Map<String, String> more = new HashMap<>(facts);
        more.put("USHER_STEP", step);
        return play("directory.mjs", version, name, more);
    }
}
