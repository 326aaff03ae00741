package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Certificates;
import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Distribution.Finished;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Http;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.NewTenant;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Tokens;
import dev.usher.acceptance.fixture.Trust;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherProcess;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The production form: on PostgreSQL, with TLS, nothing seeded, nothing of dev mode. */
@UsherTest
class ServeTest {

    private final Path dir = Distribution.workDirectory("serve");
    private final Map<String, String> environment = Map.of("USHER_MASTER_KEY", masterKey());

    private static String masterKey() {
        byte[] key = new byte[32];
        new Random().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void tenantApplicationTlsAndShutdown(Postgres postgres) throws IOException {
        String database = postgres.freshDatabase();
        Tenant created = createTenant(database, "acme.example");
        Certificates certificates = Certificates.forLocalhost(dir);
        int port = freePort();
        int management = freePort();
        String origin = "https://localhost:" + port;
        Path log = dir.resolve("serve.log");

        UsherProcess server =
                UsherProcess.start(
                        Distribution.command(
                                "serve",
                                "--public-origin",
                                origin,
                                "--https-port",
                                "" + port,
                                "--tls-cert",
                                certificates.certificate().toString(),
                                "--tls-key",
                                certificates.key().toString(),
                                "--database",
                                database,
                                "--data",
                                dir.toString(),
                                "--management-port",
                                "" + management),
                        environment,
                        log);
        String managementUrl = "http://127.0.0.1:" + management;
        String token;
        try (Http http = new Http(Trust.of(certificates.certificate()))) {
            server.awaitReady(managementUrl);
            token =
                    new Tokens(http, origin)
                            .fresh("acme.example", created.admin().id(), created.admin().secret());
            useGraph(http, origin, created, token);
            nothingOfDevMode(http, origin);
            manage(http, managementUrl);
        } finally {
            assertThat(server.terminate()).isZero();
        }
        logsAreJsonWithoutSecrets(
                server.log(),
                List.of(created.admin().secret(), token, "correct horse", masterKeyText()));
    }

    private String masterKeyText() {
        return environment.get("USHER_MASTER_KEY");
    }

    private Tenant createTenant(String database, String domain) {
        Tenant created = NewTenant.create(domain, environment, "--database", database);
        Finished again = NewTenant.run(domain, environment, "--database", database);
        assertThat(again.exit()).as("a domain is taken once: %s", again).isEqualTo(1);
        assertThat(again.err()).contains(domain).doesNotContain("\tat ");
        Finished list =
                Distribution.run(
                        Distribution.command("tenant", "list", "--database", database),
                        environment);
        assertThat(list.out()).contains(domain, created.id());
        assertThat(list.out()).doesNotContain(created.admin().secret());
        return created;
    }

    private static void useGraph(Http http, String origin, Tenant created, String token) {
        Graph graph = new Graph(http, origin + "/v1.0", () -> token);
        Reply reply =
                graph.post(
                        "/identity/b2xUserFlows",
                        Json.object(
                                "id",
                                "Partner",
                                "userFlowType",
                                "signUpOrSignIn",
                                "userFlowTypeVersion",
                                1));
        assertThat(reply.expect(201).need("Location"))
                .isEqualTo(origin + "/v1.0/identity/b2xUserFlows/B2X_1_Partner");
        graph.get(reply.need("Location")).expect(200);
        graph.post("/identity/apiConnectors", Usher.connector("Check")).expect(201);
        assertThat(graph.get("/identity/identityProviders").values("id"))
                .contains("AADSignup-OAUTH");
        assertThat(
                        http.get(
                                        origin
                                                + "/acme.example/v2.0/.well-known/"
                                                + "openid-configuration")
                                .expect(200)
                                .json()
                                .get("issuer")
                                .asString())
                .isEqualTo(origin + "/" + created.id() + "/v2.0");
    }

    private static void nothingOfDevMode(Http http, String origin) {
        for (String path :
                List.of(
                        "/dev",
                        "/dev/mail",
                        "/dev/mail/1/html",
                        "/dev/clock",
                        "/dev.json",
                        "/health/ready")) {
            for (String method : List.of("GET", "POST")) {
                Reply reply =
                        http.send(
                                method,
                                origin + path,
                                "{}".getBytes(StandardCharsets.UTF_8),
                                "Accept",
                                "text/html",
                                "Content-Type",
                                "application/json");
                assertThat(reply.status()).as("%s %s", method, path).isEqualTo(404);
            }
        }
        for (String tenant :
                List.of("contoso.onmicrosoft.com", "11111111-1111-4111-8111-111111111111")) {
            assertThat(
                            http.get(
                                            origin
                                                    + "/"
                                                    + tenant
                                                    + "/v2.0/.well-known/openid-configuration")
                                    .status())
                    .as(tenant)
                    .isIn(400, 404);
        }
    }

    private static void manage(Http http, String managementUrl) {
        http.get(managementUrl + "/health/live").expect(200);
        http.get(managementUrl + "/health/ready").expect(200);
        assertThat(http.get(managementUrl + "/metrics").expect(200).text()).contains("# TYPE ");
    }

    private static void logsAreJsonWithoutSecrets(String log, List<String> secrets) {
        assertThat(log).isNotBlank();
        secrets.forEach(secret -> assertThat(log).doesNotContain(secret));
        List<JsonNode> lines = new ArrayList<>();
        log.lines().forEach(line -> lines.add(Json.parse(line)));
        assertThat(log).contains("/identity/b2xUserFlows").doesNotContain("client_secret");
        assertThat(lines)
                .as("a line for a request of the API, with the tenant's id")
                .anyMatch(line -> line.toString().contains("request") && line.size() > 4);
    }

    @Test
    void halfConfiguredStartIsRefused() {
        Finished nothing = Distribution.run(Distribution.command("serve"), Map.of());
        assertThat(nothing.exit()).as("%s", nothing).isNotZero();
        assertThat(nothing.err())
                .contains("public-origin", "tls-cert", "trusted-proxy", "database", "master")
                .doesNotContain("\tat ");

        Finished noKey =
                Distribution.run(
                        Distribution.command(
                                "serve",
                                "--public-origin",
                                "https://id.example",
                                "--tls-cert",
                                dir.resolve("absent.pem").toString(),
                                "--database",
                                "jdbc:postgresql://127.0.0.1:1/none"),
                        environment);
        assertThat(noKey.exit()).as("%s", noKey).isNotZero();
        assertThat(noKey.err()).contains("tls-key").doesNotContain("public-origin is missing");
    }

    @Test
    void unknownOptionIsAUsageError() {
        Finished finished =
                Distribution.run(Distribution.command("serve", "--frobnicate"), Map.of());
        assertThat(finished.exit()).isEqualTo(2);
        assertThat(finished.err()).contains("--frobnicate").doesNotContain("\tat ");
    }
}
