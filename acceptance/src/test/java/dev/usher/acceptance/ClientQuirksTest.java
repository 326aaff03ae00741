package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What real clients send besides what the documents say. */
@UsherTest
class ClientQuirksTest {

    private static final String FLOWS = "/identity/b2xUserFlows";

    private final Usher usher;

    ClientQuirksTest(Usher usher) {
        this.usher = usher;
    }

    private static Map<String, Object> flow(String id) {
        return Json.object("id", id, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);
    }

    /** Paths as exporters and Terraform providers write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/identity/b2xuserFlows?$expand=identityProviders",
                "/identity//b2xUserFlows//{flow}",
                "/{tenant}/identity/b2xUserFlows/{flow}",
                "/{tenant}/identity/b2xUserFlows//{flow}/userAttributeAssignments??$expand=userAttribute",
                "/identity/b2xUserFlows('{flow}')",
                "/identity/b2xUserFlows/{flow}/userFlowIdentityProviders/%24count",
                "/identity/b2xUserFlows/{flow}/userAttributeAssignments/getOrder()",
                "/identity/b2xUserFlows/{flow}/userAttributeAssignments/microsoft.graph.getOrder()",
                "/identity/apiConnectors?filter=DisplayName%20eq%20'nobody'",
                "/identity/identityProviders/availableProviderTypes()",
                "/identity/userFlows/{flow}/graph.b2xIdentityUserFlow"
            })
    @Shows("C4")
    @Shows("C5")
    void pathsAreUnderstood(String path) {
        String flow = usher.newFlow(Usher.fresh("Quirk"));
        String filled = path.replace("{flow}", flow).replace("{tenant}", usher.tenant().id());
        usher.beta().get(filled).expect(200);
    }

    /** The generated SDKs: a float for the version, no types, plain text wanted for counts. */
    @Test
    @Shows("C1")
    void generatedSdks() {
        Graph beta = usher.beta();
        Reply created =
                beta.post(
                        FLOWS,
                        """
                        {"id":"%s","userFlowType":"signUpOrSignIn","userFlowTypeVersion":1.0}\
                        """
                                .formatted(Usher.fresh("Sdk")),
                        "Accept",
                        "application/json");
        assertThat(created.expect(201).json().get("userFlowTypeVersion").toString()).isEqualTo("1");
        beta.get(FLOWS + "/$count", "Accept", "text/plain;q=0.9").expect(200);
        String flow = created.json().get("id").asString();
        String google = ProvidersTest.ensureSocial(beta, "Google");
        String references = FLOWS + "/" + flow + "/userFlowIdentityProviders/$ref";
        String reference = beta.url("/identity/identityProviders/" + google);
        beta.post(references, Map.of("@odata.id", reference)).expect(204);
        for (String option : List.of("@id", "@odata.id", "$id")) {
            beta.post(references, Map.of("@odata.id", reference)).expect(204);
            beta.delete(references + "?" + option + "=" + reference).expect(204);
        }
        beta.delete(references + "?@id=" + reference).expect(404).error();
    }

    /** Terraform's client: full metadata, and exact statuses. */
    @Test
    @Shows("C2")
    void terraform() {
        Graph graph = usher.beta();
        String[] full = {"Accept", "application/json;odata.metadata=full", "OData-Version", "4.0"};
        String root = "/" + usher.tenant().id() + FLOWS;
        Reply created = graph.post(root, flow(Usher.fresh("Tf")), full).expect(201);
        String flow = created.json().get("id").asString();
        assertThat(created.json().has("@odata.editLink")).isTrue();
        String assignments = root + "//" + flow + "/userAttributeAssignments";
        graph.post(
                        assignments,
                        Json.object(
                                "displayName",
                                "City",
                                "userInputType",
                                "TextBox",
                                "userAttribute",
                                Map.of("id", "City"),
                                "userAttributeValues",
                                List.of()),
                        full)
                .expect(201);
        JsonNode changed =
                graph.patch(assignments + "/city", Map.of("displayName", "Town"), full)
                        .expect(200)
                        .json();
        assertThat(changed.get("displayName").asString()).isEqualTo("Town");
        graph.delete(assignments + "/city", full).expect(204);
        graph.delete(root + "/" + flow, full).expect(204);
        graph.get(root + "/" + flow, full).expect(404).error();
    }

    /** PowerShell's: PascalCase inside, the id with its prefix, references to the old set. */
    @Test
    @Shows("C4")
    void powerShell() {
        Graph graph = usher.beta();
        String connector = usher.newConnector(Usher.fresh("RestApi_"));
        String id = "B2X_1_" + Usher.fresh("TestFlow");
        Map<String, Object> body = flow(id);
        body.put(
                "ApiConnectorConfiguration",
                Map.of("PostFederationSignup", Map.of("Id", connector)));
        graph.post(FLOWS, body).expect(201);
        JsonNode steps =
                graph.get(
                                FLOWS
                                        + "/"
                                        + id
                                        + "/apiConnectorConfiguration?$expand=postFederationSignup")
                        .expect(200)
                        .json();
        assertThat(steps.at("/postFederationSignup/id").asString()).isEqualTo(connector);
        graph.post(
                        FLOWS + "/" + id + "/userFlowIdentityProviders/$ref",
                        Map.of("@odata.id", graph.url("/identityProviders/MSASignup-OAUTH")))
                .expect(204);
        graph.post(
                        FLOWS + "/" + id + "/userAttributeAssignments",
                        Json.object(
                                "DisplayName",
                                "Shoe",
                                "UserInputType",
                                "RadioSingleSelect",
                                "UserAttribute",
                                Map.of("Id", "city"),
                                "UserAttributeValues",
                                List.of(
                                        Json.object("Name", "S", "Value", "18", "IsDefault", true),
                                        Json.object(
                                                "Name", "M", "Value", "30", "IsDefault", true))))
                .expect(201);
        JsonNode read =
                graph.get(FLOWS + "/" + id + "/userAttributeAssignments/city").expect(200).json();
        assertThat(read.at("/userAttributeValues/1/isDefault").booleanValue()).isTrue();
    }

    /** Generic clients read back what they wrote, arrays in their order, and find their way. */
    @Test
    @Shows("C7")
    void genericClients() {
        Graph graph = usher.graph();
        Reply created = graph.post(FLOWS, flow(Usher.fresh("Generic"))).expect(201);
        String at = created.need("Location");
        JsonNode read = graph.get(at).expect(200).json();
        graph.patch(at, read.toString()).expect(204);
        JsonNode repeated =
                graph.patch(at, read.toString(), "Prefer", "return=representation")
                        .expect(200)
                        .json();
        assertThat(repeated).isEqualTo(read);
        graph.patch(at, Map.of("userFlowType", "signIn")).refused(400, "AADB2C");
        graph.put(at, read.toString()).expect(405).error();

        Reply options = graph.send("OPTIONS", FLOWS, null);
        assertThat(options.expect(204).need("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
        Reply head = graph.send("HEAD", at, null).expect(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.need("ETag")).isEqualTo(graph.get(at).need("ETag"));
    }

    /** In development an error says what production keeps to itself. */
    @Test
    void errorsExplainThemselvesInDevelopment() {
        JsonNode error = usher.graph().post(FLOWS, Map.of("id", "A")).refused(400, "AADB2C");
        assertThat(error.at("/innerError/usher/violations/0").asString())
                .isEqualTo("userFlowType: PropertyRequired");
        Reply hinted = usher.graph().get("/identity/b2cUserFlows").expect(400);
        assertThat(hinted.need("x-usher-hint")).isEqualTo("/beta/identity/b2cUserFlows");
    }
}
