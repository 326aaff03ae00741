package dev.usher.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.client.Client;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.key.KeyRing;
import dev.usher.secret.Sha256;
import dev.usher.time.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Issues the tokens that follow from a person's way through a user flow, in the format that Azure
 * AD B2C's clients know, or in that of Entra.
 */
public final class FlowTokens {

    private final KeyRing keys;
    private final Clock clock;
    private final Ids ids;

    /** Signs with the tenant's key of the moment. */
    public FlowTokens(KeyRing keys, Clock clock, Ids ids) {
        this.keys = keys;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Under what tokens are issued.
     *
     * @param issuer the {@code iss} at the address that was asked
     * @param marks what every token says beside, such as {@code ver}
     * @param clientId who asks
     * @param lifetime of each token
     */
    public record Terms(
            TenantId tenant,
            String issuer,
            Map<String, String> marks,
            String clientId,
            Duration lifetime) {}

    /**
     * Whom a token is about.
     *
     * @param subject {@code sub}
     * @param claims as of {@link PersonClaims}
     */
    public record Person(String subject, Instant authenticatedAt, Map<String, Object> claims) {}

    /**
     * An id token (OIDC Core 2).
     *
     * @param nonce as the application sent it
     * @param accessToken handed out beside it by the authorization endpoint, for {@code at_hash}
     * @param code likewise, for {@code c_hash} (OIDC Core 3.3.2.11)
     */
    public IssuedToken idToken(
            Terms terms,
            Person person,
            @Nullable String nonce,
            @Nullable String accessToken,
            @Nullable String code) {
        return issue(
                terms,
                terms.clientId,
                claims -> {
                    of(claims, person);
                    if (nonce != null) {
                        claims.claim("nonce", nonce);
                    }
                    if (accessToken != null) {
                        claims.claim("at_hash", halfHash(accessToken));
                    }
                    if (code != null) {
                        claims.claim("c_hash", halfHash(code));
                    }
                });
    }

    /**
     * An access token with which the client acts for a person.
     *
     * @param audience the client id of the API
     * @param scopes what it may do there; none at an API of the client's own
     */
    public IssuedToken accessToken(
            Terms terms, Person person, String audience, Collection<String> scopes) {
        return issue(
                terms,
                audience,
                claims -> {
                    of(claims, person);
                    claims.claim("azp", terms.clientId).claim("uti", TokenIds.unique(ids));
                    if (!scopes.isEmpty()) {
                        claims.claim("scp", String.join(" ", scopes));
                    }
                });
    }

    /** An access token with which the client acts by itself. */
    public IssuedToken clientToken(
            Terms terms, Client client, String audience, Collection<String> roles) {
        return issue(
                terms,
                audience,
                claims ->
                        claims.subject(client.principalId())
                                .claim("oid", client.principalId())
                                .claim("azp", client.appId())
                                .claim("uti", TokenIds.unique(ids))
                                .claim("scp", String.join(" ", roles)));
    }

    @FunctionalInterface
    private interface More {
        void to(JWTClaimsSet.Builder claims);
    }

    private IssuedToken issue(Terms terms, String audience, More more) {
        Instant now = clock.now(terms.tenant).truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(terms.lifetime);
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(terms.issuer)
                        .audience(audience)
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(expires))
                        .claim("tid", terms.tenant.toString());
        terms.marks.forEach(claims::claim);
        more.to(claims);
        return new IssuedToken(keys.signer(terms.tenant).sign(claims.build()), now, expires);
    }

    private static void of(JWTClaimsSet.Builder claims, Person person) {
        claims.subject(person.subject).claim("auth_time", person.authenticatedAt.getEpochSecond());
        person.claims.forEach(claims::claim);
    }

    /** The left half of the SHA-256 (OIDC Core 3.1.3.6). */
    private static String halfHash(String value) {
        byte[] hash = Sha256.bytes(value.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }
}
