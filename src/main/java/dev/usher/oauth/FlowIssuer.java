package dev.usher.oauth;

import dev.usher.grant.Grant;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.token.FlowTokens;
import dev.usher.token.IssuedToken;
import dev.usher.token.PersonClaims;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the tokens of a user flow about a person, and what MSAL wants to know beside them. */
final class FlowIssuer {

    private final FlowTokens tokens;

    FlowIssuer(FlowTokens tokens) {
        this.tokens = tokens;
    }

    FlowTokens tokens() {
        return tokens;
    }

    static FlowTokens.Terms terms(Found found, String clientId) {
        return new FlowTokens.Terms(
                found.tenant().id(),
                found.issuer(),
                found.flow().id(),
                clientId,
                found.flow().settings().tokenLifetime());
    }

    static FlowTokens.Person person(Found found, Grant grant, Persons.Known known) {
        return new FlowTokens.Person(
                known.id(),
                grant.authenticatedAt(),
                PersonClaims.of(
                        found.flow().claims(),
                        known.id(),
                        known.properties(),
                        grant.newUser(),
                        grant.identityProvider()));
    }

    IssuedToken accessToken(Found found, Grant grant, Persons.Known known, FlowScopes.Given given) {
        return tokens.accessToken(
                terms(found, grant.clientId()),
                person(found, grant, known),
                given.audience(),
                given.granted());
    }

    IssuedToken idToken(
            Found found,
            Grant grant,
            Persons.Known known,
            @Nullable String accessToken,
            @Nullable String code) {
        return tokens.idToken(
                terms(found, grant.clientId()),
                person(found, grant, known),
                grant.nonce(),
                accessToken,
                code);
    }

    /** The account for MSAL's cache: base64url of JSON. */
    static String clientInfo(Found found, String userId) {
        return base64url(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("uid", userId + "-" + found.flow().id().toLowerCase(Locale.ROOT))
                        .put("utid", found.tenant().id().toString()));
    }

    /** The person in brief, as B2C's token endpoint tells it: base64url of JSON. */
    static String profileInfo(Found found, Persons.Known known, @Nullable String provider) {
        ObjectNode profile =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("ver", "1.0")
                        .put("tid", found.tenant().id().toString())
                        .put("sub", known.id());
        String name = known.properties().path("displayName").asString("");
        profile.put("name", name.isEmpty() ? null : name);
        profile.putNull("preferred_username");
        profile.put("idp", provider);
        return base64url(profile);
    }

    private static String base64url(ObjectNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
