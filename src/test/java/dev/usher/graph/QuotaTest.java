package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.tenant.TenantKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The quota twin: Microsoft's rates and numbers of objects. */
class QuotaTest {

    private static final String CONNECTORS = "/v1.0/identity/apiConnectors";
    private static final String CONNECTOR =
            """
            {"displayName":"C","targetUrl":"https://api.example.test/",
             "authenticationConfiguration":{"@odata.type":"#microsoft.graph.basicAuthentication",
             "username":"u","password":"p"}}\
            """;

    private static GraphWorld twin(EachDatabase database) {
        return new GraphWorld(database.fresh(), TenantKind.ALL, true, false);
    }

    private static int served(GraphWorld graph, String token) {
        int served = 0;
        while (graph.sendAs(token, "GET", CONNECTORS, null).status() == 200) {
            served++;
        }
        return served;
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationHasItsRateAndTheTenantIts(EachDatabase database) {
        try (GraphWorld graph = twin(database)) {
            String one = graph.token(GraphWorld.ALL);
            String two = graph.token(GraphWorld.ALL);
            assertThat(served(graph, one)).isEqualTo(Quota.APPLICATION_MAX);
            Answer refused = graph.sendAs(one, "GET", CONNECTORS, null);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().at("/error/code").asString()).isEqualTo("TooManyRequests");
            int wait = Integer.parseInt(refused.header("Retry-After"));
            assertThat(wait).isEqualTo(1);
            assertThat(served(graph, two)).isEqualTo(Quota.TENANT_MAX - Quota.APPLICATION_MAX);

            graph.world.clock.advance(Duration.ofSeconds(wait));
            assertThat(graph.sendAs(one, "GET", CONNECTORS, null).status()).isEqualTo(200);
            graph.world.clock.advance(Duration.ofMinutes(1));
            assertThat(served(graph, one)).isEqualTo(Quota.APPLICATION_MAX);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRequestOfABatchCounts(EachDatabase database) {
        try (GraphWorld graph = twin(database)) {
            for (int i = 0; i < Quota.APPLICATION_MAX - 1; i++) {
                graph.get(CONNECTORS);
            }
            String one = "{\"id\":\"%s\",\"method\":\"GET\",\"url\":\"/identity/apiConnectors\"}";
            Answer batch =
                    graph.post(
                            "/v1.0/$batch",
                            "{\"requests\":["
                                    + one.formatted("1")
                                    + ","
                                    + one.formatted("2")
                                    + "]}");
            assertThat(batch.status()).isEqualTo(200);
            JsonNode responses = batch.json().path("responses");
            assertThat(responses.at("/0/status").intValue()).isEqualTo(200);
            assertThat(responses.at("/1/status").intValue()).isEqualTo(429);
            assertThat(responses.at("/1/headers/Retry-After").asString()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheTwinNobodyWaits(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            for (int i = 0; i <= Quota.TENANT_MAX; i++) {
                assertThat(graph.get(CONNECTORS).status()).isEqualTo(200);
            }
        }
    }

    /** However many try at once, there are never more. */
    @ParameterizedTest
    @EnumSource
    void theLastPlaceIsTakenOnce(EachDatabase database)
            throws InterruptedException, ExecutionException {
        try (GraphWorld graph = twin(database);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Answer>> tries = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                tries.add(threads.submit(() -> graph.post(CONNECTORS, CONNECTOR)));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> each : tries) {
                statuses.add(each.get().status());
            }
            assertThat(statuses).filteredOn(status -> status == 201).hasSize(20);
            assertThat(statuses).filteredOn(status -> status == 403).hasSize(20);
            Answer refused = graph.post(CONNECTORS, CONNECTOR);
            assertThat(refused.json().at("/error/code").asString())
                    .isEqualTo("Directory_QuotaExceeded");
            assertThat(graph.get(CONNECTORS + "/$count").text()).isEqualTo("20");
        }
    }
}
