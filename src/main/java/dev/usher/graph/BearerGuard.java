package dev.usher.graph;

import dev.usher.http.Request;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.token.AccessToken;
import dev.usher.token.AccessTokenVerifier;
import dev.usher.token.TokenRefused;
import java.util.List;

/** {@code Request -> AccessToken}: who calls (RFC 6750 2.1; tokens come in the header alone). */
final class BearerGuard {

    private static final String SCHEME = "Bearer ";

    private final AccessTokenVerifier verifier;

    BearerGuard(AccessTokenVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * @throws Refusal 401, saying why the token is not accepted
     */
    AccessToken caller(Request request) {
        List<String> headers = request.headers().all("Authorization");
        if (headers.isEmpty()) {
            throw refused("Access token is empty.");
        }
        String header = headers.getFirst();
        boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (headers.size() > 1 || !bearer) {
            throw refused("The Authorization header must hold one Bearer token.");
        }
        try {
            AccessToken caller = verifier.verify(header.substring(SCHEME.length()).strip());
            request.trail().tenant(caller.tenant());
            request.trail().client(caller.clientId());
            return caller;
        } catch (TokenRefused refusal) {
            throw refused(String.valueOf(refusal.getMessage()));
        }
    }

    private static Refusal refused(String why) {
        return new Refusal(GraphError.NO_TOKEN, why);
    }
}
