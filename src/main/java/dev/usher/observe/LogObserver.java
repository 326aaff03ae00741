package dev.usher.observe;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Turns observations into log events: the sentence for people, the facts beside it for machines. A
 * line never holds a query string, a header, a body or a secret.
 */
public final class LogObserver implements Observer {

    /** Longer paths and names are cut in the log. */
    private static final int TEXT_MAX = 512;

    private final Logger log = LoggerFactory.getLogger("dev.usher");

    @Override
    public void on(Observation observation) {
        switch (observation) {
            case Observation.RequestServed served -> served(served);
            case Observation.RequestFailed failed -> failed(failed);
            case Observation.TokenAnswered answered -> token(answered);
            case Observation.ChangeCommitted changed -> changed(changed);
            case Observation.Lifecycle lifecycle -> lifecycle(lifecycle);
            case Observation.TablesMeasured _ -> {}
            case Observation.Degraded degraded ->
                    log.atWarn()
                            .addKeyValue("event", "degraded")
                            .addKeyValue("what", degraded.what())
                            .addKeyValue("why", degraded.why())
                            .log("{}: {}", degraded.what(), degraded.why());
        }
    }

    private void served(Observation.RequestServed served) {
        double millis = millis(served.took());
        LoggingEventBuilder event =
                log.atLevel(served.status() >= 500 ? Level.WARN : Level.INFO)
                        .addKeyValue("event", "request")
                        .addKeyValue("request-id", served.requestId())
                        .addKeyValue("client-request-id", served.clientRequestId())
                        .addKeyValue("method", served.method())
                        .addKeyValue("route", served.route())
                        .addKeyValue("path", cut(served.path()))
                        .addKeyValue("status", served.status())
                        .addKeyValue("ms", millis);
        if (served.tenant() != null) {
            event = event.addKeyValue("tenant", served.tenant());
        }
        if (served.client() != null) {
            event = event.addKeyValue("client", cut(served.client()));
        }
        if (served.errorCode() != null) {
            event = event.addKeyValue("error", served.errorCode());
        }
        event.log(
                "{} {} {} {}{} ms",
                served.method(),
                cut(served.path()),
                served.status(),
                served.errorCode() == null ? "" : served.errorCode() + " ",
                millis);
    }

    private void failed(Observation.RequestFailed failed) {
        log.atError()
                .setCause(failed.cause())
                .addKeyValue("event", "defect")
                .addKeyValue("request-id", failed.requestId())
                .addKeyValue("method", failed.method())
                .addKeyValue("path", cut(failed.path()))
                .log(
                        "{} {} failed, request {}",
                        failed.method(),
                        failed.path(),
                        failed.requestId());
    }

    /** Not by default, as the next: the request has its line, and a change its audit row. */
    private void token(Observation.TokenAnswered answered) {
        log.atDebug()
                .addKeyValue("event", "token")
                .addKeyValue("request-id", answered.requestId())
                .addKeyValue("tenant", answered.tenant())
                .addKeyValue("client", answered.clientId())
                .addKeyValue("grant", answered.grant())
                .addKeyValue("error", answered.error())
                .log(
                        "token {} for client {}",
                        answered.error() == null ? "issued" : "refused: " + answered.error(),
                        answered.clientId() == null ? "unknown" : answered.clientId());
    }

    private void changed(Observation.ChangeCommitted changed) {
        log.atDebug()
                .addKeyValue("event", "change")
                .addKeyValue("tenant", changed.tenant())
                .addKeyValue("operation", changed.operation())
                .addKeyValue("kind", changed.kind())
                .addKeyValue("key", changed.key())
                .log("{} {} {}", changed.operation(), changed.kind(), changed.key());
    }

    private void lifecycle(Observation.Lifecycle lifecycle) {
        LoggingEventBuilder event =
                log.atInfo()
                        .addKeyValue("event", "lifecycle")
                        .addKeyValue("stage", lifecycle.stage());
        for (var fact : lifecycle.facts().entrySet()) {
            event = event.addKeyValue(fact.getKey(), fact.getValue());
        }
        event.log(
                lifecycle.facts().isEmpty()
                        ? lifecycle.stage()
                        : lifecycle.stage() + " " + lifecycle.facts());
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
    }

    private static double millis(Duration took) {
        return Math.round(took.toNanos() / 1e5) / 10.0;
    }
}
