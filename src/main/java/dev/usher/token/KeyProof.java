package dev.usher.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.client.ClientCertificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The token by which an application proves that it has the private key of one of its certificates
 * when it rolls them (Graph's {@code addKey} and {@code removeKey}).
 */
public final class KeyProof {

    /** The audience of such tokens: the directory, by its older id. */
    public static final String AUDIENCE = "00000002-0000-0000-c000-000000000000";

    /** How long such a token may be valid. */
    public static final Duration LIFETIME_MAX = Duration.ofMinutes(10);

    /** The longest one that is read, in characters. */
    public static final int CHARS_MAX = 16_384;

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);

    private KeyProof() {}

    /**
     * Whether one of the certificates, valid now, signed the token for this purpose.
     *
     * @param objectId of the application
     */
    public static boolean holds(
            String proof, String objectId, List<ClientCertificate> certificates, Instant now) {
        if (proof.length() > CHARS_MAX) {
            return false;
        }
        try {
            return Jose.token(proof) instanceof SignedJWT token
                    && ALGORITHMS.contains(token.getHeader().getAlgorithm())
                    && says(token, objectId, now)
                    && certificates.stream()
                            .filter(certificate -> certificate.validAt(now))
                            .anyMatch(certificate -> signed(token, certificate));
        } catch (ParseException malformed) {
            return false;
        }
    }

    private static boolean says(SignedJWT token, String objectId, Instant now) {
        Map<String, Object> values = token.getPayload().toJSONObject();
        if (values == null) {
            return false;
        }
        Claims claims = new Claims(values);
        Optional<Instant> begins = claims.time("nbf");
        Optional<Instant> ends = claims.time("exp");
        return claims.texts("aud").contains(AUDIENCE)
                && claims.text("iss").filter(objectId::equalsIgnoreCase).isPresent()
                && begins.isPresent()
                && ends.isPresent()
                && !begins.get().isAfter(now.plus(TokenChecks.SKEW_MAX))
                && now.isBefore(ends.get())
                && !ends.get().isAfter(begins.get().plus(LIFETIME_MAX));
    }

    private static boolean signed(SignedJWT token, ClientCertificate certificate) {
        try {
            return token.verify(new RSASSAVerifier(certificate.key()));
        } catch (JOSEException unusable) {
            return false;
        }
    }
}
