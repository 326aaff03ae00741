package dev.usher.oauth;

import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.session.Sessions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cookies (RFC 6265) of this host: never readable by a page's script, sent along from pages of
 * other sites over https, since applications renew tokens in hidden frames.
 */
final class Cookies {

    private Cookies() {}

    /**
     * The name of the cookie that holds the browser's session. Over plain http it is another one: a
     * browser lets no plain page replace what was set over https, and hosts are told apart without
     * their ports.
     */
    static String session(Request request, TenantId tenant) {
        return Sessions.cookie(tenant) + (secure(request) ? "" : "-plain");
    }

    private static boolean secure(Request request) {
        return request.origin().startsWith("https:");
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
        boolean secure = secure(request);
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
