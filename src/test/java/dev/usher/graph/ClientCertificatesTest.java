package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Proves;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.Certificates;
import dev.usher.oauth.EachDatabase;
import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** How API connectors keep, show and choose client certificates. */
class ClientCertificatesTest {

    private static final String SET = "/v1.0/identity/apiConnectors";
    private static final String PASSWORD = "pfx password";
    private static final KeyPair KEYS = keys();

    /** A certificate that is valid between two times from now on, in PKCS #12. */
    private record Upload(X509Certificate certificate, String base64) {

        static Upload valid(GraphWorld graph, Duration from, Duration until, String password) {
            Instant now = graph.world.clock.now();
            X509Certificate certificate =
                    Certificates.of(KEYS, now.plus(from).toString(), now.plus(until).toString());
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                Certificate[] chain = {certificate};
                store.setKeyEntry("key", KEYS.getPrivate(), password.toCharArray(), chain);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                store.store(out, password.toCharArray());
                return new Upload(certificate, Certificates.base64(out.toByteArray()));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        static Upload valid(GraphWorld graph, int fromDays, int untilDays) {
            return valid(graph, Duration.ofDays(fromDays), Duration.ofDays(untilDays), PASSWORD);
        }

        String thumbprint() {
            byte[] hash = Certificates.thumbprint(certificate, "SHA-1");
            return HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
        }

        String authentication() {
            return authentication(PASSWORD);
        }

        String authentication(String password) {
            return """
            {"@odata.type":"#microsoft.graph.pkcs12Certificate","pkcs12Value":"%s","password":"%s"}\
            """
                    .formatted(base64, password);
        }

        String arguments() {
            return "{\"pkcs12Value\":\"%s\",\"password\":\"%s\"}".formatted(base64, PASSWORD);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String connector(String authentication) {
        return """
        {"displayName":"Check","targetUrl":"https://api.example/check",
         "authenticationConfiguration":%s}\
        """
                .formatted(authentication);
    }

    private static String create(GraphWorld graph, Upload upload) {
        Answer created = graph.post(SET, connector(upload.authentication()));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return SET + "/" + created.json().path("id").asString();
    }

    /** {@code thumbprint:isActive} of each certificate of a connector. */
    private static List<String> certificates(JsonNode connector) {
        return connector
                .at("/authenticationConfiguration/certificateList")
                .valueStream()
                .map(each ->
                        each.path("thumbprint").asString()
                                + ":"
                                + each.path("isActive").asBoolean())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void anUploadIsShownAsItsCertificate(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Upload upload = Upload.valid(graph, -1, 30);
            String path = create(graph, upload);

            JsonNode shown = graph.get(path).json().path("authenticationConfiguration");

            assertThat(shown.path("@odata.type").asString())
                    .isEqualTo("#microsoft.graph.clientCertificateAuthentication");
            JsonNode one = shown.at("/certificateList/0");
            assertThat(one.propertyNames())
                    .containsExactlyInAnyOrder("thumbprint", "notBefore", "notAfter", "isActive");
            assertThat(one.path("thumbprint").asString()).isEqualTo(upload.thumbprint());
            assertThat(one.path("notAfter").asLong())
                    .isEqualTo(upload.certificate().getNotAfter().toInstant().getEpochSecond());
            assertThat(one.path("notBefore").asLong())
                    .isEqualTo(upload.certificate().getNotBefore().toInstant().getEpochSecond());
            assertThat(one.path("isActive").asBoolean()).isTrue();
            String unless = "If-None-Match: " + graph.get(path).header("ETag");
            assertThat(graph.send("GET", path, null, unless).status())
                    .as("which is active follows from the time, not from a change")
                    .isEqualTo(200);
            for (String at : List.of(path, SET, path + "/authenticationConfiguration")) {
                assertThat(graph.get(at).text())
                        .contains(upload.thumbprint())
                        .doesNotContain(PASSWORD, upload.base64(), "sealed:", "pkcs12");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Proves("POST /identity/apiConnectors/{connector-id}/uploadClientCertificate")
    void theNewestValidCertificateIsActive(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Upload first = Upload.valid(graph, -1, 30);
            Upload second = Upload.valid(graph, -1, 2);
            Upload future = Upload.valid(graph, 10, 40);
            String path = create(graph, first);

            Answer uploaded = graph.post(path + "/uploadClientCertificate", second.arguments());
            assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(200);
            assertThat(uploaded.json().path("id").asString())
                    .isEqualTo(graph.get(path).json().path("id").asString());
            assertThat(certificates(uploaded.json()))
                    .containsExactly(first.thumbprint() + ":false", second.thumbprint() + ":true");

            graph.post(path + "/microsoft.graph.uploadClientCertificate", future.arguments());
            assertThat(certificates(graph.get(path).json()))
                    .containsExactly(
                            first.thumbprint() + ":false",
                            second.thumbprint() + ":true",
                            future.thumbprint() + ":false");

            graph.world.clock.advance(Duration.ofDays(3));
            assertThat(certificates(graph.sendAs(later(graph), "GET", path, null).json()))
                    .containsExactly(
                            first.thumbprint() + ":true",
                            second.thumbprint() + ":false",
                            future.thumbprint() + ":false");
        }
    }

    /** Tokens end after an hour. */
    private static String later(GraphWorld graph) {
        return graph.token(GraphWorld.ALL);
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeOpenedIsRefused(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Upload upload = Upload.valid(graph, -1, 30);
            String member = "authenticationConfiguration/pkcs12Value: ValueNotAllowed";
            String notAFile = Base64.getEncoder().encodeToString("no file".getBytes());
            for (String authentication :
                    List.of(
                            upload.authentication("wrong"),
                            upload.authentication(""),
                            new Upload(upload.certificate(), notAFile).authentication(),
                            new Upload(upload.certificate(), "!").authentication())) {
                Answer refused = graph.post(SET, connector(authentication));
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.violations()).containsExactly(member);
            }
            String without =
                    "{\"@odata.type\":\"#microsoft.graph.pkcs12Certificate\",\"pkcs12Value\":\"AA==\"}";
            assertThat(graph.post(SET, connector(without)).violations())
                    .containsExactly("authenticationConfiguration/password: PropertyRequired");
            assertThat(graph.get(SET + "/$count").text()).isEqualTo("0");

            String path = create(graph, upload);
            Answer wrong =
                    graph.post(
                            path + "/uploadClientCertificate",
                            upload.arguments().replace(PASSWORD, "wrong"));
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.violations()).containsExactly("pkcs12Value: ValueNotAllowed");
            assertThat(graph.post(path + "/uploadClientCertificate", "{}").violations())
                    .containsExactly("pkcs12Value: PropertyRequired", "password: PropertyRequired");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyPasswordIsAPassword(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Upload upload = Upload.valid(graph, Duration.ofDays(-1), Duration.ofDays(1), "");
            Answer created = graph.post(SET, connector(upload.authentication("")));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConfigurationIsReplacedAsAWhole(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Upload first = Upload.valid(graph, -1, 30);
            Upload second = Upload.valid(graph, -1, 20);
            String path = create(graph, first);

            String replaced = "{\"authenticationConfiguration\":%s}";
            graph.patch(path, replaced.formatted(second.authentication()));
            assertThat(certificates(graph.get(path).json()))
                    .containsExactly(second.thumbprint() + ":true");

            String foreign =
                    graph.get(path).text().replace(second.thumbprint(), first.thumbprint());
            assertThat(graph.patch(path, foreign).violations())
                    .containsExactly(
                            "authenticationConfiguration/certificateList: ValueNotAllowed");
            assertThat(graph.patch(path, graph.get(path).text()).status()).isEqualTo(204);
            graph.post(path + "/uploadClientCertificate", second.arguments());
            assertThat(certificates(graph.get(path).json()))
                    .as("the same certificate again is no second one")
                    .containsExactly(second.thumbprint() + ":true");

            String basic =
                    "{\"@odata.type\":\"#microsoft.graph.basicAuthentication\",\"username\":\"u\",\"password\":\"p\"}";
            assertThat(graph.patch(path, replaced.formatted(basic)).status()).isEqualTo(204);
            assertThat(graph.get(path).text()).doesNotContain(second.thumbprint());
        }
    }

    @ParameterizedTest
    @EnumSource
    void certificatesAreLimitedInNumber(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String path = create(graph, Upload.valid(graph, -1, 10));
            for (int i = 1; i < ClientCertificates.CERTIFICATES_MAX; i++) {
                Upload next = Upload.valid(graph, -1, 10 + i);
                Answer uploaded = graph.post(path + "/uploadClientCertificate", next.arguments());
                assertThat(uploaded.status()).isEqualTo(200);
            }
            Upload last = Upload.valid(graph, -1, 100);
            assertThat(graph.post(path + "/uploadClientCertificate", last.arguments()).status())
                    .isEqualTo(400);
        }
    }

    /** A certificate is the connectors' matter, whatever path leads to it. */
    private static int asFlowAdministrator(GraphWorld graph, String action, Upload upload) {
        String token = graph.token("IdentityUserFlow.ReadWrite.All");
        return graph.sendAs(token, "POST", action, upload.arguments()).status();
    }

    @ParameterizedTest
    @EnumSource
    @Proves(
            "POST /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/uploadClientCertificate")
    @Proves(
            "POST /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/uploadClientCertificate")
    @Proves(
            "POST /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance/uploadClientCertificate")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves(
            "PATCH"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    void aFlowsStepReachesTheConnector(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Upload first = Upload.valid(graph, -1, 30);
            Upload second = Upload.valid(graph, -1, 20);
            graph.post(
                    "/v1.0/identity/b2xUserFlows",
                    "{\"id\":\"Partner\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}");
            for (String step :
                    List.of(
                            "postFederationSignup",
                            "postAttributeCollection",
                            "preTokenIssuance")) {
                String path = create(graph, first);
                String at =
                        (step.startsWith("pre") ? "/beta" : "/v1.0")
                                + "/identity/b2xUserFlows/B2X_1_Partner/apiConnectorConfiguration/"
                                + step;
                String reference = "{\"@odata.id\":\"https://x" + path + "\"}";
                assertThat(graph.send("PUT", at + "/$ref", reference).status()).isEqualTo(204);

                String action = at + "/uploadClientCertificate";
                assertThat(graph.post(action, second.arguments()).status()).isEqualTo(200);
                assertThat(certificates(graph.get(path).json())).hasSize(2);
                assertThat(asFlowAdministrator(graph, action, second)).isEqualTo(403);
                graph.patch(at, "{\"displayName\":\"Renamed\"}");
                assertThat(graph.get(path).json().path("displayName").asString())
                        .isEqualTo("Renamed");
                assertThat(graph.delete(at).status()).isEqualTo(204);
                assertThat(graph.get(at).status()).isEqualTo(404);
                assertThat(graph.get(path).status()).isEqualTo(200);
                assertThat(graph.post(action, second.arguments()).status()).isEqualTo(404);
            }
        }
    }
}
