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
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Every way in which clients name an API connector, and the steps' own addresses. */
@UsherTest
class ConnectorFormsTest {

    /** A form of reference found in docs, SDKs or scripts. */
    enum Form {
        ABSOLUTE("{'postFederationSignup':{'@odata.id':'ROOT/identity/apiConnectors/ID'}}"),
        PARENTHESES("{'postFederationSignup':{'@odata.id':'ROOT/identity/apiConnectors(%ID%)'}}"),
        PUBLIC_HOST(
                "{'postFederationSignup':{'@odata.id':"
                        + "'https://graph.microsoft.com/v1/identity/apiConnectors/ID'}}"),
        RELATIVE("{'postFederationSignup':{'@odata.id':'identity/apiConnectors/ID'}}"),
        BARE_ID("{'postFederationSignup':{'@odata.id':'ID'}}"),
        ENTITY("{'postFederationSignup':{'id':'ID'}}"),
        PASCAL_CASE("{'PostFederationSignup':{'Id':'ID'}}"),
        BIND("{'postFederationSignup@odata.bind':'identity/apiConnectors/ID'}"),
        BIND_ABSOLUTE("{'postFederationSignup@odata.bind':'ROOT/identity/apiConnectors/ID'}");

        private final String json;

        Form(String json) {
            this.json = json;
        }

        String configuration(Graph graph, String id) {
            return json.replace('\'', '"')
                    .replace("ROOT", graph.url(""))
                    .replace("%ID%", "'" + id + "'")
                    .replace("ID", id);
        }
    }

    private static final String EXPAND =
            "/apiConnectorConfiguration?$expand=postFederationSignup,postAttributeCollection";

    private final Usher usher;

    ConnectorFormsTest(Usher usher) {
        this.usher = usher;
    }

    private static String flow(String name, String configuration) {
        return "{\"id\":\"%s\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1,%s:%s}"
                .formatted(name, "\"apiConnectorConfiguration\"", configuration);
    }

    @ParameterizedTest
    @EnumSource
    @Proves("GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration")
    @Shows("V9")
    @Shows("W7")
    void createLinks(Form form) {
        Graph graph = usher.graph();
        String connector = usher.newConnector(Usher.fresh("Check"));
        String name = Usher.fresh("Linked");

        JsonNode created =
                graph.post(
                                "/identity/b2xUserFlows",
                                flow(name, form.configuration(graph, connector)))
                        .expect(201)
                        .json();

        assertThat(created.get("apiConnectorConfiguration").toString()).isEqualTo("{}");
        JsonNode steps = graph.get("/identity/b2xUserFlows/B2X_1_" + name + EXPAND).json();
        assertThat(steps.at("/postFederationSignup/id").asString()).isEqualTo(connector);
        assertThat(
                        steps.at("/postFederationSignup/authenticationConfiguration/password")
                                .asString())
                .isEqualTo("******");
        assertThat(steps.get("postAttributeCollection").isNull()).isTrue();
        assertThat(steps.get("@odata.context").asString())
                .isEqualTo(
                        graph.url(
                                "/$metadata#identity/b2xUserFlows('B2X_1_"
                                        + name
                                        + "')/apiConnectorConfiguration(postFederationSignup(),"
                                        + "postAttributeCollection())"));
    }

    @Test
    void nothingIsLinkedByEmptyForms() {
        Graph graph = usher.graph();
        for (String empty :
                List.of(
                        "{}",
                        "null",
                        "{\"@odata.type\":\"microsoft.graph.userFlowApiConnectorConfiguration\"}")) {
            String name = Usher.fresh("Unlinked");
            graph.post("/identity/b2xUserFlows", flow(name, empty)).expect(201);
            JsonNode steps =
                    graph.get("/identity/b2xUserFlows/B2X_1_" + name + EXPAND).expect(200).json();
            assertThat(steps.get("postFederationSignup").isNull()).isTrue();
            assertThat(steps.get("postAttributeCollection").isNull()).isTrue();
        }
    }

    @Test
    void unresolvableReferenceCreatesNothing() {
        Graph graph = usher.graph();
        for (Form form : Form.values()) {
            String name = Usher.fresh("Dangling");
            graph.post(
                            "/identity/b2xUserFlows",
                            flow(
                                    name,
                                    form.configuration(
                                            graph, "00000000-0000-4000-8000-000000000000")))
                    .expect(400)
                    .error();
            graph.get("/identity/b2xUserFlows/B2X_1_" + name).expect(404).error();
        }
    }

    @Test
    @Proves(
            "PUT /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    void federationStepHasAddressesOfItsOwn() {
        stepLifecycle(usher.graph(), "postFederationSignup");
    }

    @Test
    @Proves(
            "PUT /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    void attributeStepHasAddressesOfItsOwn() {
        stepLifecycle(usher.graph(), "postAttributeCollection");
    }

    @Test
    @Proves("GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    void tokenStepIsBetaOnly() {
        stepLifecycle(usher.beta(), "preTokenIssuance");
        String id = usher.newFlow(Usher.fresh("Stable"));
        usher.graph()
                .get("/identity/b2xUserFlows/" + id + "/apiConnectorConfiguration/preTokenIssuance")
                .refused(400, "BadRequest");
    }

    private void stepLifecycle(Graph graph, String step) {
        String flow = usher.newFlow(Usher.fresh("Steps"));
        String connector = usher.newConnector(Usher.fresh("Check"));
        String path = "/identity/b2xUserFlows/" + flow + "/apiConnectorConfiguration/" + step;

        graph.get(path).expect(404).error();
        graph.put(
                        path + "/$ref",
                        Map.of("@odata.id", graph.url("/identity/apiConnectors/" + connector)))
                .expect(204);
        assertThat(graph.get(path).expect(200).json().get("id").asString()).isEqualTo(connector);
        assertThat(graph.get(path + "/$ref").expect(200).json().get("@odata.id").asString())
                .contains("identity/apiConnectors")
                .contains(connector);

        graph.delete("/identity/apiConnectors/" + connector).expect(409).error();

        graph.put(path + "/$ref", Map.of()).expect(204);
        graph.get(path).expect(404).error();
        graph.put(
                        path + "/$ref",
                        Map.of("@odata.id", graph.url("/identity/apiConnectors/" + connector)))
                .expect(204);
        graph.delete(path + "/$ref").expect(204);
        graph.get(path + "/$ref").expect(404).error();
        graph.delete("/identity/apiConnectors/" + connector).expect(204);
    }

    @Test
    void patchRelinks() {
        Graph graph = usher.graph();
        String flow = usher.newFlow(Usher.fresh("Patched"));
        String connector = usher.newConnector(Usher.fresh("Check"));

        graph.patch(
                        "/identity/b2xUserFlows/" + flow,
                        Json.object(
                                "apiConnectorConfiguration",
                                Json.object("postAttributeCollection", Map.of("id", connector))))
                .expect(204);

        assertThat(
                        graph.get("/identity/b2xUserFlows/" + flow + EXPAND)
                                .json()
                                .at("/postAttributeCollection/id")
                                .asString())
                .isEqualTo(connector);
    }

    @Test
    void configurationWithoutExpandIsEmpty() {
        String flow = usher.newFlow(Usher.fresh("Bare"));
        JsonNode configuration =
                usher.graph()
                        .get("/identity/b2xUserFlows/" + flow + "/apiConnectorConfiguration")
                        .expect(200)
                        .json();
        assertThat(configuration.propertyNames())
                .as("only control information")
                .allMatch(name -> name.startsWith("@"));
    }
}
