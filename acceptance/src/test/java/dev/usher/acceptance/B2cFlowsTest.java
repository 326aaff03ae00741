package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.beta.models.B2cIdentityUserFlow;
import com.microsoft.graph.beta.models.IdentityUserFlow;
import com.microsoft.graph.beta.models.UserFlowType;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Pkcs12;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The flows of B2C tenants, which beta alone has, and the oldest collection of all flows. */
@UsherTest
class B2cFlowsTest {

    private static final String FLOWS = "/identity/b2cUserFlows";
    private static final String ALL = "/identity/userFlows";

    private final Usher usher;

    B2cFlowsTest(Usher usher) {
        this.usher = usher;
    }

    private static Object flow(String name) {
        return Json.object("id", name, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 3);
    }

    private String newFlow() {
        String name = Usher.fresh("Shop");
        usher.beta().post(FLOWS, flow(name)).expect(201);
        return FLOWS + "/B2C_1_" + name;
    }

    @Test
    @Proves("GET /identity/b2cUserFlows")
    @Proves("POST /identity/b2cUserFlows")
    @Proves("GET /identity/b2cUserFlows/$count")
    @Proves("GET /identity/b2cUserFlows/{flow-id}")
    @Proves("PATCH /identity/b2cUserFlows/{flow-id}")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}")
    void lifecycleBySdk() {
        var flows = Sdk.beta(usher).identity().b2cUserFlows();
        B2cIdentityUserFlow flow = new B2cIdentityUserFlow();
        flow.setId(Usher.fresh("Sdk"));
        flow.setUserFlowType(UserFlowType.PasswordReset);
        flow.setUserFlowTypeVersion(1f);
        B2cIdentityUserFlow created = flows.post(flow);
        assertThat(created.getId()).isEqualTo("B2C_1_" + flow.getId());
        assertThat(created.getIsLanguageCustomizationEnabled()).isFalse();
        assertThat(flows.count().get()).isPositive();
        assertThat(
                        flows.get(request ->
                                        request.queryParameters.filter =
                                                "id eq '" + created.getId() + "'")
                                .getValue())
                .hasSize(1);
        var item = flows.byB2cIdentityUserFlowId(created.getId());
        B2cIdentityUserFlow change = new B2cIdentityUserFlow();
        change.setDefaultLanguageTag("es");
        change.setIsLanguageCustomizationEnabled(true);
        item.patch(change);
        assertThat(item.get().getDefaultLanguageTag()).isEqualTo("es");
        item.delete();
        usher.beta().get(FLOWS + "/" + created.getId()).expect(404).error();
    }

    @Test
    @Proves("* /identity/b2cUserFlows/**")
    void stableVersionHasNone() {
        Graph stable = usher.graph();
        for (String path : List.of(FLOWS, FLOWS + "/B2C_1_A", FLOWS + "/B2C_1_A/languages")) {
            JsonNode error = stable.get(path).refused(400, "BadRequest");
            assertThat(error.path("message").asString()).contains("b2cUserFlows");
        }
        assertThat(stable.get(FLOWS).error().path("message").asString()).contains("beta");
        stable.post(FLOWS, flow("A")).refused(400, "BadRequest");
    }

    @Test
    @Proves("GET /identity/userFlows")
    @Proves("POST /identity/userFlows")
    @Proves("GET /identity/userFlows/$count")
    @Proves("GET /identity/userFlows/{flow-id}")
    @Proves("PATCH /identity/userFlows/{flow-id}")
    @Proves("DELETE /identity/userFlows/{flow-id}")
    @SuppressWarnings("deprecation")
    @Shows("C6")
    void oldestCollectionBySdk() {
        var flows = Sdk.beta(usher).identity().userFlows();
        B2cIdentityUserFlow flow = new B2cIdentityUserFlow();
        flow.setOdataType("#microsoft.graph.b2cIdentityUserFlow");
        flow.setId(Usher.fresh("Old"));
        flow.setUserFlowType(UserFlowType.SignIn);
        flow.setUserFlowTypeVersion(1f);
        IdentityUserFlow created = flows.post(flow);
        assertThat(created).isInstanceOf(B2cIdentityUserFlow.class);
        assertThat(flows.count().get()).isPositive();
        assertThat(
                        flows.get(request ->
                                        request.queryParameters.filter =
                                                "id eq '" + created.getId() + "'")
                                .getValue())
                .singleElement()
                .isInstanceOf(B2cIdentityUserFlow.class);
        var item = flows.byIdentityUserFlowId(created.getId());
        B2cIdentityUserFlow change = new B2cIdentityUserFlow();
        change.setDefaultLanguageTag("fr");
        item.patch(change);
        assertThat(((B2cIdentityUserFlow) item.get()).getDefaultLanguageTag()).isEqualTo("fr");
        item.delete();
        usher.beta().get(ALL + "/" + created.getId()).expect(404).error();
    }

    @Test
    @Proves("GET /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration")
    @Proves(
            "PUT /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    @Proves(
            "GET /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves(
            "DELETE"
                + " /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    @Proves(
            "PUT /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    @Proves(
            "GET /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    @Proves(
            "GET /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves(
            "DELETE"
                + " /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    void connectorSteps() {
        Graph graph = usher.beta();
        String path = newFlow() + "/apiConnectorConfiguration";
        String connector = usher.newConnector(Usher.fresh("Check"));
        graph.get(path).expect(200);
        for (String step :
                List.of("postFederationSignup", "postAttributeCollection", "preTokenIssuance")) {
            String ref = path + "/" + step + "/$ref";
            graph.get(path + "/" + step).expect(404).error();
            graph.put(ref, Map.of("@odata.id", graph.url("/identity/apiConnectors/" + connector)))
                    .expect(204);
            JsonNode read = graph.get(path + "/" + step).expect(200).json();
            assertThat(read.get("id").asString()).isEqualTo(connector);
            assertThat(graph.get(ref).expect(200).json().get("@odata.id").asString())
                    .contains(connector);
            graph.delete(ref).expect(204);
            graph.get(ref).expect(404).error();
        }
    }

    private static String certified(Graph graph) {
        Pkcs12 file = Pkcs12.fresh("one");
        Object certificate =
                Json.object(
                        "@odata.type",
                        "#microsoft.graph.pkcs12Certificate",
                        "pkcs12Value",
                        file.base64(),
                        "password",
                        file.password());
        Object body =
                Json.object(
                        "displayName",
                        Usher.fresh("Certified"),
                        "targetUrl",
                        "https://api.example.test/check",
                        "authenticationConfiguration",
                        certificate);
        return graph.post("/identity/apiConnectors", body).expect(201).json().get("id").asString();
    }

    @Test
    @Proves("PATCH /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves(
            "DELETE"
                + " /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves(
            "POST /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/uploadClientCertificate")
    @Proves(
            "PATCH"
                + " /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves(
            "DELETE"
                + " /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves(
            "POST /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/uploadClientCertificate")
    @Proves("PATCH /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    @Proves(
            "POST /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance/uploadClientCertificate")
    void connectorsThroughTheirSteps() {
        Graph graph = usher.beta();
        String path = newFlow() + "/apiConnectorConfiguration/";
        for (String step :
                List.of("postFederationSignup", "postAttributeCollection", "preTokenIssuance")) {
            String connector = "/identity/apiConnectors/" + certified(graph);
            String at = path + step;
            graph.patch(at, Map.of("displayName", "Nobody's")).expect(404);
            graph.put(at + "/$ref", Map.of("@odata.id", graph.url(connector))).expect(204);
            graph.patch(at, Map.of("displayName", "Renamed " + step)).expect(204);
            Pkcs12 second = Pkcs12.fresh("two");
            Object upload =
                    Json.object("pkcs12Value", second.base64(), "password", second.password());
            graph.post(at + "/uploadClientCertificate", upload).expect(200);
            JsonNode read = graph.get(connector).expect(200).json();
            assertThat(read.get("displayName").asString()).isEqualTo("Renamed " + step);
            assertThat(read.at("/authenticationConfiguration/certificateList")).hasSize(2);
            graph.delete(at).expect(204);
            graph.get(at).expect(404);
            graph.post(at + "/uploadClientCertificate", upload).expect(404);
            graph.get(connector).expect(200);
            graph.delete(connector).expect(204);
        }
    }

    @Test
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders/$count")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("POST /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("PATCH /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders/$ref?@id={url}")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders/{provider-id}/$ref")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/identityProviders")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/identityProviders/$count")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/identityProviders/{provider-id}")
    @Proves("POST /identity/b2cUserFlows/{flow-id}/identityProviders/$ref")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}/identityProviders/{provider-id}/$ref")
    void providersAreOneSetInTwoViews() {
        Graph graph = usher.beta();
        String flow = newFlow();
        String google = ProvidersTest.ensureSocial(usher.graph(), "Google");
        String url = graph.url("/identity/identityProviders/" + google);
        String current = flow + "/userFlowIdentityProviders";
        String legacy = flow + "/identityProviders";

        assertThat(graph.get(current).values("id")).isEmpty();
        graph.post(current + "/$ref", Map.of("@odata.id", url)).expect(204);
        graph.patch(current + "/$ref", Map.of("@odata.id", url)).expect(204);
        assertThat(graph.get(current).values("id")).containsExactly(google);
        assertThat(graph.get(current + "/$count").text()).isEqualTo("1");
        assertThat(graph.get(current + "/$ref").values("@odata.id"))
                .singleElement()
                .asString()
                .contains(google);
        assertThat(graph.get(legacy).values("type")).containsExactly("Google");
        assertThat(graph.get(legacy + "/$count").text()).isEqualTo("1");
        graph.get(legacy + "/" + google).expect(200);
        graph.delete(legacy + "/" + google + "/$ref").expect(204);
        graph.post(legacy + "/$ref", Map.of("@odata.id", url)).expect(204);
        graph.delete(current + "/" + google + "/$ref").expect(204);
        graph.post(current + "/$ref", Map.of("@odata.id", url)).expect(204);
        graph.delete(current + "/$ref?@id=" + url).expect(204);
        assertThat(graph.get(current).values("id")).isEmpty();
    }

    @Test
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments")
    @Proves("POST /identity/b2cUserFlows/{flow-id}/userAttributeAssignments")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/$count")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves("PATCH /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves(
            "GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}/userAttribute")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/getOrder")
    @Proves("POST /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/setOrder")
    void assignments() {
        Graph graph = usher.beta();
        String list = newFlow() + "/userAttributeAssignments";
        graph.post(
                        list,
                        Json.object(
                                "userAttribute",
                                Map.of("id", "city"),
                                "displayName",
                                "Town",
                                "userInputType",
                                "textBox"))
                .expect(201);
        assertThat(graph.get(list).values("id")).containsExactly("email", "city");
        assertThat(graph.get(list + "/$count").text()).isEqualTo("2");
        graph.post(
                        list + "/setOrder",
                        Map.of("newAssignmentOrder", Map.of("order", List.of("city", "email"))))
                .expect(204);
        assertThat(graph.get(list + "/getOrder").expect(200).json().path("order").toString())
                .isEqualTo("[\"city\",\"email\"]");
        graph.patch(list + "/city", Map.of("isOptional", true)).expect(204);
        JsonNode city = graph.get(list + "/city?$expand=userAttribute").expect(200).json();
        assertThat(city.at("/isOptional").booleanValue()).isTrue();
        assertThat(city.at("/userAttribute/displayName").asString()).isEqualTo("City");
        graph.get(list + "/city/userAttribute").expect(200);
        graph.delete(list + "/city").expect(204);
        assertThat(graph.get(list).values("id")).containsExactly("email");
    }
}
