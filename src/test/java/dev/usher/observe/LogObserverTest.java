package dev.usher.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.ids.TenantId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LogObserverTest {

    private static final TenantId TENANT = TenantId.of("11111111-1111-4111-8111-111111111111");

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.usher");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final LogObserver observer = new LogObserver();
    private Level before;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        events.start();
        logger.addAppender(events);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(events);
        logger.setAdditive(true);
        logger.setLevel(before);
    }

    private JsonNode json(Observation observation) {
        observer.on(observation);
        String line = new JsonLayout().doLayout(events.list.getLast());
        assertThat(line).endsWith("}\n").doesNotContain("\n{");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        return JsonMapper.shared().readTree(line);
    }

    private static Observation.RequestServed served(String path, int status, String error) {
        return new Observation.RequestServed(
                "req",
                "client",
                TENANT,
                "app",
                "POST",
                "/beta/**",
                path,
                status,
                error,
                Duration.ofNanos(12_345_678));
    }

    @Test
    void aRequestIsOneObjectWithItsFacts() {
        JsonNode line = json(served("/beta/identity/b2xUserFlows", 403, "AADB2C"));
        assertThat(line.path("request-id").asString()).isEqualTo("req");
        assertThat(line.path("client-request-id").asString()).isEqualTo("client");
        assertThat(line.path("tenant").asString()).isEqualTo(TENANT.toString());
        assertThat(line.path("client").asString()).isEqualTo("app");
        assertThat(line.path("route").asString()).isEqualTo("/beta/**");
        assertThat(line.path("status").asInt()).isEqualTo(403);
        assertThat(line.path("error").asString()).isEqualTo("AADB2C");
        assertThat(line.path("ms").asDouble()).isEqualTo(12.3);
        assertThat(line.path("level").asString()).isEqualTo("INFO");
        assertThat(line.path("time").asString()).endsWith("Z");
        assertThat(line.path("message").asString())
                .isEqualTo("POST /beta/identity/b2xUserFlows 403 AADB2C 12.3 ms");
    }

    @Test
    void lineBreaksAndLengthOfAPathCannotForgeALine() {
        JsonNode line = json(served("/a\n{\"level\":\"FORGED\"}" + "x".repeat(2_000), 200, null));
        assertThat(line.path("level").asString()).isEqualTo("INFO");
        assertThat(line.path("path").asString()).hasSize(515).endsWith("...");
    }

    @Test
    void aDefectShowsItsStackAndServerErrorsWarn() {
        JsonNode line =
                json(
                        new Observation.RequestFailed(
                                "req", "GET", "/x", new IllegalStateException("why")));
        assertThat(line.path("level").asString()).isEqualTo("ERROR");
        assertThat(line.path("exception").asString())
                .startsWith("java.lang.IllegalStateException: why")
                .contains("LogObserverTest");
        assertThat(json(served("/x", 500, null)).path("level").asString()).isEqualTo("WARN");
    }

    @Test
    void everyOtherObservationIsALineToo() {
        logger.setLevel(Level.DEBUG);
        assertThat(
                        json(new Observation.TokenAnswered(
                                        "req",
                                        TENANT,
                                        "app",
                                        "client_credentials",
                                        "AADSTS7000215"))
                                .path("message")
                                .asString())
                .isEqualTo("token refused: AADSTS7000215 for client app");
        assertThat(
                        json(new Observation.ChangeCommitted(TENANT, "create", "userFlow", "b2x_1"))
                                .path("key")
                                .asString())
                .isEqualTo("b2x_1");
        assertThat(
                        json(new Observation.Lifecycle("ready", Map.of("port", "1")))
                                .path("port")
                                .asString())
                .isEqualTo("1");
        assertThat(json(new Observation.Degraded("crypto", "slow")).path("level").asString())
                .isEqualTo("WARN");
    }

    @Test
    void aRequestHasOneLine() {
        observer.on(served("/x", 200, null));
        observer.on(new Observation.TokenAnswered("req", TENANT, "app", "password", null));
        observer.on(new Observation.ChangeCommitted(TENANT, "create", "userFlow", "b2x_1"));
        assertThat(events.list).hasSize(1);
    }

    @Test
    void theTextFormIsOneSentence() {
        observer.on(served("/x", 204, null));
        assertThat(new TextLayout().doLayout(events.list.getLast()))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  POST /x 204 12\\.3 ms\n");
    }

    @Test
    void metricsCountByRouteAndOutcomeWithFewLabels() {
        MetricsObserver metrics = new MetricsObserver();
        metrics.on(served("/beta/identity/b2xUserFlows/secret-key", 201, null));
        metrics.on(
                new Observation.RequestServed(
                        "r",
                        "c",
                        null,
                        null,
                        "BREW",
                        "none",
                        "/x",
                        404,
                        null,
                        Duration.ofMillis(1)));
        metrics.on(new Observation.TokenAnswered("r", TENANT, "app", "client_credentials", null));
        assertThat(metrics.scrape())
                .contains(
                        "usher_http_requests_seconds_count{method=\"POST\",route=\"/beta/**\",status=\"201\"}"
                            + " 1")
                .contains("method=\"other\",route=\"none\",status=\"404\"")
                .contains("usher_tokens_total{grant=\"client_credentials\",outcome=\"issued\"} 1")
                .doesNotContain("secret-key")
                .doesNotContain("BREW");
    }
}
