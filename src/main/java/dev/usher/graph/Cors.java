package dev.usher.graph;

import dev.usher.http.Request;
import dev.usher.http.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * Cross-origin answers (Fetch standard). Any origin may call: a bearer token is the credential, and
 * no cookie is ever read here.
 */
final class Cors {

    private static final int PREFLIGHT_SECONDS = 3600;
    private static final String EXPOSED =
            "request-id, client-request-id, Location, ETag, OData-EntityId, Preference-Applied,"
                    + " Retry-After, Deprecation, Sunset, Link, x-compat-placeholder, x-usher-hint,"
                    + " x-usher-flow-check, x-ms-ags-diagnostic";

    private Cors() {}

    /** Needs no token: what a resource can do is public, as the schema is. */
    static Response options(Request request, List<String> methods) {
        List<String> all = new ArrayList<>(methods);
        if (all.contains("GET")) {
            all.add(1, "HEAD");
        }
        String allowed = String.join(", ", all);
        Response response = Response.empty(204).with("Allow", allowed + ", OPTIONS");
        if (request.headers().first("Origin").isEmpty()) {
            return response;
        }
        response.with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Allow-Methods", allowed)
                .with("Access-Control-Max-Age", Integer.toString(PREFLIGHT_SECONDS));
        request.headers()
                .first("Access-Control-Request-Headers")
                .filter(headers -> headers.matches("[A-Za-z0-9, _-]{1,1000}"))
                .ifPresent(headers -> response.with("Access-Control-Allow-Headers", headers));
        return response;
    }

    static Response allow(Request request, Response response) {
        return request.headers().has("Origin")
                ? response.with("Access-Control-Allow-Origin", "*")
                        .with("Access-Control-Expose-Headers", EXPOSED)
                : response;
    }
}
