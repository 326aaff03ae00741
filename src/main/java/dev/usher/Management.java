package dev.usher;

import dev.usher.http.Handler;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.observe.MetricsObserver;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What operators and orchestrators ask: {@code /health/live} (the process runs), {@code
 * /health/ready} (it serves, and the database answers; 503 otherwise), {@code /metrics} (Prometheus
 * text format).
 */
final class Management {

    private static final String JSON = "application/json";

    /** An orchestrator that hears nothing for longer takes the process for hung. */
    private static final Duration PING_MAX = Duration.ofSeconds(2);

    private final Store store;
    private final MetricsObserver metrics;
    private final Observer observer;
    private final Lock asking = new ReentrantLock();

    /** Guarded by {@link #asking}. */
    private @Nullable FutureTask<Boolean> ping;

    private volatile boolean serving;

    Management(Store store, MetricsObserver metrics, Observer observer) {
        this.store = store;
        this.metrics = metrics;
        this.observer = observer;
    }

    /** From now on ready, or not any more. */
    void serving(boolean now) {
        serving = now;
    }

    Handler handler() {
        Router router = new Router(_ -> Response.empty(404));
        router.on(
                "GET", "/health/live", (_, _) -> Response.text(200, JSON, "{\"status\":\"live\"}"));
        router.on("GET", "/metrics", (_, _) -> scrape());
        routeReady(router);
        return router;
    }

    void routeReady(Router router) {
        router.on("GET", "/health/ready", (request, _) -> ready(request));
    }

    /** A kilobyte that costs nothing to make: what a benchmark compares other answers with. */
    void routeFixed(Router router) {
        byte[] kilobyte = ".".repeat(1024).getBytes(StandardCharsets.US_ASCII);
        router.on("GET", "/dev/fixed", (_, _) -> Response.of(200, "text/plain", kilobyte));
    }

    private Response ready(Request request) {
        if (!serving) {
            return Response.text(503, JSON, "{\"status\":\"draining\"}");
        }
        try {
            boolean _ = pinged().get(PING_MAX.toMillis(), TimeUnit.MILLISECONDS);
            return Response.text(200, JSON, "{\"status\":\"ready\"}");
        } catch (ExecutionException unreachable) {
            return unreachable(request, String.valueOf(unreachable.getCause()));
        } catch (TimeoutException slow) {
            return unreachable(request, "no answer within " + PING_MAX.toSeconds() + " s");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return unreachable(request, "interrupted");
        }
    }

    /** One at a time: those who ask while the database hangs wait for the same answer. */
    private Future<Boolean> pinged() {
        asking.lock();
        try {
            FutureTask<Boolean> current = ping;
            if (current == null || current.isDone()) {
                current =
                        new FutureTask<>(() -> {
                            store.ping();
                            return true;
                        });
                ping = current;
                Thread.ofVirtual().start(current);
            }
            return current;
        } finally {
            asking.unlock();
        }
    }

    private Response unreachable(Request request, String why) {
        request.trail().errorCode("database");
        observer.on(new Observation.Degraded("database", why));
        return Response.text(503, JSON, "{\"status\":\"database unreachable\"}");
    }

    private Response scrape() {
        return Response.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }
}
