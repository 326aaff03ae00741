package dev.usher.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, read completely (the server adapter bounds the body, 413 above it).
 *
 * @param method upper case
 * @param origin the configured origin that the request's authority matches, such as {@code
 *     https://localhost:8443}, without trailing slash; never an arbitrary Host
 * @param path the raw path, still percent-encoded, starting with a slash
 * @param query the raw query without its question mark, or null
 * @param body the bytes after content decoding; empty when there is none
 * @param requestId the GUID of this request, sent back as {@code request-id}
 * @param clientRequestId the caller's {@code client-request-id}, or the request id
 * @param remoteAddress the address of the peer, or what a trusted proxy said of it
 * @param trail what the rooms learn on the way
 */
public record Request(
        String method,
        String origin,
        String path,
        @Nullable String query,
        Headers headers,
        byte[] body,
        String requestId,
        String clientRequestId,
        String remoteAddress,
        Trail trail) {

    /** What a name of ours is made of: what is not, is not sent back. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    /** The same request under another path: for an edge that strips what it has read. */
    public Request withPath(String otherPath) {
        return new Request(
                method,
                origin,
                otherPath,
                query,
                headers,
                body,
                requestId,
                clientRequestId,
                remoteAddress,
                trail);
    }

    /** The same request as part of what began under another {@link #clientRequestId}. */
    public Request following(String otherClientRequestId) {
        return new Request(
                method,
                origin,
                path,
                query,
                headers,
                body,
                requestId,
                otherClientRequestId,
                remoteAddress,
                trail);
    }

    /** The value of the browser's cookie of that name (RFC 6265 section 4.2). */
    public Optional<String> cookie(String name) {
        for (String header : headers.all("Cookie")) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }

    /** The names of the browser's cookies that begin so, as sent: older ones first, mostly. */
    public List<String> cookieNames(String beginning) {
        return headers.all("Cookie").stream()
                .flatMap(header -> Stream.of(header.split(";", -1)))
                .map(pair -> pair.substring(0, Math.max(0, pair.indexOf('='))).strip())
                .filter(name -> name.startsWith(beginning) && NAME.matcher(name).matches())
                .toList();
    }
}
