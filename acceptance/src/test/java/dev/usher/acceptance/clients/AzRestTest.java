package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Distribution.Finished;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code az rest} of the Azure CLI, with a token of its own and the CA by its usual variable. */
@UsherTest
class AzRestTest {

    private final Usher usher;

    AzRestTest(Usher usher) {
        this.usher = usher;
    }

    private Finished az(String method, String path, Object body, String... more) {
        Program az = Program.needed("az");
        String token = usher.tokens().of(usher.tenant(), usher.tenant().admin());
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "rest",
                                "--only-show-errors",
                                "--skip-authorization-header",
                                "--method",
                                method,
                                "--url",
                                usher.json().httpsUrl() + "/v1.0" + path,
                                "--headers",
                                "Authorization=Bearer " + token));
        arguments.addAll(List.of(more));
        if (body != null) {
            arguments.addAll(List.of("Content-Type=application/json", "--body", Json.write(body)));
        }
        return az.run(
                Map.of(
                        "REQUESTS_CA_BUNDLE",
                        usher.json().caFile().toString(),
                        "AZURE_CONFIG_DIR",
                        Distribution.workDirectory("az").toString(),
                        "AZURE_CORE_COLLECT_TELEMETRY",
                        "no"),
                arguments.toArray(String[]::new));
    }

    private JsonNode done(String method, String path, Object body, String... more) {
        Finished finished = az(method, path, body, more);
        assertThat(finished.exit()).as("%s %s: %s", method, path, finished.err()).isZero();
        return Json.parse(finished.out().isBlank() ? "{}" : finished.out());
    }

    @Test
    void theLifeOfAFlow() {
        String name = Usher.fresh("Az");
        String flows = "/identity/b2xUserFlows";
        JsonNode flow =
                done(
                        "post",
                        flows,
                        Json.object(
                                "id",
                                name,
                                "userFlowType",
                                "signUpOrSignIn",
                                "userFlowTypeVersion",
                                1));
        String one = flows + "/" + flow.get("id").asString();
        JsonNode connector =
                done("post", "/identity/apiConnectors", Usher.connector(name + " by az"));
        String step = one + "/apiConnectorConfiguration/postAttributeCollection/$ref";
        done(
                "put",
                step,
                Map.of(
                        "@odata.id",
                        "/v1.0/identity/apiConnectors/" + connector.get("id").asString()));

        JsonNode found = done("get", one + "?$expand=userFlowIdentityProviders", null);
        assertThat(found.get("id").asString()).isEqualTo("B2X_1_" + name);
        assertThat(found.get("userFlowIdentityProviders")).isNotEmpty();
        String filter = flows + "?$filter=id eq 'B2X_1_" + name + "'&$count=true";
        assertThat(done("get", filter, null).at("/@odata.count").asInt()).isEqualTo(1);

        done("delete", step, null);
        done("delete", "/identity/apiConnectors/" + connector.get("id").asString(), null);
        done("delete", one, null);
        Finished gone = az("get", one, null);
        assertThat(gone.exit()).isNotZero();
        assertThat(gone.err()).contains("ResourceNotFound");
    }
}
