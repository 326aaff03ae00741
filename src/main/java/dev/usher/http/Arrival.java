package dev.usher.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request as the HTTP server received it, nothing of it believed yet.
 *
 * @param secure whether it came over TLS to this very process
 * @param authority host and port that the client asked for, null if it named none
 * @param peer the other end of the connection
 * @param body opens the body, still content-coded
 */
record Arrival(
        String method,
        boolean secure,
        @Nullable String authority,
        String path,
        @Nullable String query,
        Headers headers,
        InetAddress peer,
        Body body) {

    /** The body as a stream; reading may block. */
    @FunctionalInterface
    interface Body {
        InputStream open() throws IOException;
    }
}
