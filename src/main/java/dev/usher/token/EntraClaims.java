package dev.usher.token;

import dev.usher.secret.Sha256;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What tokens of Entra's version 2 say of a person, beside whom they are for. */
public final class EntraClaims {

    /** {@code ver} of these tokens. */
    public static final String VERSION = "2.0";

    private EntraClaims() {}

    /**
     * The claims, by name.
     *
     * @param user the person's properties, as stored
     * @param scopes those of OpenID Connect that were asked for (OIDC Core 5.4)
     * @param identityProvider null for an account of the tenant's own
     */
    public static Map<String, Object> of(
            String userId,
            ObjectNode user,
            Collection<String> scopes,
            @Nullable String identityProvider) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("oid", userId);
        put(claims, "name", user.path("displayName").asString(""));
        put(claims, "preferred_username", name(user));
        if (scopes.contains("profile")) {
            put(claims, "given_name", user.path("givenName").asString(""));
            put(claims, "family_name", user.path("surname").asString(""));
        }
        if (scopes.contains("email")) {
            put(claims, "email", email(user));
        }
        if (identityProvider != null) {
            claims.put("idp", identityProvider);
        }
        return claims;
    }

    /** The same person is somebody else at each application (OIDC Core 8.1). */
    public static String subject(String clientId, String userId) {
        return Sha256.base64url(clientId + "|" + userId);
    }

    private static void put(Map<String, Object> claims, String name, String value) {
        if (!value.isEmpty()) {
            claims.put(name, value);
        }
    }

    /** What people know themselves by: what they sign in with, if they chose it. */
    private static String name(ObjectNode user) {
        return identity(user, "emailAddress")
                .or(() -> identity(user, "userName"))
                .or(() -> text(user, "mail"))
                .or(() -> text(user, "userPrincipalName"))
                .orElse("");
    }

    private static String email(ObjectNode user) {
        return text(user, "mail").or(() -> identity(user, "emailAddress")).orElse("");
    }

    private static Optional<String> identity(ObjectNode user, String signInType) {
        return StreamSupport.stream(user.path("identities").spliterator(), false)
                .filter(identity -> identity.path("signInType").asString("").equals(signInType))
                .flatMap(identity -> text(identity, "issuerAssignedId").stream())
                .findFirst();
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asString("")).filter(text -> !text.isEmpty());
    }
}
