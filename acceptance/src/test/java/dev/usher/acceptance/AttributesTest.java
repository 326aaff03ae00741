package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** User-flow attributes: the built-in ones and those of the tenant. */
@UsherTest
class AttributesTest {

    private static final String ROOT = "/identity/userFlowAttributes";

    private final Usher usher;

    AttributesTest(Usher usher) {
        this.usher = usher;
    }

    @Test
    @Proves("GET /identity/userFlowAttributes")
    @Proves("GET /identity/userFlowAttributes/$count")
    void builtInsAreListed() {
        Graph graph = usher.graph("v1.0", usher.tenant(), usher.tenant().reader());
        Reply all = graph.get(ROOT);

        assertThat(all.values("id"))
                .contains(
                        "city",
                        "country",
                        "displayName",
                        "email",
                        "givenName",
                        "jobTitle",
                        "postalCode",
                        "state",
                        "streetAddress",
                        "surname");
        assertThat(all.values("@odata.type"))
                .contains("#microsoft.graph.identityBuiltInUserFlowAttribute");
        assertThat(graph.get(ROOT + "/$count").text()).matches("\\d+");
        Reply builtIns = graph.get(ROOT + "?$filter=userFlowAttributeType eq 'builtIn'");
        assertThat(builtIns.values("id")).hasSize(11);
        assertThat(builtIns.values("@odata.type"))
                .containsOnly("#microsoft.graph.identityBuiltInUserFlowAttribute");
        assertThat(
                        graph.get(ROOT + "?$filter=displayName eq 'City' and dataType ne 'boolean'")
                                .values("id"))
                .containsExactly("city");
    }

    @Test
    @Proves("GET /identity/userFlowAttributes/{attribute-id}")
    void oneIsRead() {
        JsonNode city = usher.graph().get(ROOT + "/City").expect(200).json();

        assertThat(city.get("id").asString()).isEqualTo("city");
        assertThat(city.get("displayName").asString()).isEqualTo("City");
        assertThat(city.get("dataType").asString()).isEqualTo("string");
        assertThat(city.get("userFlowAttributeType").asString()).isEqualTo("builtIn");
        usher.graph().get(ROOT + "/nothing").expect(404).error();
        assertThat(usher.graph().delete(ROOT + "/city").expect(400).error()).isNotNull();
        usher.graph().get(ROOT + "/city").expect(200);
    }
}
