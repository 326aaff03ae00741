package dev.usher.http;

/**
 * Words the refusals and failures that no room answered: malformed HTTP, exceeded limits, foreign
 * authorities, defects.
 */
@FunctionalInterface
public interface ErrorRenderer {

    /** Must not throw. */
    Response render(Failure failure);

    /**
     * @param status 4xx or 5xx
     * @param code the code of Graph's catalogue, such as {@code BadRequest}
     * @param message one English sentence for the developer of the client
     * @param path the raw path, empty if it could not be read
     */
    record Failure(
            int status,
            String code,
            String message,
            String path,
            String requestId,
            String clientRequestId) {}
}
