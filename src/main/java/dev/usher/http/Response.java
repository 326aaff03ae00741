package dev.usher.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One HTTP response, complete. A status that forbids content (204, 304) has an empty body, and then
 * neither Content-Type nor Content-Length is sent (RFC 9110 8.6).
 */
public record Response(int status, Headers headers, byte[] body) {

    private static final byte[] NOTHING = {};

    public static Response empty(int status) {
        return new Response(status, new Headers(), NOTHING);
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, new Headers().set("Content-Type", contentType), body);
    }

    public static Response text(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a header to this very response and returns it. */
    public Response with(String name, String value) {
        headers.set(name, value);
        return this;
    }

    public Optional<String> header(String name) {
        return headers.first(name);
    }
}
