package dev.usher.grant;

import dev.usher.client.Redirects.Platform;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an application was granted by a person's sign-in. Immutable.
 *
 * @param clientId the application, lower case
 * @param flowKey the user flow, folded
 * @param authority at which address it was asked for, and so is redeemed
 * @param userId the person's object id
 * @param scope as it was asked for
 * @param authenticatedAt when the person last entered a credential
 * @param platform what kind of program waited for the answer
 * @param nonce to be repeated in the id token; null if none was sent
 * @param newUser whether the account was made in this sign-in
 * @param identityProvider value of {@code idp}; null for a local account
 */
public record Grant(
        String clientId,
        String flowKey,
        Authority authority,
        String userId,
        String scope,
        Instant authenticatedAt,
        Platform platform,
        @Nullable String nonce,
        boolean newUser,
        @Nullable String identityProvider) {

    /** The same when it is refreshed: the sign-up is over, and the nonce was used. */
    public Grant refreshed() {
        return new Grant(
                clientId,
                flowKey,
                authority,
                userId,
                scope,
                authenticatedAt,
                platform,
                null,
                false,
                identityProvider);
    }

    /** As JSON; what has a column of its own is left out. */
    ObjectNode stored() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("authority", authority.name())
                .put("userId", userId)
                .put("scope", scope)
                .put("authenticatedAt", authenticatedAt.toString())
                .put("platform", platform.name())
                .put("nonce", nonce)
                .put("newUser", newUser)
                .put("identityProvider", identityProvider);
    }

    static Grant read(String clientId, String flowKey, JsonNode stored) {
        return new Grant(
                clientId,
                flowKey,
                Authority.valueOf(stored.path("authority").asString(Authority.USER_FLOW.name())),
                stored.path("userId").asString(),
                stored.path("scope").asString(),
                Instant.parse(stored.path("authenticatedAt").asString()),
                Platform.valueOf(stored.path("platform").asString()),
                text(stored, "nonce"),
                stored.path("newUser").asBoolean(),
                text(stored, "identityProvider"));
    }

    static JsonNode parse(String json) {
        return JsonMapper.shared().readTree(json);
    }

    static @Nullable String text(JsonNode stored, String name) {
        JsonNode value = stored.path(name);
        return value.isString() ? value.asString() : null;
    }
}
