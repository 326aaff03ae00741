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

/**
 * What operators and orchestrators ask: {@code /health/live} (the process runs), {@code
 * /health/ready} (it serves, and the database answers; 503 otherwise), {@code /metrics} (Prometheus
 * text format).
 */
final class Management {

    private static final String JSON = "application/json";

    private final Store store;
    private final MetricsObserver metrics;
    private final Observer observer;
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
            store.ping();
            return Response.text(200, JSON, "{\"status\":\"ready\"}");
        } catch (RuntimeException unreachable) {
            request.trail().errorCode("database");
            observer.on(new Observation.Degraded("database", String.valueOf(unreachable)));
            return Response.text(503, JSON, "{\"status\":\"database unreachable\"}");
        }
    }

    private Response scrape() {
        return Response.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }
}
