package dev.usher.client;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One item of an application's {@code keyCredentials} that can prove client assertions.
 *
 * @param sha1 the thumbprint that {@code x5t} names
 * @param sha256 the thumbprint that {@code x5t#S256} names
 */
public record ClientCertificate(
        RSAPublicKey key, byte[] sha1, byte[] sha256, Instant start, Instant end) {

    /** The shortest RSA key accepted, in bits (RFC 7518 3.3). */
    public static final int KEY_BITS_MIN = 2048;

    private static final String TYPE = "AsymmetricX509Cert";
    private static final String USAGE = "Verify";

    /**
     * The stored form of a certificate (Graph's {@code keyCredential}).
     *
     * @throws IllegalArgumentException if its key is not RSA of at least {@link #KEY_BITS_MIN} bits
     */
    static ObjectNode stored(String keyId, X509Certificate certificate) {
        if (rsaKey(certificate).isEmpty()) {
            throw new IllegalArgumentException(
                    "the certificate's key is not RSA of at least " + KEY_BITS_MIN + " bits");
        }
        byte[] der = encoded(certificate);
        return JsonNodeFactory.instance
                .objectNode()
                .put("keyId", keyId)
                .put("type", TYPE)
                .put("usage", USAGE)
                .put("displayName", certificate.getSubjectX500Principal().getName())
                .put("startDateTime", certificate.getNotBefore().toInstant().toString())
                .put("endDateTime", certificate.getNotAfter().toInstant().toString())
                .put(
                        "customKeyIdentifier",
                        Base64.getEncoder().encodeToString(digest("SHA-1", der)))
                .put("key", Base64.getEncoder().encodeToString(der));
    }

    /**
     * As above, from the DER form in base64.
     *
     * @param displayName as it is to be shown; empty for the certificate's own subject
     * @throws IllegalArgumentException if it is no certificate with such a key
     */
    public static ObjectNode stored(String keyId, String displayName, String base64) {
        X509Certificate certificate =
                parse(Base64.getDecoder().decode(base64))
                        .orElseThrow(() -> new IllegalArgumentException("not a certificate"));
        ObjectNode stored = stored(keyId, certificate);
        return displayName.isEmpty() ? stored : stored.put("displayName", displayName);
    }

    /** Empty for credentials that are not RSA certificates to verify with. */
    public static Optional<ClientCertificate> read(JsonNode credential) {
        if (!TYPE.equals(credential.path("type").asString(""))
                || !USAGE.equals(credential.path("usage").asString(""))) {
            return Optional.empty();
        }
        byte[] der = Base64.getDecoder().decode(credential.path("key").asString(""));
        return parse(der)
                .flatMap(ClientCertificate::rsaKey)
                .map(key ->
                        new ClientCertificate(
                                key,
                                digest("SHA-1", der),
                                digest("SHA-256", der),
                                Instant.parse(credential.path("startDateTime").asString()),
                                Instant.parse(credential.path("endDateTime").asString())));
    }

    public boolean validAt(Instant now) {
        return !now.isBefore(start) && now.isBefore(end);
    }

    private static Optional<X509Certificate> parse(byte[] der) {
        try {
            return Optional.of(
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<RSAPublicKey> rsaKey(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAPublicKey key
                        && key.getModulus().bitLength() >= KEY_BITS_MIN
                ? Optional.of(key)
                : Optional.empty();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException damaged) {
            throw new IllegalArgumentException("the certificate has no DER form", damaged);
        }
    }

    private static byte[] digest(String algorithm, byte[] der) {
        try {
            return MessageDigest.getInstance(algorithm).digest(der);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }
}
