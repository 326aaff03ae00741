package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.Config;
import dev.usher.config.ConfigLoader;
import dev.usher.dev.DevAnnouncement;
import dev.usher.dev.DevCertificates;
import dev.usher.dev.DevDirectory;
import dev.usher.dev.DevSamples;
import dev.usher.dev.DevSeeds;
import dev.usher.ids.Ids;
import dev.usher.observe.MetricsObserver;
import dev.usher.observe.Observer;
import dev.usher.time.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The wired program in development mode, over the network, in this process. */
final class AppTest {

    @TempDir private Path directory;
    private final Clock clock = Clock.system();
    private final Ids ids = new Ids(new SecureRandom());
    private final HttpClient client = HttpClient.newHttpClient();

    /** A development server from this directory, until it is closed. */
    private final class Running implements AutoCloseable {
        private final MetricsObserver metrics = new MetricsObserver();
        private final DevDirectory dev = DevDirectory.open(directory, ids);
        private final Services services;
        private final App app;

        Running() throws IOException {
            Config config =
                    new ConfigLoader()
                            .load(
                                    null,
                                    Map.of(),
                                    Map.of(
                                            "data", List.of(directory.toString()),
                                            "http-port", List.of("0"),
                                            "https-port", List.of("0"),
                                            "management-port", List.of("0")));
            Observer observer = metrics;
            DevCertificates certificates = new DevCertificates(dev.path(), clock, ids);
            services = Services.open(config, dev.masterKey(), clock, ids, observer);
            new DevSeeds(
                            dev,
                            certificates,
                            services.store(),
                            services.tenants(),
                            services.clients(),
                            services.permissions(),
                            clock,
                            ids)
                    .ensure();
            app =
                    App.start(
                            App.Mode.DEVELOPMENT,
                            config,
                            certificates.server(),
                            services,
                            metrics,
                            observer,
                            App.More.NONE);
            DevAnnouncement.Urls urls =
                    new DevAnnouncement.Urls(
                            "http://localhost:" + app.mainPort(),
                            "https://localhost:" + app.tlsPort(),
                            "http://localhost:" + app.managementPort());
            DevAnnouncement announcement = new DevAnnouncement(dev, certificates, urls);
            announcement.write(ProcessHandle.current().pid());
            text =
                    announcement.text(
                            new DevSamples(dev, app::handle, urls.http(), services.clients(), ids));
        }

        private final String text;

        @Override
        public void close() {
            app.close();
            services.close();
            dev.close();
        }
    }

    private JsonNode facts() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(directory.resolve("dev.json")));
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int token(JsonNode facts, String tenant, String role)
            throws IOException, InterruptedException {
        JsonNode known = facts.path("clients").path(role);
        String form =
                "grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
                        + "&client_id="
                        + known.path("clientId").asString()
                        + "&client_secret="
                        + known.path("secret").asString();
        return client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                this.facts().path("httpUrl").asString()
                                                        + "/"
                                                        + tenant
                                                        + "/oauth2/v2.0/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void everySeededClientGetsATokenInItsOwnTenantOnly() throws Exception {
        try (Running running = new Running()) {
            JsonNode facts = facts();
            JsonNode other = facts.path("otherTenant");
            for (String role : List.of("admin", "reader", "none")) {
                assertThat(token(facts, "contoso.onmicrosoft.com", role)).isEqualTo(200);
                assertThat(token(other, other.path("tenantId").asString(), role)).isEqualTo(200);
                assertThat(token(facts, "fabrikam.onmicrosoft.com", role)).isEqualTo(400);
            }
            assertThat(facts.path("tenantId").asString())
                    .isEqualTo("11111111-1111-4111-8111-111111111111");
            assertThat(running.text)
                    .contains("/beta/identity/b2xUserFlows/$ref'")
                    .contains("-H 'Authorization: Bearer ey");
        }
    }

    @Test
    void healthOnBothPortsAndMetricsOnOne() throws Exception {
        try (Running _ = new Running()) {
            String main = facts().path("httpUrl").asString();
            String management = facts().path("managementUrl").asString();
            assertThat(get(main + "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(management + "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(management + "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(main + "/metrics").statusCode()).isEqualTo(404);
            assertThat(get(management + "/metrics").body())
                    .contains("usher_http_requests_seconds_count{method=\"GET\",route=\"/health")
                    .contains("usher_changes_total{kind=\"tenant\",operation=\"create\"} 2.0");
        }
    }

    @Test
    void whatIsKnownStaysTheSameOverRestarts() throws Exception {
        JsonNode before;
        try (Running _ = new Running()) {
            before = facts();
        }
        assertThat(directory.resolve("dev.json")).doesNotExist();
        try (Running _ = new Running()) {
            JsonNode after = facts();
            assertThat(after.path("clients")).isEqualTo(before.path("clients"));
            assertThat(token(before, "contoso.onmicrosoft.com", "admin")).isEqualTo(200);
        }
    }

    @Test
    void lostSecretsAndCertificatesAreReplaced() throws Exception {
        JsonNode before;
        try (Running _ = new Running()) {
            before = facts();
        }
        Files.delete(directory.resolve("secrets.json"));
        Files.delete(directory.resolve("contoso-admin.key"));
        try (Running second = new Running()) {
            JsonNode after = facts();
            assertThat(after.path("clients")).isNotEqualTo(before.path("clients"));
            assertThat(token(after, "contoso.onmicrosoft.com", "admin")).isEqualTo(200);
            assertThat(
                            second.services
                                    .clients()
                                    .byAppId(
                                            dev.usher.ids.TenantId.of(
                                                    after.path("tenantId").asString()),
                                            after.at("/clients/admin/clientId").asString())
                                    .orElseThrow()
                                    .certificates())
                    .hasSize(2);
        }
    }

    @Test
    void filesAreForTheirOwnerOnly() throws Exception {
        try (Running _ = new Running()) {
            for (String name :
                    List.of("master.key", "secrets.json", "dev.json", "ca.key", "server.key")) {
                assertThat(
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(directory.resolve(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }
}
