package dev.usher.observe;

import dev.usher.ids.TenantId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the program has to say about itself. No code logs; it emits one of these, and one file
 * turns them into log lines, one into metrics. No member ever holds a secret, a token or a body.
 */
public sealed interface Observation {

    /**
     * A request was answered; {@code client} is the application that asked, as far as it is known,
     * {@code route} the route's pattern, never the path with its keys.
     */
    record RequestServed(
            String requestId,
            String clientRequestId,
            @Nullable TenantId tenant,
            @Nullable String client,
            String method,
            String route,
            String path,
            int status,
            @Nullable String errorCode,
            Duration took)
            implements Observation {}

    /** A defect: an exception that no room foresaw. The client got a 500 with the request id. */
    record RequestFailed(String requestId, String method, String path, Throwable cause)
            implements Observation {}

    /** A token was issued to, or refused to, a client. {@code error} is null on success. */
    record TokenAnswered(
            String requestId,
            @Nullable TenantId tenant,
            @Nullable String clientId,
            @Nullable String grant,
            @Nullable String error)
            implements Observation {}

    /** A change was committed and is durable. */
    record ChangeCommitted(TenantId tenant, String operation, String kind, String key)
            implements Observation {}

    /** The process reached a stage of its life: starting, ready, draining, stopped. */
    record Lifecycle(String stage, Map<String, String> facts) implements Observation {}

    /** About how many rows the tables have. */
    record TablesMeasured(Map<String, Long> rows) implements Observation {}

    /** Something works, but not as the operator wants it (native library missing, slow disk). */
    record Degraded(String what, String why) implements Observation {}
}
