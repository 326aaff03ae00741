package dev.usher.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One RS256 key of a tenant. Thread-safe. */
public final class SigningKey {

    private final RSAKey publicKey;
    private final Instant notBefore;
    private final @Nullable Instant retireAt;
    private final JWSHeader header;
    private final JWSSigner signer;
    private final JWSVerifier verifier;

    SigningKey(
            RSAKey publicKey,
            Instant notBefore,
            @Nullable Instant retireAt,
            JWSSigner signer,
            JWSVerifier verifier) {
        this.publicKey = publicKey;
        this.notBefore = notBefore;
        this.retireAt = retireAt;
        this.signer = signer;
        this.verifier = verifier;
        this.header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(publicKey.getKeyID())
                        .build();
    }

    /** Its RFC 7638 thumbprint. */
    public String kid() {
        return publicKey.getKeyID();
    }

    /** Its public part, as published (RFC 7517). */
    public RSAKey publicKey() {
        return publicKey;
    }

    /** From when on it signs. */
    public Instant notBefore() {
        return notBefore;
    }

    /** When it is no longer published; null while no successor is known. */
    public @Nullable Instant retireAt() {
        return retireAt;
    }

    /** The claims as a signed token in compact form (RFC 7519). */
    public String sign(JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException broken) {
            throw new IllegalStateException("signing failed", broken);
        }
        return token.serialize();
    }

    /** Whether this key made the signature of an RS256 token. */
    public boolean verifies(SignedJWT token) {
        try {
            return JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm())
                    && token.verify(verifier);
        } catch (JOSEException unusable) {
            return false;
        }
    }

    boolean publishedAt(Instant now) {
        return retireAt == null || now.isBefore(retireAt);
    }

    /** Whether it may sign: until its successor does, which is {@link KeyRing#OVERLAP} earlier. */
    boolean signsAt(Instant now) {
        return !now.isBefore(notBefore)
                && (retireAt == null || now.isBefore(retireAt.minus(KeyRing.OVERLAP)));
    }
}
