package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.ids.TenantId;
import dev.usher.time.Clock;
import dev.usher.token.TokenRefused.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;

/** The checks that tokens of every issuer undergo. */
final class TokenChecks {

    /** How far another machine's clock may be ahead of ours. */
    static final Duration SKEW_MAX = Duration.ofMinutes(5);

    private final Clock clock;

    TokenChecks(Clock clock) {
        this.clock = clock;
    }

    /** Only algorithms of the list, chosen by us and not by the token (RFC 8725 section 3.1). */
    static void algorithm(SignedJWT token, Set<JWSAlgorithm> accepted) {
        if (!accepted.contains(token.getHeader().getAlgorithm())) {
            throw new TokenRefused(
                    Reason.ALGORITHM, "The token's signature algorithm is not accepted.");
        }
    }

    static void audience(Claims claims, Set<String> accepted) {
        if (Collections.disjoint(claims.texts("aud"), accepted)) {
            throw new TokenRefused(Reason.AUDIENCE, "The token is meant for another audience.");
        }
    }

    /** Not before {@code nbf}, with some tolerance; not at or after {@code exp}, with none. */
    void times(Claims claims, TenantId tenant) {
        Instant now = clock.now(tenant);
        if (!now.isBefore(expiry(claims))) {
            throw expired();
        }
        if (claims.has("nbf")
                && claims.time("nbf")
                        .orElseThrow(() -> malformed("nbf is not a time"))
                        .isAfter(now.plus(SKEW_MAX))) {
            throw new TokenRefused(Reason.NOT_YET_VALID, "The token is not valid yet.");
        }
    }

    static Instant expiry(Claims claims) {
        return claims.time("exp").orElseThrow(() -> malformed("exp is missing or not a time"));
    }

    static TokenRefused expired() {
        return new TokenRefused(Reason.EXPIRED, "The token has expired.");
    }

    static TokenRefused badSignature() {
        return new TokenRefused(Reason.SIGNATURE, "The token's signature is not valid.");
    }

    static TokenRefused malformed(String why) {
        return new TokenRefused(Reason.MALFORMED, "The token is not well-formed: " + why + ".");
    }
}
