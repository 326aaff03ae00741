package dev.usher.http;

import java.time.Duration;

/**
 * What one request may cost.
 *
 * @param bodyMax bytes of a body, before and after content decoding; 413 above it
 * @param headerMax bytes of request line and header fields; 431 above it
 * @param uriMax characters of path and query; 414 above it
 * @param idle a connection without traffic for so long is closed
 * @param receive a body must have arrived after so long; 408 otherwise
 * @param drain how long a stopping server waits for requests that it has begun
 */
public record Limits(
        int bodyMax, int headerMax, int uriMax, Duration idle, Duration receive, Duration drain) {

    public static final int BODY_MAX = 4 * 1024 * 1024;
    public static final int HEADER_MAX = 32 * 1024;
    public static final int URI_MAX = 16 * 1024;

    /** Connections open at a time; more wait to be accepted. */
    public static final int CONNECTIONS_MAX = 10_000;

    /** Bytes of a refused body that are read and dropped, so that the client sees the answer. */
    public static final long LINGER_MAX = 16L * 1024 * 1024;

    public static Limits standard() {
        return new Limits(
                BODY_MAX,
                HEADER_MAX,
                URI_MAX,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20));
    }
}
