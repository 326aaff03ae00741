package dev.usher.odata;

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

    public Refusal(GraphError error, String message) {
        this(error, message, null, List.of());
    }

    public Refusal(
            GraphError error, String message, @Nullable String target, List<Violation> details) {
        this(error, message, target, details, null);
    }

    private Refusal(
            GraphError error,
            String message,
            @Nullable String target,
            List<Violation> details,
            @Nullable String allow) {
        super(message, null, false, false);
        this.error = error;
        this.target = target;
        this.details = List.copyOf(details);
        this.allow = allow;
    }

    /** The same refusal under another code. */
    Refusal as(GraphError other) {
        return new Refusal(other, String.valueOf(getMessage()), target, details);
    }

    /** 405, with the methods that are possible. */
    public static Refusal methodNotAllowed(List<String> allowed) {
        return new Refusal(
                GraphError.METHOD_NOT_ALLOWED,
                "Specified HTTP method is not allowed for the request target.",
                null,
                List.of(),
                String.join(", ", allowed));
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
}
