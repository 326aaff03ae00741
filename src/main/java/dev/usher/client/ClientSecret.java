package dev.usher.client;

import dev.usher.secret.Sha256;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One item of an application's {@code passwordCredentials}. Only the SHA-256 of the secret is kept;
 * that suffices for secrets that cannot be guessed.
 */
public record ClientSecret(String hash, Instant start, Instant end) {

    /** The property that Graph does not have: it is stored and never shown. */
    private static final String HASH = "secretHash";

    private static final int HINT_CHARS = 3;

    /** The stored form of a secret (Graph's {@code passwordCredential}). */
    static ObjectNode stored(String keyId, String name, String secret, Instant start, Instant end) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("keyId", keyId)
                .put("displayName", name)
                .put("hint", secret.substring(0, HINT_CHARS))
                .put("startDateTime", start.toString())
                .put("endDateTime", end.toString())
                .put(HASH, Sha256.base64url(secret));
    }

    static ClientSecret read(JsonNode credential) {
        return new ClientSecret(
                credential.path(HASH).asString(""),
                Instant.parse(credential.path("startDateTime").asString()),
                Instant.parse(credential.path("endDateTime").asString()));
    }

    boolean matches(String hashOfGiven) {
        return Sha256.equal(hash, hashOfGiven);
    }

    boolean validAt(Instant now) {
        return !now.isBefore(start) && now.isBefore(end);
    }

    @Override
    public String toString() {
        return "ClientSecret[" + start + ", " + end + "]";
    }
}
