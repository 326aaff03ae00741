package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many write one member that nobody has stored yet: one row comes of it, and nobody fails. */
class GivenRaceTest {

    private static final int WRITERS = 6;
    private static final String LANGUAGES = "/beta/identity/b2cUserFlows/B2C_1_Shop/languages";

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void writersOfOneMemberTakeTurns(EachDatabase database)
            throws InterruptedException, ExecutionException {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            graph.post(
                    "/beta/identity/b2cUserFlows",
                    """
                    {"id":"Shop","userFlowType":"signUp","userFlowTypeVersion":3,
                     "isLanguageCustomizationEnabled":true}
                    """);
            String stream = LANGUAGES + "/de/overridesPages/selfasserted1_1/$value";
            assertThat(together(i -> graph.send("PUT", stream, day(i)).status())).containsOnly(204);
            assertThat(graph.get(stream).text()).contains("\"Value\":\"Day ");
            assertThat(together(_ -> graph.send("PUT", LANGUAGES + "/es-ES", "{}").status()))
                    .containsOnlyOnce(201)
                    .containsOnly(201, 204);
            assertThat(together(_ -> graph.post(LANGUAGES, "{\"id\":\"fr\"}").status()))
                    .containsOnlyOnce(201)
                    .containsOnly(201, 409);
            assertThat(graph.get(LANGUAGES + "/$count").text()).isEqualTo("37");
        }
    }

    private static String day(int i) {
        return "{\"LocalizedStrings\":[{\"ElementType\":\"UxElement\",\"StringId\":\"day\","
                + "\"Value\":\"Day "
                + i
                + "\"}]}";
    }

    private static List<Integer> together(IntFunction<Integer> request)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Integer>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                running.add(
                        threads.submit(() -> {
                            start.await();
                            return request.apply(writer);
                        }));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> each : running) {
                statuses.add(each.get());
            }
            return statuses;
        }
    }
}
