package dev.usher.oauth;

import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.store.Store;
import dev.usher.token.Claims;
import dev.usher.token.FlowTokenVerifier;
import dev.usher.token.PersonClaims;
import dev.usher.token.TokenRefused;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The UserInfo endpoint of a user flow (OIDC Core 5.3): its claims as they are now. */
final class UserInfoEndpoint {

    private static final String BEARER = "bearer ";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<Set<String>> origins;
    private final Store store;
    private final Persons persons;
    private final FlowTokenVerifier verifier;

    UserInfoEndpoint(
            Supplier<Set<String>> origins,
            Store store,
            Persons persons,
            FlowTokenVerifier verifier) {
        this.origins = origins;
        this.store = store;
        this.persons = persons;
        this.verifier = verifier;
    }

    /** {@code GET} or {@code POST .../openid/v2.0/userinfo}, with an access token of the flow. */
    Response userInfo(Request request, Found found) {
        String header = request.headers().first("Authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return unauthorized("");
        }
        try {
            Claims claims =
                    verifier.accessToken(
                            found.tenant().id(),
                            header.substring(BEARER.length()).strip(),
                            found.issuers(origins.get()));
            if (!claims.text("tfp").filter(found.flow().id()::equalsIgnoreCase).isPresent()) {
                return unauthorized("The token was not issued by this user flow.");
            }
            return answer(found, claims);
        } catch (TokenRefused refused) {
            return unauthorized(String.valueOf(refused.getMessage()));
        }
    }

    private Response answer(Found found, Claims claims) {
        String userId = claims.text("sub").orElse("");
        Instant at = claims.time("auth_time").orElse(Instant.EPOCH).plusSeconds(1);
        Persons.Known person = store.read(found.tenant().id(), tx -> persons.find(tx, userId, at));
        if (person.standing() != Persons.Standing.GOOD) {
            return unauthorized("The person is not signed in any more.");
        }
        Map<String, Object> said =
                PersonClaims.of(
                        found.flow().claims(),
                        person.id(),
                        person.properties(),
                        false,
                        claims.text("idp").orElse(null));
        ObjectNode body = JSON.createObjectNode().put("sub", person.id());
        body.setAll(JSON.<ObjectNode>valueToTree(said));
        return FlowAnswers.document(body);
    }

    /** RFC 6750 section 3. */
    private static Response unauthorized(String why) {
        String challenge =
                why.isEmpty()
                        ? "Bearer"
                        : "Bearer error=\"invalid_token\", error_description=\""
                                + why.replace('"', '\'')
                                + "\"";
        return Response.empty(401)
                .with("WWW-Authenticate", challenge)
                .with("Access-Control-Allow-Origin", "*")
                .with("Cache-Control", "no-store");
    }
}
