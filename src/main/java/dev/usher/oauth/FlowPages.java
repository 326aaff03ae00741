package dev.usher.oauth;

import dev.usher.http.Response;
import java.util.List;
import java.util.Map;

/** The pages that the endpoints of a user flow show themselves. */
interface FlowPages {

    /** What went wrong, in words, with what support staff ask for. */
    Response error(
            int status, String code, String sentence, String correlationId, String timestamp);

    /** A form that sends itself (OAuth 2.0 Form Post Response Mode). */
    Response formPost(String uri, Map<String, String> fields);

    /**
     * Tells the applications that the person signed out (OIDC Front-Channel Logout 1.0, 2), and
     * then goes on.
     *
     * @param logoutUrls of the applications
     * @param next where to go then; empty to stay on a page that says so
     */
    Response signedOut(List<String> logoutUrls, String next);
}
