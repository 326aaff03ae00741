package dev.usher.graph;

import dev.usher.odata.Refusal;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A certificate with its private key, uploaded in the form of PKCS #12 (RFC 7292). */
final class Pkcs12 {

    static final String VALUE = "pkcs12Value";
    static final String PASSWORD = "password";

    private Pkcs12() {}

    /**
     * Opens an upload.
     *
     * @param value the file, base64
     * @param password its password, which may be empty
     * @param path what stands before the members' names in a refusal
     * @return thumbprint and validity (seconds since 1970) as {@code pkcs12CertificateInformation}
     *     has them, and the file with its password, to be sealed
     * @throws Refusal 400 if it cannot be opened or holds no private key with a certificate
     */
    static ObjectNode open(@Nullable JsonNode value, @Nullable JsonNode password, String path) {
        Violations violations = new Violations();
        text(value, VALUE, path, violations);
        text(password, PASSWORD, path, violations);
        violations.refuse();
        if (value != null && password != null) {
            String file = value.stringValue().replaceAll("\\s", "");
            X509Certificate certificate = certificate(file, password.stringValue());
            if (certificate != null) {
                return stored(certificate, file, password.stringValue());
            }
        }
        violations.add(
                path + VALUE,
                Rule.NOT_ALLOWED,
                "'"
                        + VALUE
                        + "' is not a PKCS #12 file in base64 that its password opens and that"
                        + " holds a certificate with its private key.");
        violations.refuse();
        throw new IllegalStateException("a violation refuses");
    }

    private static void text(
            @Nullable JsonNode value, String name, String path, Violations violations) {
        if (value == null || !value.isString()) {
            violations.add(
                    path + name,
                    Rule.REQUIRED,
                    "The value must not be null. Parameter name: " + name);
        }
    }

    /** The certificate of the file's first private key; null if there is none to be had. */
    private static @Nullable X509Certificate certificate(String file, String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] secret = password.toCharArray();
            store.load(new ByteArrayInputStream(Base64.getDecoder().decode(file)), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)
                        && store.getKey(alias, secret) instanceof PrivateKey
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return certificate;
                }
            }
            return null;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static ObjectNode stored(X509Certificate certificate, String file, String password) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("thumbprint", thumbprint(certificate))
                .put("notBefore", certificate.getNotBefore().toInstant().getEpochSecond())
                .put("notAfter", certificate.getNotAfter().toInstant().getEpochSecond())
                .put(VALUE, file)
                .put(PASSWORD, password);
    }

    /** SHA-1 of the DER form, 40 upper-case hexadecimal digits. */
    private static String thumbprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate that was read has a form", impossible);
        }
    }
}
