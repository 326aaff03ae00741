package dev.usher.oauth;

import dev.usher.flow.Journeys;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.session.Sessions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cookies (RFC 6265) of this host: never readable by a page's script. That of the session is sent
 * along from pages of other sites over https, since applications renew tokens in hidden frames.
 */
final class Cookies {

    /** Journeys that one browser can be on at a time; a header has room for no great many. */
    static final int JOURNEYS_MAX = 8;

    private static final String LAX = "Lax";

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
        write(request, response, name, value, secure(request) ? "None" : LAX, lifetime);
    }

    private static void write(
            Request request,
            Response response,
            String name,
            String value,
            String sameSite,
            @Nullable Duration lifetime) {
        response.headers()
                .add(
                        "Set-Cookie",
                        name
                                + "="
                                + value
                                + "; Path=/; HttpOnly"
                                + (secure(request) ? "; Secure" : "")
                                + "; SameSite="
                                + sameSite
                                + (lifetime == null ? "" : "; Max-Age=" + lifetime.toSeconds()));
    }

    /**
     * Sets the cookie of a journey, and lets the browser drop the oldest if it has many. Journeys
     * are for people and never run in frames, so that other sites cannot fill a browser with them.
     */
    static void setJourney(Request request, Response response, String name, String value) {
        List<String> known = request.cookieNames(Journeys.cookie(""));
        for (String old : known.subList(0, Math.max(0, known.size() + 1 - JOURNEYS_MAX))) {
            write(request, response, old, "", LAX, Duration.ZERO);
        }
        write(request, response, name, value, LAX, null);
    }

    static void remove(Request request, Response response, String name) {
        set(request, response, name, "", Duration.ZERO);
    }
}
