package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.ids.TenantId;
import dev.usher.key.KeyRing;
import dev.usher.key.SigningKey;
import dev.usher.time.Clock;
import dev.usher.token.TokenRefused.Reason;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tokens of user flows when they come back to us. Thread-safe. */
public final class FlowTokenVerifier {

    private final KeyRing keys;
    private final TokenChecks checks;

    public FlowTokenVerifier(KeyRing keys, Clock clock) {
        this.keys = keys;
        this.checks = new TokenChecks(clock);
    }

    /**
     * The claims of an access token about a person.
     *
     * @param issuers what {@code iss} may be
     * @throws TokenRefused if it is none, of another issuer, or not valid now
     */
    public Claims accessToken(TenantId tenant, String token, Set<String> issuers) {
        Claims claims = signed(tenant, token, issuers);
        if (claims.text("azp").isEmpty() || !claims.has("auth_time")) {
            throw TokenChecks.malformed("it is no access token about a person");
        }
        checks.times(claims, tenant);
        return claims;
    }

    /**
     * The claims of an id token, expired or not (OIDC RP-Initiated Logout 1.0, section 4).
     *
     * @throws TokenRefused if it is none, or of another issuer
     */
    public Claims idToken(TenantId tenant, String token, Set<String> issuers) {
        Claims claims = signed(tenant, token, issuers);
        if (claims.has("azp")) {
            throw TokenChecks.malformed("it is no id token");
        }
        return claims;
    }

    private Claims signed(TenantId tenant, String token, Set<String> issuers) {
        SignedJWT parsed = parse(token);
        TokenChecks.algorithm(parsed, Set.of(JWSAlgorithm.RS256));
        String kid = parsed.getHeader().getKeyID();
        SigningKey key =
                (kid == null ? Optional.<SigningKey>empty() : keys.find(tenant, kid))
                        .orElseThrow(() ->
                                new TokenRefused(
                                        Reason.KEY_UNKNOWN,
                                        "The token was not signed by a key of the tenant."));
        if (!key.verifies(parsed)) {
            throw TokenChecks.badSignature();
        }
        Map<String, Object> values = parsed.getPayload().toJSONObject();
        Claims claims = new Claims(values == null ? Map.of() : values);
        if (claims.text("iss").filter(issuers::contains).isEmpty()) {
            throw new TokenRefused(Reason.ISSUER, "The token was not issued by this user flow.");
        }
        return claims;
    }

    private static SignedJWT parse(String token) {
        if (token.length() > AccessTokenVerifier.TOKEN_CHARS_MAX) {
            throw TokenChecks.malformed("it is too long");
        }
        try {
            if (Jose.token(token) instanceof SignedJWT signed) {
                return signed;
            }
        } catch (ParseException notOne) {
            throw TokenChecks.malformed("it is not a JSON Web Token");
        }
        throw TokenChecks.malformed("it is not a signed JSON Web Token");
    }
}
