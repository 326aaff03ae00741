package dev.usher.graph;

import dev.usher.client.ClientCertificate;
import dev.usher.ids.Ids;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Violation;
import dev.usher.odata.Violation.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The credentials of an application or service principal as a client sends and sees them. Secrets
 * are added by {@code addPassword} alone; certificates by sending the whole list.
 */
final class AppCredentials {

    static final String SECRETS = "passwordCredentials";
    static final String CERTIFICATES = "keyCredentials";
    static final String KEY_ID = "keyId";

    private static final String KEY = "key";
    private static final String HASH = "secretHash";

    private AppCredentials() {}

    /**
     * Puts back what is kept with each credential and never shown, and reads new certificates.
     *
     * @throws Refusal 400 for a secret that the application has not got, or an unusable certificate
     */
    static void normalize(ObjectNode before, ObjectNode after, Ids ids) {
        ArrayNode secrets = JsonNodeFactory.instance.arrayNode();
        Map<String, JsonNode> known = byKeyId(before.path(SECRETS));
        for (JsonNode secret : after.path(SECRETS)) {
            JsonNode stored = known.get(secret.path(KEY_ID).asString(""));
            if (stored == null) {
                throw invalid(SECRETS, "New secrets are added by addPassword alone.");
            }
            secrets.add(stored.deepCopy());
        }
        after.set(SECRETS, secrets);
        ArrayNode certificates = JsonNodeFactory.instance.arrayNode();
        Map<String, JsonNode> uploaded = byKeyId(before.path(CERTIFICATES));
        for (JsonNode certificate : after.path(CERTIFICATES)) {
            JsonNode stored = uploaded.get(certificate.path(KEY_ID).asString(""));
            certificates.add(
                    stored == null || certificate.path(KEY).isString()
                            ? certificate(certificate, ids)
                            : stored.deepCopy());
        }
        after.set(CERTIFICATES, certificates);
    }

    /**
     * The stored form of a certificate that a client sent.
     *
     * @throws Refusal 400 if it is none, or of no use
     */
    static ObjectNode certificate(JsonNode given, Ids ids) {
        String keyId = given.path(KEY_ID).asString("");
        try {
            return ClientCertificate.stored(
                    keyId.isEmpty() ? ids.guid().toString() : keyId,
                    given.path("displayName").asString(""),
                    given.path(KEY).asString(""));
        } catch (IllegalArgumentException unusable) {
            throw invalid(
                    CERTIFICATES,
                    "A key credential is an X.509 certificate in base64 with an RSA key of at least"
                            + " "
                            + ClientCertificate.KEY_BITS_MIN
                            + " bits.");
        }
    }

    private static Map<String, JsonNode> byKeyId(JsonNode credentials) {
        Map<String, JsonNode> all = new HashMap<>();
        credentials.forEach(each -> all.put(each.path(KEY_ID).asString(""), each));
        return all;
    }

    /** Without hashes and keys. */
    static ObjectNode shown(ObjectNode stored) {
        if (stored.path(SECRETS).isEmpty() && stored.path(CERTIFICATES).isEmpty()) {
            return stored;
        }
        ObjectNode shown = stored.deepCopy();
        strip(shown.path(SECRETS), HASH);
        strip(shown.path(CERTIFICATES), KEY);
        return shown;
    }

    private static void strip(JsonNode credentials, String member) {
        for (JsonNode credential : credentials) {
            if (credential instanceof ObjectNode object) {
                object.remove(member);
            }
        }
    }

    static Refusal invalid(String name, String message) {
        return new Refusal(
                GraphError.INVALID_VALUE,
                message,
                name,
                List.of(new Violation(name, Rule.NOT_ALLOWED, message)));
    }
}
