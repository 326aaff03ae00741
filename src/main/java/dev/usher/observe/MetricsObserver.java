package dev.usher.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Turns observations into Prometheus metrics; every label has few values. */
public final class MetricsObserver implements Observer {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "none");

    private static final Set<String> GRANTS =
            Set.of("authorization_code", "client_credentials", "password", "refresh_token");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Those that are counted together. */
    private record Requests(String method, String route, int status) {
        static Requests of(Observation.RequestServed served) {
            String method = METHODS.contains(served.method()) ? served.method() : "other";
            return new Requests(method, served.route(), served.status());
        }
    }

    private final Map<Requests, Timer> requests = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> tables = new ConcurrentHashMap<>();

    public MetricsObserver() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    @Override
    public void on(Observation observation) {
        switch (observation) {
            case Observation.RequestServed served ->
                    requests.computeIfAbsent(Requests.of(served), this::timer)
                            .record(served.took());
            case Observation.RequestFailed _ ->
                    count("usher.http.defects", "Requests that ended in an unforeseen exception");
            case Observation.TokenAnswered answered ->
                    count(
                            "usher.tokens",
                            "Token requests by grant and outcome",
                            "grant",
                            grant(answered.grant()),
                            "outcome",
                            answered.error() == null ? "issued" : answered.error());
            case Observation.ChangeCommitted changed ->
                    count(
                            "usher.changes",
                            "Durable changes",
                            "kind",
                            changed.kind(),
                            "operation",
                            changed.operation());
            case Observation.Degraded degraded ->
                    count(
                            "usher.degraded",
                            "What works, but not as it should",
                            "what",
                            degraded.what());
            case Observation.TablesMeasured measured -> measured.rows().forEach(this::rows);
            case Observation.Lifecycle _ -> {}
        }
    }

    private void rows(String table, long rows) {
        tables.computeIfAbsent(
                        table,
                        name -> {
                            AtomicLong value = new AtomicLong();
                            Gauge.builder("usher.table.rows", value, AtomicLong::get)
                                    .description("Rows of a table, about, when last looked at")
                                    .tag("table", name)
                                    .register(registry);
                            return value;
                        })
                .set(rows);
    }

    /** What a client calls a grant can be anything. */
    private static String grant(@Nullable String asked) {
        if (asked == null) {
            return "none";
        }
        return GRANTS.contains(asked) ? asked : "other";
    }

    private Timer timer(Requests requests) {
        return Timer.builder("usher.http.requests")
                .description("Requests answered, and how long they took")
                .tag("method", requests.method)
                .tag("route", requests.route)
                .tag("status", Integer.toString(requests.status))
                .register(registry);
    }

    private void count(String name, String description, String... tags) {
        Counter.builder(name).description(description).tags(tags).register(registry).increment();
    }

    /** All metrics in Prometheus' text format, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }
}
