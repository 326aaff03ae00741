package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.DevJson;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Http;
import dev.usher.acceptance.fixture.Metadata;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.util.List;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.EdmNavigationProperty;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** What the service says about itself, and what every answer carries. */
@UsherTest
class MetadataTest {

    private final Usher usher;

    MetadataTest(Usher usher) {
        this.usher = usher;
    }

    private Graph anonymous(String version) {
        return usher.withToken(version, () -> null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /$metadata")
    void metadataNeedsNoToken(String version) {
        Reply reply =
                anonymous(version)
                        .get(
                                "/$metadata",
                                "Accept",
                                "application/xml",
                                "Content-Type",
                                "application/xml");

        assertThat(reply.expect(200).need("Content-Type")).startsWith("application/xml");
        Metadata metadata = Metadata.parse(reply.body());
        assertThat(metadata.root().getAttribute("Version")).isEqualTo("4.0");
        Element schema = (Element) metadata.elements("Schema").item(0);
        assertThat(schema.getAttribute("Namespace")).isEqualTo("microsoft.graph");
        assertThat(schema.getAttribute("Alias")).isEqualTo("graph");
        assertThat(metadata.singletons()).containsEntry("identity", "graph.identityContainer");
        assertThat(metadata.types().get("identityContainer").members())
                .containsKeys(
                        "b2xUserFlows", "apiConnectors", "identityProviders", "userFlowAttributes");
        assertThat(metadata.types()).containsKey("application").doesNotContainKeys("group");
        assertThat(reply.text()).doesNotContain("Term=\"usher.");
        assertThat(reply.text().contains("Namespace=\"usher\"")).isEqualTo(version.equals("beta"));
        assertThat(metadata.types().get("userFlowApiConnectorConfiguration").members().keySet())
                .as("preTokenIssuance is in beta alone")
                .hasSize(version.equals("beta") ? 3 : 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void aStrictClientReadsIt(String version) {
        byte[] xml = anonymous(version).get("/$metadata").expect(200).body();
        var edm =
                ODataClientFactory.getClient()
                        .getReader()
                        .readMetadata(new ByteArrayInputStream(xml));

        EdmEntityType flow =
                edm.getEntityType(new FullQualifiedName("microsoft.graph.b2xIdentityUserFlow"));
        assertThat(flow.getKeyPredicateNames()).containsExactly("id");
        assertThat(flow.getPropertyNames()).contains("userFlowType", "apiConnectorConfiguration");
        assertThat(flow.getNavigationPropertyNames()).contains("userFlowIdentityProviders");
        EdmNavigationProperty flows =
                edm.getEntityContainer()
                        .getSingleton("identity")
                        .getEntityType()
                        .getNavigationProperty("b2xUserFlows");
        assertThat(flows.containsTarget()).isTrue();
        assertThat(flows.getType().getFullQualifiedName()).isEqualTo(flow.getFullQualifiedName());
    }

    @Test
    void serviceDocument() {
        assertThat(usher.graph().get("/").values("name")).contains("identity");
        assertThat(usher.graph().get("/").json().get("@odata.context").asString())
                .isEqualTo(usher.graph().url("/$metadata"));
    }

    @Test
    void unknownVersionIsNotFound() {
        assertThat(usher.http().get(usher.json().httpsUrl() + "/v2.0/identity/b2xUserFlows"))
                .extracting(Reply::status)
                .isEqualTo(404);
    }

    @Test
    void answersCarryTheUsualHeaders() {
        String id = "0a9ad7a5-1f0c-4b3c-8f5d-9d7c37d8a111";
        Reply reply =
                usher.graph()
                        .get(
                                "/identity/userFlowAttributes",
                                "client-request-id",
                                id,
                                "SdkVersion",
                                "graph-java/6.69.0",
                                "ConsistencyLevel",
                                "eventual")
                        .expect(200);

        assertThat(reply.need("client-request-id")).isEqualTo(id);
        assertThat(reply.need("request-id")).matches("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
        assertThat(reply.need("OData-Version")).isEqualTo("4.0");
        assertThat(reply.need("Cache-Control")).contains("no-cache");
        assertThat(reply.need("Strict-Transport-Security")).startsWith("max-age=");
        assertThat(reply.need("Content-Type"))
                .isEqualToIgnoringCase(
                        "application/json;odata.metadata=minimal;odata.streaming=true;"
                                + "IEEE754Compatible=false;charset=utf-8");
        assertThat(reply.headers()).containsKey("Date").doesNotContainKey("Server");

        Reply plain = usher.graph().get("/identity/userFlowAttributes");
        assertThat(plain.need("client-request-id")).isEqualTo(plain.need("request-id"));
        assertThat(plain.need("request-id")).isNotEqualTo(reply.need("request-id"));
    }

    @Test
    void compressesOnRequest() {
        Reply reply =
                usher.graph()
                        .get("/identity/userFlowAttributes", "Accept-Encoding", "gzip")
                        .expect(200);
        assertThat(reply.need("Content-Encoding")).isEqualTo("gzip");
        assertThat(reply.body()).startsWith(0x1f, 0x8b);
    }

    /** Straight to the server: the proxy of the tests speaks HTTP/1.1 alone. */
    @Test
    void speaksHttp2OnTls() {
        DevJson server = usher.dev().json();
        try (Http http = new Http(usher.trust(), HttpClient.Version.HTTP_2)) {
            for (String base : List.of(server.httpsUrl(), server.httpUrl())) {
                Graph graph =
                        new Graph(
                                http,
                                base + "/v1.0",
                                () -> usher.tokens().of(usher.tenant(), usher.tenant().admin()));
                graph.get("/identity/b2xUserFlows").expect(200);
            }
        }
    }

    /** Links are built on the configured origin that the caller used, never on any other Host. */
    @Test
    void originsAreConfigured() {
        for (String base : List.of(usher.json().httpsUrl(), usher.json().httpUrl())) {
            for (String host : List.of("localhost", "127.0.0.1")) {
                String url = base.replaceFirst("//[^:]+", "//" + host) + "/v1.0";
                Graph graph =
                        new Graph(
                                usher.http(),
                                url,
                                () -> usher.tokens().of(usher.tenant(), usher.tenant().admin()));
                assertThat(
                                graph.get("/identity/userFlowAttributes")
                                        .expect(200)
                                        .json()
                                        .get("@odata.context")
                                        .asString())
                        .isEqualTo(url + "/$metadata#identity/userFlowAttributes");
            }
        }
        String request =
                "GET /v1.0/$metadata HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        Reply reply = usher.raw().exchange("strange host", request.getBytes());
        assertThat(reply.status()).as("%s", reply).isEqualTo(421);
        assertThat(reply.text()).contains(usher.json().httpUrl());
    }

    @Test
    void browsersMayAsk() {
        Reply preflight =
                usher.http()
                        .send(
                                "OPTIONS",
                                usher.graph().url("/identity/b2xUserFlows"),
                                null,
                                "Origin",
                                "https://app.example",
                                "Access-Control-Request-Method",
                                "POST",
                                "Access-Control-Request-Headers",
                                "authorization,content-type,sdkversion,client-request-id,"
                                        + "consistencylevel");
        assertThat(preflight.status()).as("%s", preflight).isIn(200, 204);
        assertThat(preflight.need("Access-Control-Allow-Headers"))
                .containsIgnoringCase("authorization");
        assertThat(preflight.headers())
                .containsKeys("Access-Control-Allow-Origin", "Access-Control-Allow-Methods");
    }
}
