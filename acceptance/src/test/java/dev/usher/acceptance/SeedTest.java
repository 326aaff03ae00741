package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** "Add userFlow": the documented request to {@code b2xUserFlows/$ref}, byte for byte. */
@UsherTest
class SeedTest {

    private static final String REF = "/identity/b2xUserFlows/$ref";

    /** The documented body, its lines joined by the given line end. */
    static String body(String lineEnd) {
        return String.join(
                lineEnd,
                "{",
                "  \"@odata.type\": \"#Microsoft.Cpim.Api.DataModels.b2xIdentityUserFlow\",",
                "  \"userFlowType\": \"String\",",
                "  \"userFlowTypeVersion\": \"Single\",",
                "  \"apiConnectorConfiguration\": {",
                "    \"@odata.type\": \"microsoft.graph.userFlowApiConnectorConfiguration\"",
                "  }",
                "}");
    }

    private final Usher usher;

    SeedTest(Usher usher) {
        this.usher = usher;
    }

    private Reply raw(String version, String body, int contentLength, String... more) {
        List<String> headers =
                new ArrayList<>(
                        List.of(
                                "Authorization: Bearer "
                                        + usher.tokens().of(usher.tenant(), usher.tenant().admin()),
                                "Content-Type: application/json",
                                "Content-length: " + contentLength));
        headers.addAll(List.of(more));
        return usher.raw()
                .send("POST", "/" + version + REF, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"beta", "v1.0"})
    @Proves("POST /identity/b2xUserFlows/$ref")
    @Proves("GET /identity/b2xUserFlows/{flow-id}")
    @Shows("V1")
    void documentedBytesCreateAFlow(String version) {
        for (String body : List.of(body("\r\n") + "\r\n", body("\r\n"), body("\n") + "\n")) {
            Reply reply = raw(version, body, body.length());

            assertThat(reply.expect(204).body()).isEmpty();
            assertThat(reply.headers())
                    .doesNotContainKeys("Content-Type", "Content-Length", "Transfer-Encoding");
            String location = reply.need("Location");
            String id = location.substring(location.lastIndexOf('/') + 1);
            assertThat(location)
                    .isEqualTo(
                            usher.json().httpUrl() + "/" + version + "/identity/b2xUserFlows/" + id)
                    .matches(".*/B2X_1_[0-9a-f]{32}");
            assertThat(reply.need("OData-EntityId"))
                    .isEqualTo(
                            usher.json().httpUrl()
                                    + "/"
                                    + version
                                    + "/identity/b2xUserFlows('"
                                    + id
                                    + "')");
            assertThat(reply.need("OData-Version")).isEqualTo("4.0");
            assertThat(reply.need("x-compat-placeholder"))
                    .isEqualTo("userFlowType,userFlowTypeVersion,id");
            assertThat(reply.headers()).containsKeys("request-id", "client-request-id", "Date");

            JsonNode flow = usher.beta().get(location).expect(200).json();
            assertThat(flow.get("id").asString()).isEqualTo(id);
            assertThat(flow.get("userFlowType").asString()).isEqualTo("signUpOrSignIn");
            assertThat(usher.beta().get(reply.need("OData-EntityId")).expect(200).json())
                    .isEqualTo(flow);
        }
    }

    @Test
    void documentedLengthsAreThoseOfTheBytes() {
        assertThat(List.of(body("\r\n").length(), body("\n").length())).containsExactly(252, 245);
    }

    @Test
    @Proves("POST /identity/b2xUserFlows/$ref")
    @Shows("V2")
    void representationOnRequest() {
        Reply reply = raw("beta", body("\n"), 245, "Prefer: return=representation");

        JsonNode flow = reply.expect(201).json();
        assertThat(reply.need("Preference-Applied")).isEqualTo("return=representation");
        assertThat(flow.get("id").asString()).matches("B2X_1_[0-9a-f]{32}");
        assertThat(flow.get("userFlowType").asString()).isEqualTo("signUpOrSignIn");
        assertThat(flow.get("userFlowTypeVersion").toString()).isEqualTo("1");
        assertThat(flow.get("apiConnectorConfiguration").toString()).isEqualTo("{}");
        assertThat(flow.get("@odata.context").asString())
                .isEqualTo(
                        usher.json().httpUrl() + "/beta/$metadata#identity/b2xUserFlows/$entity");
        assertThat(reply.need("Location")).endsWith("/" + flow.get("id").asString());
    }

    @Test
    @Shows("V19")
    void readerIsForbiddenAndToldWhy() {
        Graph reader = usher.graph("beta", usher.tenant(), usher.tenant().reader());

        JsonNode error = reader.post(REF, body("\n")).refused(403, "AADB2C");

        assertThat(error.get("message").asString())
                .contains("IdentityUserFlow.ReadWrite.All", "IdentityUserFlow.Read.All");
        reader.get("/identity/b2xUserFlows").expect(200);
        usher.graph("beta", usher.tenant(), usher.tenant().none())
                .get("/identity/b2xUserFlows")
                .refused(403, "AADB2C");
    }

    @Test
    void badTokenIsUnauthorized() {
        for (String token : new String[] {null, "x", "a.b.c"}) {
            Reply reply = usher.withToken("beta", () -> token).post(REF, body("\n"));

            reply.refused(401, "InvalidAuthenticationToken");
            assertThat(reply.need("WWW-Authenticate")).startsWith("Bearer ");
        }
    }

    /** A reference to a flow is not a new flow. */
    @Test
    @Proves("POST /identity/b2xUserFlows/$ref")
    @Proves("GET /identity/b2xUserFlows/$count")
    @Shows("V3")
    void referencesAreResolved() {
        Graph graph = usher.beta();
        String id = usher.newFlow(Usher.fresh("Alpha"));
        String provider = graph.get("/identity/identityProviders").values("id").getFirst();
        String before = graph.get("/identity/b2xUserFlows/$count").expect(200).text();

        for (String url :
                List.of(
                        graph.url("/identity/b2xUserFlows/" + id),
                        graph.url("/identity/b2xUserFlows('" + id + "')"),
                        "https://graph.microsoft.com/beta/identity/b2xUserFlows/" + id)) {
            Reply known = graph.post(REF, Map.of("@odata.id", url));
            assertThat(known.expect(204).need("OData-EntityId")).endsWith("('" + id + "')");
        }
        graph.post(REF, Map.of("@odata.id", graph.url("/identity/b2xUserFlows/B2X_1_Nowhere")))
                .expect(404)
                .error();
        graph.post(REF, Map.of("@odata.id", graph.url("/identity/identityProviders/" + provider)))
                .expect(400)
                .error();
        graph.post(REF, Map.of("@odata.id", graph.url("/identity/b2xUserFlows/" + id), "id", "x"))
                .expect(400)
                .error();
        graph.post(REF, Map.of()).expect(400).error();

        assertThat(graph.get("/identity/b2xUserFlows/$count").text()).isEqualTo(before);
    }

    /** The published create. */
    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /identity/b2xUserFlows")
    @Shows("V4")
    @Shows("V5")
    @Shows("V6")
    void publishedCreate(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        String name = Usher.fresh("Partner");
        Object body =
                Json.object("id", name, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);

        Reply created = graph.post("/identity/b2xUserFlows", body).expect(201);
        assertThat(created.need("Location"))
                .isEqualTo(graph.url("/identity/b2xUserFlows/B2X_1_" + name));
        assertThat(created.need("Content-Type"))
                .startsWith("application/json;odata.metadata=minimal");
        assertThat(graph.get(created.need("Location")).expect(200).json())
                .isEqualTo(created.json());

        graph.post("/identity/b2xUserFlows", body).expect(409).error();

        String floating =
                "{\"id\":\"%sF\",\"userFlowType\":\"signuporsignin\",\"userFlowTypeVersion\":1.0}"
                        .formatted(name);
        JsonNode flow = graph.post("/identity/b2xUserFlows", floating).expect(201).json();
        assertThat(flow.get("userFlowType").asString()).isEqualTo("signUpOrSignIn");
        assertThat(flow.get("userFlowTypeVersion").toString()).isEqualTo("1");
    }

    /** What the published URL refuses. */
    @Test
    @Shows("V7")
    @Shows("V8")
    void publishedUrlIsStrict() {
        Graph graph = usher.beta();
        JsonNode missing =
                graph.post(
                                "/identity/b2xUserFlows",
                                Json.object(
                                        "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1))
                        .expect(400)
                        .error();
        assertThat(targets(missing)).contains("id");

        JsonNode seed = graph.post("/identity/b2xUserFlows", body("\n")).expect(400).error();
        assertThat(targets(seed)).contains("userFlowType", "userFlowTypeVersion");
    }

    private static List<String> targets(JsonNode error) {
        List<String> targets = new ArrayList<>();
        targets.add(error.path("target").asString(""));
        error.path("details").forEach(it -> targets.add(it.path("target").asString("")));
        return targets;
    }

    /** A collection that exists in no version here, and one of another tenant kind. */
    @Test
    @Shows("V10")
    void unknownSegmentIsNamed() {
        JsonNode error = usher.graph().get("/identity/b2cUserFlows").refused(400, "BadRequest");
        assertThat(error.get("message").asString())
                .contains("Resource not found for the segment 'b2cUserFlows'");
    }

    /** Tenant segment, double slash, other case, two question marks. */
    @Test
    @Proves("GET /identity/b2xUserFlows")
    @Shows("V16")
    void forgivingUrl() {
        for (String tenant : List.of(usher.tenant().id(), usher.tenant().domain())) {
            Reply reply =
                    usher.raw()
                            .send(
                                    "GET",
                                    "/beta/"
                                            + tenant
                                            + "/identity//b2xuserflows??$expand=identityProviders",
                                    List.of(
                                            "Authorization: Bearer "
                                                    + usher.tokens()
                                                            .of(
                                                                    usher.tenant(),
                                                                    usher.tenant().admin())),
                                    new byte[0]);
            assertThat(reply.expect(200).json().get("value").isArray()).isTrue();
        }
    }

    /** The command line that dev mode prints can be pasted as it is. */
    @Test
    @Proves("POST /identity/b2xUserFlows/$ref")
    void printedCurlWorks() {
        String log = usher.dev().process().log();
        Matcher curl =
                Pattern.compile("^ *(curl (?:[^\\n]*\\\\\\n)*[^\\n]*)$", Pattern.MULTILINE)
                        .matcher(log);
        assertThat(curl.find()).as(log).isTrue();

        var finished = Distribution.run(List.of("sh", "-c", curl.group(1) + " -sS -i"), Map.of());

        assertThat(finished.exit()).as("%s", finished).isZero();
        assertThat(finished.out()).contains("204").containsIgnoringCase("OData-EntityId");
    }
}
