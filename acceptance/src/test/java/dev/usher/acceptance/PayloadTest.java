package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Forms of payload: what may be sent, what may be asked for. */
@UsherTest
class PayloadTest {

    private static final String FLOWS = "/identity/b2xUserFlows";

    private final Usher usher;
    private final Graph graph;

    PayloadTest(Usher usher) {
        this.usher = usher;
        this.graph = usher.graph();
    }

    private static Map<String, Object> flow(String name) {
        return Json.object("id", name, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);
    }

    @Test
    void metadataNone() {
        JsonNode page =
                graph.get(
                                "/identity/identityProviders?$count=true",
                                "Accept",
                                "application/json;odata.metadata=none",
                                "Prefer",
                                "odata.maxpagesize=1")
                        .expect(200)
                        .json();
        assertThat(page.propertyNames())
                .containsExactlyInAnyOrder("@odata.count", "@odata.nextLink", "value");
        assertThat(page.at("/value/0").propertyNames()).noneMatch(name -> name.contains("@"));
    }

    @Test
    void metadataFull() {
        String id = usher.newFlow(Usher.fresh("Full"));
        Reply reply = graph.get(FLOWS + "/" + id, "Accept", "application/json;odata.metadata=full");

        JsonNode flow = reply.expect(200).json();
        assertThat(reply.need("Content-Type")).contains("odata.metadata=full");
        assertThat(flow.get("@odata.type").asString())
                .isEqualTo("#microsoft.graph.b2xIdentityUserFlow");
        assertThat(flow.get("@odata.id").asString()).contains("b2xUserFlows").contains(id);
        assertThat(flow.get("@odata.editLink").asString()).contains(id);
        assertThat(flow.get("@odata.etag").asString()).isEqualTo(reply.need("ETag"));
        assertThat(flow.get("userFlowIdentityProviders@odata.navigationLink").asString())
                .endsWith("/userFlowIdentityProviders");
        assertThat(flow.get("userFlowIdentityProviders@odata.associationLink").asString())
                .endsWith("/userFlowIdentityProviders/$ref");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "application/*",
                "application/json;odata.metadata=minimal",
                "application/json;IEEE754Compatible=false;charset=utf-8",
                "application/octet-stream, application/json",
                "text/html, application/json;q=0.5"
            })
    void acceptable(String accept) {
        Reply reply = graph.get(FLOWS + "?$top=1", "Accept", accept).expect(200);
        assertThat(reply.need("Content-Type")).startsWith("application/json");
    }

    @Test
    void formatOption() {
        graph.get(FLOWS + "?$top=1&$format=json").expect(200);
        assertThat(
                        graph.get(
                                        FLOWS
                                                + "?$top=1&$format=application/json;"
                                                + "odata.metadata=none")
                                .expect(200)
                                .json()
                                .has("@odata.context"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;odata.metadata=minimal",
                "application/json;odata.metadata=full;IEEE754Compatible=false",
                "APPLICATION/JSON"
            })
    void readable(String contentType) {
        graph.post(
                        FLOWS,
                        flow(Usher.fresh("Type")),
                        "Content-Type",
                        contentType,
                        "OData-Version",
                        "4.0",
                        "OData-MaxVersion",
                        "4.01")
                .expect(201);
    }

    @Test
    void chunkedAndUntypedBodies() {
        String bearer =
                "Authorization: Bearer "
                        + usher.tokens().of(usher.tenant(), usher.tenant().admin());
        String body = Json.write(flow(Usher.fresh("Chunked")));
        String chunked = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        usher.raw()
                .send(
                        "POST",
                        "/v1.0" + FLOWS,
                        List.of(
                                bearer,
                                "Content-Type: application/json;odata.metadata=minimal",
                                "Transfer-Encoding: chunked"),
                        chunked.getBytes(StandardCharsets.UTF_8))
                .expect(201);
        usher.raw()
                .send(
                        "POST",
                        "/v1.0" + FLOWS,
                        List.of(bearer),
                        Json.write(flow(Usher.fresh("Untyped"))).getBytes(StandardCharsets.UTF_8))
                .expect(201);
    }

    @Test
    void gzippedBody() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Json.write(flow(Usher.fresh("Gzip"))).getBytes(StandardCharsets.UTF_8));
        }
        usher.http()
                .send(
                        "POST",
                        graph.url(FLOWS),
                        bytes.toByteArray(),
                        "Authorization",
                        "Bearer " + usher.tokens().of(usher.tenant(), usher.tenant().admin()),
                        "Content-Type",
                        "application/json",
                        "Content-Encoding",
                        "gzip")
                .expect(201);
    }

    @Test
    void caseOfNamesInBodies() {
        JsonNode flow =
                graph.post(
                                FLOWS,
                                Json.object(
                                        "Id",
                                        Usher.fresh("Pascal"),
                                        "UserFlowType",
                                        "SignUpOrSignIn",
                                        "UserFlowTypeVersion",
                                        1))
                        .expect(201)
                        .json();
        assertThat(flow.propertyNames())
                .containsExactly(
                        "@odata.context",
                        "id",
                        "userFlowType",
                        "userFlowTypeVersion",
                        "apiConnectorConfiguration");
    }

    @Test
    void allViolationsAtOnce() {
        JsonNode error =
                graph.post(FLOWS, "{\"userFlowType\":\"x\",\"userFlowTypeVersion\":\"y\",\"z\":1}")
                        .expect(400)
                        .error();
        assertThat(error.get("details").valueStream().map(it -> it.get("target").asString()))
                .contains("userFlowType", "userFlowTypeVersion", "z");
        for (JsonNode detail : error.get("details")) {
            assertThat(detail.get("code").asString()).isNotBlank();
            assertThat(detail.get("message").asString()).isNotBlank();
        }
    }

    @Test
    void headIsGetWithoutBody() {
        Reply head = graph.send("HEAD", "/$metadata", null).expect(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.need("Content-Type")).startsWith("application/xml");
    }
}
