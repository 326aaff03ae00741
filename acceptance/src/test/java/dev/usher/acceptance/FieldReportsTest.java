package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What people ran into with Microsoft's service, and what happens here instead. */
@UsherTest
class FieldReportsTest {

    private static final String B2X = "/identity/b2xUserFlows";
    private static final String B2C = "/identity/b2cUserFlows";

    private final Usher usher;

    FieldReportsTest(Usher usher) {
        this.usher = usher;
    }

    private static Map<String, Object> flow(Object id, Object type, Object version) {
        return Json.object("id", id, "userFlowType", type, "userFlowTypeVersion", version);
    }

    /** Each is refused with its own reason: status, code, and what the error must name. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    flow without an id|POST|v1.0|/identity/b2xUserFlows|{'userFlowType':'signUpOrSignIn','userFlowTypeVersion':1}|400|AADB2C|'id',Parameter name: id,correlationId
                    version that never was|POST|beta|/identity/b2cUserFlows|{'id':'W2','userFlowType':'signUp','userFlowTypeVersion':2}|400|AADB2C90063|userFlowTypeVersion,1 or 3
                    long name of an enum member|POST|beta|/identity/b2cUserFlows|{'id':'W3','userFlowType':'signUpOrSignInWithPassword','userFlowTypeVersion':1}|400|AADB2C|userFlowType,signUpOrSignIn,resourceOwner
                    b2c flows in v1.0|GET|v1.0|/identity/b2cUserFlows||400|BadRequest|b2cUserFlows,beta
                    all flows in v1.0|GET|v1.0|/identity/userFlows||400|BadRequest|userFlows,beta
                    connector form that leads nowhere|POST|v1.0|/identity/b2xUserFlows|{'id':'W7','userFlowType':'signUpOrSignIn','userFlowTypeVersion':1,'apiConnectorConfiguration':{'postFederationSignup':{'@odata.id':'https://graph.microsoft.com/v1.0/identity/apiConnectors/nobody'}}}|400|AADB2C|postFederationSignup,nobody
                    undeclared property of drafts|POST|beta|/identity/b2cUserFlows|{'id':'W12','userFlowType':'signUp','userFlowTypeVersion':1,'isJavaScriptEnabled':true}|400|BadRequest|isJavaScriptEnabled
                    input type that is none|POST|v1.0|/identity/b2xUserFlows/nobody/userAttributeAssignments|{'displayName':'C','userInputType':'hologram','userAttribute':{'id':'city'}}|400|AADB2C|userInputType,textBox
                    flow by its name without the prefix|GET|v1.0|/identity/b2xUserFlows/Nobody||404|ResourceNotFound|Nobody
                    """)
    @Shows("W1")
    @Shows("W2")
    @Shows("W3")
    @Shows("W7")
    @Shows("W10")
    @Shows("W12")
    @Shows("W13")
    @Shows("C5")
    void isRefusedWithItsReason(
            String name,
            String method,
            String version,
            String path,
            String body,
            int status,
            String code,
            String mentions) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        String sent = body == null || body.isBlank() ? null : body.replace('\'', '"');
        JsonNode error = graph.send(method, path, sent).refused(status, code);
        for (String mention : mentions.replace("'", "").split(",", -1)) {
            assertThat(error.toString()).as(name).contains(mention);
        }
    }

    /** The prefix is added unless it is there; a near miss is prefixed again. */
    @Test
    @Shows("W2")
    @Shows("C6")
    void whatBecomesOfAnId() {
        Graph beta = usher.beta();
        String name = Usher.fresh("test_register");
        assertThat(id(beta.post(B2C, flow("B2C_" + name, "signUp", 1))))
                .isEqualTo("B2C_1_B2C_" + name);
        assertThat(id(beta.post(B2C, flow("B2C_1_" + name, "signUp", 1))))
                .isEqualTo("B2C_1_" + name);
        assertThat(id(beta.post(B2X, flow("b2x_1_" + name, "signUpOrSignIn", 1))))
                .isEqualTo("B2X_1_" + name);
    }

    /** What GET shows can be created again under another name. */
    @Test
    @Shows("W3")
    void whatIsReadCanBeWritten() {
        Graph beta = usher.beta();
        String first = id(beta.post(B2C, flow(Usher.fresh("Owner"), "resourceOwner", 1)));
        var read = (tools.jackson.databind.node.ObjectNode) beta.get(B2C + "/" + first).json();
        read.put("id", Usher.fresh("Again"));
        beta.post(B2C, read.toString()).expect(201);
    }

    /** Both verbs of the documents link a provider, whatever else stands in the reference. */
    @Test
    @Shows("W4")
    @Shows("C6")
    void bothVerbsLinkAProvider() {
        Graph beta = usher.beta();
        String google = ProvidersTest.ensureSocial(beta, "Google");
        for (String navigation : List.of("identityProviders", "userFlowIdentityProviders")) {
            for (String method : List.of("POST", "PATCH")) {
                String flow = id(beta.post(B2C, flow(Usher.fresh("Link"), "signUp", 1)));
                beta.send(
                                method,
                                B2C + "/" + flow + "/" + navigation + "/$ref",
                                Json.object(
                                        "@odata.id",
                                        "https://graph.microsoft.com/beta/identityProviders/"
                                                + google,
                                        "@odata.type",
                                        "#microsoft.graph.identityProvider"))
                        .expect(204);
                assertThat(beta.get(B2C + "/" + flow + "/userFlowIdentityProviders").values("id"))
                        .containsExactly(google);
            }
        }
    }

    /** Creates side by side are all answered, and read back at once. */
    @Test
    @Shows("W5")
    void attributesSideBySide() throws InterruptedException, ExecutionException {
        Graph graph = usher.graph();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<String>> made = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Object body = Json.object("displayName", Usher.fresh("Side"), "dataType", "string");
                made.add(
                        threads.submit(() -> {
                            String id = id(graph.post("/identity/userFlowAttributes", body));
                            graph.get("/identity/userFlowAttributes/" + id).expect(200);
                            return id;
                        }));
            }
            for (Future<String> each : made) {
                graph.delete("/identity/userFlowAttributes/" + each.get()).expect(204);
            }
        }
    }

    /** A refusal names what is needed and what was presented. */
    @Test
    @Shows("W5")
    void missingPermissionsAreNamed() {
        Graph reader = usher.graph("v1.0", usher.tenant(), usher.tenant().reader());
        JsonNode error =
                reader.post(B2X, flow(Usher.fresh("No"), "signUpOrSignIn", 1))
                        .refused(403, "AADB2C");
        assertThat(error.get("message").asString())
                .contains("IdentityUserFlow.ReadWrite.All", "IdentityUserFlow.Read.All");
    }

    /** One GET gives the whole flow, and the defaults are those that the documents lack. */
    @Test
    @Shows("W6")
    void aFlowIsReadAtOnce() {
        Graph beta = usher.beta();
        String flow = id(beta.post(B2X, flow(Usher.fresh("Whole"), "signUpOrSignIn", 1)));
        JsonNode whole =
                beta.get(
                                B2X
                                        + "/"
                                        + flow
                                        + "?$expand=userFlowIdentityProviders,identityProviders,"
                                        + "userAttributeAssignments($expand=userAttribute),"
                                        + "apiConnectorConfiguration/postFederationSignup")
                        .expect(200)
                        .json();
        assertThat(whole.at("/userFlowIdentityProviders/0/id").asString())
                .isEqualTo("AADSignup-OAUTH");
        assertThat(whole.at("/userAttributeAssignments/0/userAttribute/id").asString())
                .isEqualTo("emailReadonly");
        assertThat(whole.at("/apiConnectorConfiguration/postFederationSignup").isNull()).isTrue();
    }

    /** A custom attribute's texts go by either spelling of its id; a refusal says what is valid. */
    @Test
    @Shows("W8")
    void textsOfACustomAttribute() {
        Graph graph = usher.graph();
        String name = Usher.fresh("Shoe");
        String attribute =
                id(
                        graph.post(
                                "/identity/userFlowAttributes",
                                Json.object("displayName", name, "dataType", "string")));
        String flow = B2X + "/" + usher.newFlow(Usher.fresh("Texts"));
        graph.post(
                        flow + "/userAttributeAssignments",
                        Json.object(
                                "displayName",
                                name,
                                "userInputType",
                                "textBox",
                                "userAttribute",
                                Map.of("id", attribute)))
                .expect(201);
        String content = flow + "/languages/de/overridesPages/selfasserted1_1/$value";
        for (String spelling : List.of("extension_" + name, attribute)) {
            graph.put(content, label(spelling)).expect(204);
            assertThat(
                            graph.get(content)
                                    .expect(200)
                                    .json()
                                    .at("/LocalizedStrings/0/Value")
                                    .asString())
                    .isEqualTo("Schuhe");
        }
        JsonNode error = graph.put(content, label("extension_nothing")).refused(400, "AADB2C");
        assertThat(error.get("message").asString())
                .contains(
                        "extension_nothing/DisplayName is not a valid override",
                        "ClaimType/" + attribute + "/DisplayName");
    }

    private static Object label(String attribute) {
        return Map.of(
                "LocalizedStrings",
                List.of(
                        Json.object(
                                "ElementType",
                                "ClaimType",
                                "ElementId",
                                attribute,
                                "StringId",
                                "DisplayName",
                                "Override",
                                true,
                                "Value",
                                "Schuhe")));
    }

    /** What something uses is not deleted; the answer says who uses it. */
    @Test
    void whatIsInUseStays() {
        Graph beta = usher.beta();
        String google = ProvidersTest.ensureSocial(beta, "LinkedIn");
        String connector = usher.newConnector(Usher.fresh("Used"));
        String attribute =
                id(
                        beta.post(
                                "/identity/userFlowAttributes",
                                Json.object(
                                        "displayName", Usher.fresh("Used"), "dataType", "string")));
        Map<String, Object> body = flow(Usher.fresh("User"), "signUpOrSignIn", 1);
        body.put("userFlowIdentityProviders", List.of(Map.of("id", google)));
        body.put(
                "apiConnectorConfiguration",
                Map.of("postAttributeCollection", Map.of("id", connector)));
        body.put(
                "userAttributeAssignments",
                List.of(
                        Json.object(
                                "displayName",
                                "Used",
                                "userInputType",
                                "textBox",
                                "userAttribute",
                                Map.of("id", attribute))));
        String flow = id(beta.post(B2X, body));
        List<String> used =
                List.of(
                        "/identity/identityProviders/" + google,
                        "/identityProviders/" + google,
                        "/identity/apiConnectors/" + connector,
                        "/identity/userFlowAttributes/" + attribute);
        for (String path : used) {
            JsonNode error = beta.delete(path).refused(409, "Conflict");
            assertThat(error.get("message").asString()).containsIgnoringCase(flow);
        }
        beta.delete(B2X + "/" + flow).expect(204);
        for (String path : List.of(used.get(0), used.get(2), used.get(3))) {
            beta.delete(path).expect(204);
        }
    }

    /** Creates say where the new thing is, for each resource. */
    @Test
    @Shows("W15")
    void everyCreateSaysWhere() {
        Graph beta = usher.beta();
        for (var each :
                Map.of(
                                B2X,
                                flow(Usher.fresh("At"), "signUpOrSignIn", 1),
                                B2C,
                                flow(Usher.fresh("At"), "signUp", 3),
                                "/identity/apiConnectors",
                                Usher.connector("At"),
                                "/identity/userFlowAttributes",
                                Json.object("displayName", Usher.fresh("At"), "dataType", "int64"))
                        .entrySet()) {
            Reply created = beta.post(each.getKey(), each.getValue()).expect(201);
            assertThat(created.need("Location"))
                    .isEqualTo(beta.url(each.getKey() + "/" + id(created)));
            beta.get(created.need("Location")).expect(200);
        }
    }

    private static String id(Reply created) {
        return created.expect(201).json().get("id").asString();
    }
}
