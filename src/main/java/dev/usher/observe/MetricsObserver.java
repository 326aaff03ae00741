package dev.usher.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;

/** Turns observations into Prometheus metrics; every label has few values. */
public final class MetricsObserver implements Observer {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "none");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

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
                    Timer.builder("usher.http.requests")
                            .description("Requests answered, and how long they took")
                            .tag(
                                    "method",
                                    METHODS.contains(served.method()) ? served.method() : "other")
                            .tag("route", served.route())
                            .tag("status", Integer.toString(served.status()))
                            .register(registry)
                            .record(served.took());
            case Observation.RequestFailed _ ->
                    count("usher.http.defects", "Requests that ended in an unforeseen exception");
            case Observation.TokenAnswered answered ->
                    count(
                            "usher.tokens",
                            "Token requests by grant and outcome",
                            "grant",
                            answered.grant() == null ? "none" : answered.grant(),
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
            case Observation.Lifecycle _ -> {}
        }
    }

    private void count(String name, String description, String... tags) {
        Counter.builder(name).description(description).tags(tags).register(registry).increment();
    }

    /** All metrics in Prometheus' text format, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }
}
