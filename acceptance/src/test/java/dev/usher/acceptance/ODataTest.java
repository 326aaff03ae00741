package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The OData protocol as Graph speaks it: addresses, preferences, entity tags, forms of payload. */
@UsherTest
class ODataTest {

    private static final String FLOWS = "/identity/b2xUserFlows";
    private static final String CONNECTORS = "/identity/apiConnectors";

    private final Usher usher;
    private final Graph graph;

    ODataTest(Usher usher) {
        this.usher = usher;
        this.graph = usher.graph();
    }

    private static Map<String, Object> flow(String name) {
        return Json.object("id", name, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/identity/b2xUserFlows/<id>",
                "/identity/b2xUserFlows('<id>')",
                "/identity/b2xUserFlows(%27<id>%27)",
                "/identity/b2xUserFlows%28'<id>'%29",
                "/identity/b2xUserFlows(id='<id>')",
                "/IDENTITY/B2XUSERFLOWS/<id>",
                "/identity//b2xUserFlows//<id>",
                "/identity/b2xUserFlows/<id>/",
                "/<tenant>/identity/b2xUserFlows/<id>",
                "/<domain>/identity/b2xUserFlows/<id>"
            })
    void oneFlowUnderManyAddresses(String path) {
        String id = usher.newFlow(Usher.fresh("Key"));
        String address =
                path.replace("<id>", id)
                        .replace("<tenant>", usher.tenant().id())
                        .replace("<domain>", usher.tenant().domain());
        assertThat(graph.get(address).expect(200).json().get("id").asString()).isEqualTo(id);
        assertThat(
                        graph.get(address.replace(id, id.toLowerCase()))
                                .expect(200)
                                .json()
                                .get("id")
                                .asString())
                .as("keys ignore case and show the stored spelling")
                .isEqualTo(id);
    }

    @Test
    void keysAreUniqueIgnoringCase() {
        String name = Usher.fresh("Case");
        usher.newFlow(name);
        graph.post(FLOWS, flow(name.toUpperCase())).expect(409).error();
    }

    @Test
    void keyGivenWithItsPrefixIsKept() {
        String name = Usher.fresh("Twice");
        JsonNode flow = graph.post(FLOWS, flow("B2X_1_" + name)).expect(201).json();
        assertThat(flow.get("id").asString()).isEqualTo("B2X_1_" + name);
        graph.post(FLOWS, flow(name)).expect(409).error();
    }

    @Test
    void properties() {
        String flow = FLOWS + "/" + usher.newFlow(Usher.fresh("Property"));

        JsonNode property = graph.get(flow + "/userFlowType").expect(200).json();
        assertThat(property.get("value").asString()).isEqualTo("signUpOrSignIn");
        assertThat(property.get("@odata.context").asString())
                .endsWith("$metadata#identity" + idForm(flow) + "/userFlowType");
        Reply value = graph.get(flow + "/userFlowTypeVersion/$value").expect(200);
        assertThat(value.text()).isEqualTo("1");
        assertThat(value.need("Content-Type")).startsWith("text/plain");
    }

    private static String idForm(String flow) {
        int slash = flow.lastIndexOf('/');
        return "/b2xUserFlows('" + flow.substring(slash + 1) + "')";
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /identity/b2xUserFlows/$ref")
    void references(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        String id = usher.newFlow(Usher.fresh("Ref"));
        JsonNode references =
                graph.get(FLOWS + "/$ref?$filter=id eq '" + id + "'").expect(200).json();

        assertThat(references.get("@odata.context").asString())
                .isEqualTo(graph.url("/$metadata#Collection($ref)"));
        JsonNode reference = references.at("/value/0");
        assertThat(reference.propertyNames()).containsExactly("@odata.id");
        JsonNode flow = graph.get(reference.get("@odata.id").asString()).expect(200).json();
        assertThat(flow.get("id").asString()).isEqualTo(id);
        graph.delete(FLOWS + "/" + id + "/$ref").expect(405).error();
        graph.get(FLOWS + "/" + id).expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/identity/b2xUserFlows,      '',                      201, ''",
        "/identity/b2xUserFlows,      return=minimal,          204, return=minimal",
        "/identity/b2xUserFlows,      return=representation,   201, return=representation",
        "/identity/b2xUserFlows/$ref, '',                      204, ''",
        "/identity/b2xUserFlows/$ref, return=minimal,          204, return=minimal",
        "/identity/b2xUserFlows/$ref, return=representation,   201, return=representation",
        "/identity/b2xUserFlows,      'return=minimal, return=representation', 204, return=minimal",
        "/identity/b2xUserFlows,      'respond-async, unheard-of=1', 201, ''",
    })
    @Proves("POST /identity/b2xUserFlows")
    void returnPreference(String path, String prefer, int status, String applied) {
        String name = Usher.fresh("Prefer");
        Reply reply =
                prefer.isEmpty()
                        ? graph.post(path, flow(name))
                        : graph.post(path, flow(name), "Prefer", prefer);

        reply.expect(status);
        assertThat(reply.header("Preference-Applied").orElse("")).isEqualTo(applied);
        assertThat(reply.need("Location")).isEqualTo(graph.url(FLOWS + "/B2X_1_" + name));
        if (status == 204) {
            assertThat(reply.body()).isEmpty();
            assertThat(reply.need("OData-EntityId"))
                    .isEqualTo(graph.url(FLOWS + "('B2X_1_" + name + "')"));
        } else {
            assertThat(reply.json().get("id").asString()).isEqualTo("B2X_1_" + name);
        }
    }

    @Test
    void shapedCreate() {
        JsonNode shaped =
                graph.post(
                                FLOWS + "/$ref?$select=id&$expand=userFlowIdentityProviders",
                                flow(Usher.fresh("Shaped")))
                        .expect(201)
                        .json();
        assertThat(shaped.has("userFlowType")).isFalse();
        assertThat(shaped.at("/userFlowIdentityProviders/0/id").asString())
                .isEqualTo("AADSignup-OAUTH");
    }

    @Test
    @Proves("PATCH /identity/apiConnectors/{connector-id}")
    void patchPreference() {
        String path = CONNECTORS + "/" + usher.newConnector(Usher.fresh("Patch"));

        assertThat(graph.patch(path, Map.of("displayName", "One")).expect(204).body()).isEmpty();
        Reply reply =
                graph.patch(path, Map.of("DisplayName", "Two"), "Prefer", "return=representation");
        assertThat(reply.expect(200).json().get("displayName").asString()).isEqualTo("Two");
        assertThat(reply.need("Preference-Applied")).isEqualTo("return=representation");
        assertThat(reply.json().get("targetUrl").asString())
                .isEqualTo("https://api.example.test/check");
    }

    /** A repeat of what cannot change is no change. */
    @Test
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}")
    void patchOfImmutables() {
        String id = usher.newFlow(Usher.fresh("Immutable"));
        graph.patch(
                        FLOWS + "/" + id,
                        Json.object(
                                "@odata.type",
                                "#microsoft.graph.b2xIdentityUserFlow",
                                "id",
                                id,
                                "userFlowType",
                                "signUpOrSignIn",
                                "userFlowTypeVersion",
                                1))
                .expect(204);
        graph.patch(FLOWS + "/" + id, Map.of("userFlowTypeVersion", 3)).expect(400).error();
    }

    @Test
    @Proves("GET /identity/apiConnectors/{connector-id}")
    @Proves("DELETE /identity/apiConnectors/{connector-id}")
    void entityTags() {
        String path = CONNECTORS + "/" + usher.newConnector(Usher.fresh("Tag"));
        Reply read = graph.get(path).expect(200);
        String tag = read.need("ETag");

        assertThat(tag).startsWith("\"").endsWith("\"");
        assertThat(read.json().has("@odata.etag")).isFalse();
        Reply unchanged = graph.get(path, "If-None-Match", tag).expect(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.need("ETag")).isEqualTo(tag);
        graph.get(path, "If-None-Match", "\"other\"").expect(200);

        Reply changed =
                graph.patch(
                        path,
                        Map.of("displayName", "New"),
                        "If-Match",
                        tag,
                        "Prefer",
                        "return=representation");
        String newTag = changed.expect(200).need("ETag");
        assertThat(newTag).isNotEqualTo(tag).isEqualTo(graph.get(path).need("ETag"));
        graph.get(path, "If-None-Match", tag).expect(200);
        graph.patch(path, Map.of("displayName", "Lost"), "If-Match", tag)
                .refused(412, "PreconditionFailed");
        graph.delete(path, "If-Match", tag).expect(412).error();
        assertThat(graph.get(path).json().get("displayName").asString()).isEqualTo("New");
        graph.patch(path, Map.of("displayName", "Any"), "If-Match", "*").expect(204);
        graph.delete(path, "If-Match", "\"no\", " + graph.get(path).need("ETag")).expect(204);
    }

    @Test
    @Proves("POST /identity/apiConnectors")
    @Proves("GET /identity/apiConnectors/$count")
    void connectorSecretsStayInside() {
        String name = Usher.fresh("Secret");
        Reply created = graph.post(CONNECTORS, Usher.connector(name)).expect(201);
        String path = CONNECTORS + "/" + created.json().get("id").asString();

        assertThat(created.json().get("id").asString())
                .matches("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
        assertThat(created.need("Location")).isEqualTo(graph.url(path));
        for (Reply reply : List.of(created, graph.get(path), graph.get(CONNECTORS))) {
            assertThat(reply.text()).doesNotContain("correct horse").contains("******");
        }
        assertThat(created.json().at("/authenticationConfiguration/@odata.type").asString())
                .isEqualTo("#microsoft.graph.basicAuthentication");
        assertThat(graph.get(CONNECTORS + "/$count").text()).matches("\\d+");
        graph.patch(
                        path,
                        Map.of(
                                "authenticationConfiguration",
                                Json.object(
                                        "@odata.type",
                                        "microsoft.graph.basicAuthentication",
                                        "username",
                                        "other",
                                        "password",
                                        "battery staple")))
                .expect(204);
        assertThat(graph.get(path).json().at("/authenticationConfiguration/username").asString())
                .isEqualTo("other");
    }

    @Test
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}")
    void deleted() {
        String path = FLOWS + "/" + usher.newFlow(Usher.fresh("Gone"));
        Reply reply = graph.delete(path).expect(204);
        assertThat(reply.headers()).doesNotContainKeys("Content-Type", "Content-Length");
        graph.get(path).expect(404).error();
        graph.delete(path).expect(404).error();
    }
}
