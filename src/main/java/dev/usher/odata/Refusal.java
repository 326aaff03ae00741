package dev.usher.odata;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room will not go on with a request. Thrown forward, caught once at the edge, which turns it
 * into Graph's error body. The message names the cause and never holds a secret.
 */
public final class Refusal extends RuntimeException {

    private final GraphError error;
    private final @Nullable String target;
    private final List<Violation> details;
    private final @Nullable String allow;
    private final @Nullable String hint;
    private final @Nullable Duration retryAfter;

    public Refusal(GraphError error, String message) {
        this(error, message, null, List.of());
    }

    public Refusal(
            GraphError error, String message, @Nullable String target, List<Violation> details) {
        this(error, message, target, details, null, null, null);
    }

    private Refusal(
            GraphError error,
            String message,
            @Nullable String target,
            List<Violation> details,
            @Nullable String allow,
            @Nullable String hint,
            @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.error = error;
        this.target = target;
        this.details = List.copyOf(details);
        this.allow = allow;
        this.hint = hint;
        this.retryAfter = retryAfter;
    }

    /** The same refusal under another code. */
    Refusal as(GraphError other) {
        return new Refusal(
                other, String.valueOf(getMessage()), target, details, allow, hint, retryAfter);
    }

    /** 405, with the methods that are possible. */
    public static Refusal methodNotAllowed(List<String> allowed) {
        return new Refusal(
                GraphError.METHOD_NOT_ALLOWED,
                "Specified HTTP method is not allowed for the request target.",
                null,
                List.of(),
                String.join(", ", allowed),
                null,
                null);
    }

    /** The same refusal, with the path (from the version on) that the caller may have meant. */
    public Refusal withHint(String path) {
        return new Refusal(
                error, String.valueOf(getMessage()), target, details, allow, path, retryAfter);
    }

    /** The same refusal, with the time after which trying again may help. */
    public Refusal withRetryAfter(Duration wait) {
        return new Refusal(error, String.valueOf(getMessage()), target, details, allow, hint, wait);
    }

    public static Refusal notFound(String what) {
        return new Refusal(GraphError.NOT_FOUND, what);
    }

    public GraphError error() {
        return error;
    }

    public @Nullable String target() {
        return target;
    }

    public List<Violation> details() {
        return details;
    }

    /** The value of the Allow header of a 405. */
    public @Nullable String allow() {
        return allow;
    }

    /** The value of the {@code x-usher-hint} header. */
    public @Nullable String hint() {
        return hint;
    }

    /** The value of the {@code Retry-After} header. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
