package dev.usher.graph;

import dev.usher.http.Request;
import dev.usher.http.Response;

/**
 * Cross-origin answers (Fetch standard). Any origin may call: a bearer token is the credential, and
 * no cookie is ever read here.
 */
final class Cors {

    private static final int PREFLIGHT_SECONDS = 3600;
    private static final String EXPOSED =
            "request-id, client-request-id, Location, ETag, OData-EntityId, Preference-Applied,"
                    + " Retry-After, Deprecation, Sunset, Link, x-compat-placeholder,"
                    + " x-ms-ags-diagnostic";

    private Cors() {}

    /** A preflight needs no token; it is answered alike for every path. */
    static Response preflight(Request request) {
        Response response =
                Response.empty(204).with("Allow", "GET, POST, PATCH, PUT, DELETE, OPTIONS");
        if (request.headers().first("Origin").isEmpty()) {
            return response;
        }
        response.with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE")
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
