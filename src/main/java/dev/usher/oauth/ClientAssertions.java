package dev.usher.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.client.Client;
import dev.usher.client.ClientCertificate;
import dev.usher.client.FederatedCredential;
import dev.usher.tenant.Tenant;
import dev.usher.time.Clock;
import dev.usher.token.Claims;
import dev.usher.token.ClientProof;
import dev.usher.token.Jose;
import dev.usher.token.RemoteIssuers;
import dev.usher.token.TokenRefused;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Client assertions (RFC 7523 section 3) signed with a certificate of the application, or tokens of
 * another issuer that the application trusts ({@code federatedIdentityCredentials}). Lenient where
 * the Microsoft libraries differ: thumbprints in base64 or base64url, times with a fraction, no
 * {@code iat}, any spelling of the tenant in {@code aud}. Thread-safe.
 */
final class ClientAssertions {

    /** How far ahead an assertion may expire. */
    static final Duration LIFETIME_MAX = Duration.ofHours(1);

    /** The same of another issuer's token, which it made for its own purposes. */
    static final Duration FEDERATED_LIFETIME_MAX = Duration.ofHours(24);

    /** How much the client's clock may differ from ours. */
    static final Duration SKEW_MAX = Duration.ofMinutes(5);

    /** The longest assertion read, in characters. */
    static final int CHARS_MAX = 16_384;

    /** The most assertions remembered as used. */
    static final int USED_MAX = 100_000;

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);

    private final Supplier<Set<String>> origins;
    private final RemoteIssuers issuers;
    private final Clock clock;
    private final boolean singleUse;
    private final Cache<List<String>, Boolean> used =
            Caffeine.newBuilder()
                    .maximumSize(USED_MAX)
                    .expireAfterWrite(LIFETIME_MAX.plus(SKEW_MAX.multipliedBy(2)))
                    .build();

    ClientAssertions(
            Supplier<Set<String>> origins, RemoteIssuers issuers, Clock clock, boolean singleUse) {
        this.origins = origins;
        this.issuers = issuers;
        this.clock = clock;
        this.singleUse = singleUse;
    }

    /** The subject of an assertion, unverified. */
    static Optional<String> claimedClient(String assertion) {
        return claims(parse(assertion)).text("sub");
    }

    /**
     * Makes sure that the client made the assertion, for this tenant, now.
     *
     * @param more audiences that count beside those of the tenant's own endpoints; lower case
     * @throws AadRefused with what is wrong
     */
    ClientProof verify(String assertion, Client client, Tenant tenant, Set<String> more) {
        SignedJWT token = parse(assertion);
        Claims claims = claims(token);
        Instant now = clock.now(tenant.id());
        String issuer = claims.text("iss").orElse("");
        if (issuer.contains("://")) {
            federated(token, claims, issuer, client);
            times(claims, now, FEDERATED_LIFETIME_MAX);
            return ClientProof.FEDERATED;
        }
        if (!named(claims, "iss", client) || !named(claims, "sub", client)) {
            throw new AadRefused(AadError.ASSERTION_CLIENT, client.appId());
        }
        signature(token, client, now);
        Set<String> audiences = new HashSet<>(TenantAddress.audiences(tenant, origins.get()));
        audiences.addAll(more);
        if (claims.texts("aud").stream()
                .noneMatch(audience -> audiences.contains(audience.toLowerCase(Locale.ROOT)))) {
            throw new AadRefused(AadError.ASSERTION_AUDIENCE);
        }
        times(claims, now, LIFETIME_MAX);
        if (singleUse) {
            useOnce(claims, client, tenant);
        }
        return ClientProof.CERTIFICATE;
    }

    /**
     * A token of somebody else speaks for the client if one of its credentials names issuer,
     * subject and audience; only then are the issuer's keys asked for.
     */
    private void federated(SignedJWT token, Claims claims, String issuer, Client client) {
        List<FederatedCredential> known =
                client.federated().stream().filter(each -> each.issuer().equals(issuer)).toList();
        if (known.isEmpty()) {
            throw new AadRefused(AadError.FEDERATED_ISSUER, issuer);
        }
        String subject = claims.text("sub").orElse("");
        List<FederatedCredential> same =
                known.stream().filter(each -> each.subject().equals(subject)).toList();
        if (same.isEmpty()) {
            throw new AadRefused(AadError.FEDERATED_SUBJECT, subject);
        }
        Set<String> audiences = claims.texts("aud");
        if (same.stream().allMatch(each -> Collections.disjoint(each.audiences(), audiences))) {
            throw new AadRefused(AadError.FEDERATED_AUDIENCE, String.join(", ", audiences));
        }
        try {
            issuers.verify(issuer, token);
        } catch (TokenRefused refused) {
            throw refused.reason() == TokenRefused.Reason.KEYS_UNAVAILABLE
                    ? new AadRefused(AadError.FEDERATED_UNREACHABLE, issuer)
                    : new AadRefused(AadError.FEDERATED_KEY);
        }
    }

    private static boolean named(Claims claims, String claim, Client client) {
        return claims.text(claim).filter(client.appId()::equalsIgnoreCase).isPresent();
    }

    private static void signature(SignedJWT token, Client client, Instant now) {
        if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
            throw new AadRefused(AadError.ASSERTION_KEY, "the algorithm must be RS256 or PS256");
        }
        Claims header = new Claims(token.getHeader().toJSONObject());
        ClientCertificate certificate =
                client.certificates().stream()
                        .filter(candidate -> named(header, candidate))
                        .findFirst()
                        .orElseThrow(() ->
                                new AadRefused(
                                        AadError.ASSERTION_KEY,
                                        "no certificate has the thumbprint of x5t or"
                                                + " x5t#S256"));
        if (!certificate.validAt(now)) {
            throw new AadRefused(AadError.ASSERTION_KEY, "the certificate is not valid now");
        }
        try {
            if (!token.verify(new RSASSAVerifier(certificate.key()))) {
                throw new AadRefused(AadError.ASSERTION_KEY, "the signature does not match");
            }
        } catch (JOSEException unusable) {
            throw new AadRefused(AadError.ASSERTION_KEY, "the signature cannot be checked");
        }
    }

    /** Whether the header's thumbprints, one at least, are those of the certificate. */
    private static boolean named(Claims header, ClientCertificate certificate) {
        Optional<String> sha256 = header.text("x5t#S256");
        Optional<String> sha1 = header.text("x5t");
        return (sha256.isPresent() || sha1.isPresent())
                && sha256.map(text -> same(text, certificate.sha256())).orElse(true)
                && sha1.map(text -> same(text, certificate.sha1())).orElse(true);
    }

    private static boolean same(String thumbprint, byte[] expected) {
        String base64Url = thumbprint.replace('+', '-').replace('/', '_').replace("=", "");
        try {
            return MessageDigest.isEqual(Base64.getUrlDecoder().decode(base64Url), expected);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static void times(Claims claims, Instant now, Duration lifetimeMax) {
        Instant expires = time(claims, "exp").orElseThrow(() -> late("it has no exp"));
        if (!now.minus(SKEW_MAX).isBefore(expires)) {
            throw late("it has expired");
        }
        if (expires.isAfter(now.plus(lifetimeMax).plus(SKEW_MAX))) {
            throw late("it expires later than in " + lifetimeMax.toMinutes() + " minutes");
        }
        if (inFuture(claims, "nbf", now) || inFuture(claims, "iat", now)) {
            throw late("it is not valid yet");
        }
    }

    private static boolean inFuture(Claims claims, String name, Instant now) {
        return time(claims, name).filter(now.plus(SKEW_MAX)::isBefore).isPresent();
    }

    private static Optional<Instant> time(Claims claims, String name) {
        Optional<Instant> time = claims.time(name);
        if (time.isEmpty() && claims.has(name)) {
            throw late(name + " is not a number of seconds");
        }
        return time;
    }

    private static AadRefused late(String why) {
        return new AadRefused(AadError.ASSERTION_TIME, why);
    }

    private void useOnce(Claims claims, Client client, Tenant tenant) {
        String jti =
                claims.text("jti")
                        .orElseThrow(() ->
                                new AadRefused(AadError.ASSERTION_MALFORMED, "it has no jti"));
        List<String> key = List.of(tenant.id().toString(), client.appId(), jti);
        if (used.asMap().putIfAbsent(key, true) != null) {
            throw new AadRefused(AadError.ASSERTION_REPLAYED);
        }
    }

    private static SignedJWT parse(String assertion) {
        if (assertion.length() > CHARS_MAX) {
            throw new AadRefused(AadError.ASSERTION_MALFORMED, "it is too long");
        }
        try {
            if (Jose.token(assertion) instanceof SignedJWT signed) {
                return signed;
            }
        } catch (ParseException notOne) {
            throw notSigned();
        }
        throw notSigned();
    }

    private static AadRefused notSigned() {
        return new AadRefused(AadError.ASSERTION_MALFORMED, "it is not a signed token");
    }

    private static Claims claims(SignedJWT token) {
        Map<String, Object> claims = token.getPayload().toJSONObject();
        if (claims == null) {
            throw new AadRefused(AadError.ASSERTION_MALFORMED, "its claims are not a JSON object");
        }
        return new Claims(claims);
    }
}
