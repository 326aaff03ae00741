package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.observe.MetricsObserver;
import dev.usher.observe.Observation;
import dev.usher.store.Store;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ManagementTest {

    private final List<Observation> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicReference<@Nullable CountDownLatch> hanging = new AtomicReference<>();
    private volatile boolean reachable = true;
    private final Store store =
            (Store)
                    Proxy.newProxyInstance(
                            Store.class.getClassLoader(),
                            new Class<?>[] {Store.class},
                            (_, method, _) -> {
                                assertThat(method.getName()).isEqualTo("ping");
                                pings.incrementAndGet();
                                CountDownLatch latch = hanging.get();
                                if (latch != null) {
                                    latch.await();
                                }
                                if (!reachable) {
                                    throw new IllegalStateException("connection refused");
                                }
                                return null;
                            });
    private final Management management = new Management(store, new MetricsObserver(), seen::add);

    private Response get(String path) {
        Request request =
                new Request(
                        "GET",
                        "http://localhost",
                        path,
                        null,
                        new Headers(),
                        new byte[0],
                        "r",
                        "c",
                        "127.0.0.1",
                        new Trail());
        return management.handler().handle(request);
    }

    @Test
    void readyOnlyWhileServingWithAReachableDatabase() {
        assertThat(get("/health/ready").status()).isEqualTo(503);
        management.serving(true);
        assertThat(get("/health/ready").status()).isEqualTo(200);
        reachable = false;
        Response unreachable = get("/health/ready");
        assertThat(unreachable.status()).isEqualTo(503);
        assertThat(new String(unreachable.body(), StandardCharsets.UTF_8))
                .doesNotContain("connection refused");
        assertThat(seen)
                .containsExactly(
                        new Observation.Degraded(
                                "database", "java.lang.IllegalStateException: connection refused"));
        reachable = true;
        management.serving(false);
        assertThat(get("/health/ready").status()).isEqualTo(503);
    }

    @Test
    void saysSoSoonWhenTheDatabaseHangs() {
        management.serving(true);
        CountDownLatch database = new CountDownLatch(1);
        hanging.set(database);
        assertThat(get("/health/ready").status()).isEqualTo(503);
        assertThat(get("/health/ready").status()).as("by the same ping").isEqualTo(503);
        assertThat(seen).hasSize(2).allSatisfy(one -> assertThat(one.toString()).contains("2 s"));
        assertThat(pings).hasValue(1);
        database.countDown();
    }

    @Test
    void liveWhateverTheDatabaseDoes() {
        reachable = false;
        assertThat(get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void metricsAreTextAndOtherPathsAbsent() {
        Response metrics = get("/metrics");
        assertThat(metrics.header("Content-Type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(new String(metrics.body(), StandardCharsets.UTF_8))
                .contains("jvm_memory_used_bytes");
        assertThat(get("/").status()).isEqualTo(404);
    }
}
