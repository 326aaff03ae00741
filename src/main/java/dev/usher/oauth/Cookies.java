package dev.usher.oauth;

import dev.usher.http.Request;
import dev.usher.http.Response;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cookies (RFC 6265) of this host: never readable by a page's script, sent along from pages of
 * other sites over https, since applications renew tokens in hidden frames.
 */
final class Cookies {

    private Cookies() {}

    /** The value of the browser's cookie of that name. */
    static Optional<String> find(Request request, String name) {
        for (String header : request.headers().all("Cookie")) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Sets a cookie.
     *
     * @param lifetime null until the browser is closed
     */
    static void set(
            Request request,
            Response response,
            String name,
            String value,
            @Nullable Duration lifetime) {
        boolean secure = request.origin().startsWith("https:");
        response.headers()
                .add(
                        "Set-Cookie",
                        name
                                + "="
                                + value
                                + "; Path=/; HttpOnly"
                                + (secure ? "; Secure; SameSite=None" : "; SameSite=Lax")
                                + (lifetime == null ? "" : "; Max-Age=" + lifetime.toSeconds()));
    }

    static void remove(Request request, Response response, String name) {
        set(request, response, name, "", Duration.ZERO);
    }
}
