package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The script that the README begins with does what the README says. */
@UsherTest
class FirstFlowTest {

    private final Usher usher;

    FirstFlowTest(Usher usher) {
        this.usher = usher;
    }

    @Test
    void fromTheRequestOfTheDocumentsToAUserWithATokenOfTheirOwn() {
        Path facts = usher.json().caFile().resolveSibling("dev.json");
        String out = Chromium.run("first-flow.mjs", Map.of(), facts.toString());
        Map<String, String> said = new HashMap<>();
        out.lines().forEach(line -> said.put(line.substring(0, 12).strip(), line.substring(13)));

        String flow = said.get("flow");
        assertThat(flow).startsWith("B2X_1_");
        assertThat(said.get("asks for")).endsWith("Where do you live?, Which size?");
        assertThat(said.get("mail")).matches("\\d{6} is your contoso code");
        JsonNode claims = Json.parse(said.get("id token"));
        assertThat(claims.get("tfp").asString()).isEqualTo(flow);
        assertThat(claims.get("aud").asString()).isEqualTo(usher.tenant().app());
        assertThat(claims.get("newUser").asBoolean()).isTrue();
        assertThat(claims.get("city").asString()).isEqualTo("Karlsruhe");
        JsonNode user = Json.parse(said.get("user"));
        assertThat(user.get("id")).isEqualTo(claims.get("oid"));
        assertThat(user.get("mail")).isEqualTo(claims.at("/emails/0"));
        assertThat(user.get("city").asString()).isEqualTo("Karlsruhe");
        assertThat(user.get("userType").asString()).isEqualTo("Guest");
        assertThat(sizes(claims)).containsExactly("M");
        assertThat(sizes(user)).containsExactly("M");
    }

    private static List<String> sizes(JsonNode of) {
        return of.propertyStream()
                .filter(each -> each.getKey().matches("extension_(.*_)?Size\\d+"))
                .map(each -> each.getValue().asString())
                .toList();
    }
}
