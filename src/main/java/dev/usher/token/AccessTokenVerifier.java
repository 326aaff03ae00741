package dev.usher.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.ids.TenantId;
import dev.usher.key.KeyRing;
import dev.usher.secret.Sha256;
import dev.usher.store.Generations;
import dev.usher.store.Store;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import dev.usher.token.TokenRefused.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens for the Graph API. A verified token is remembered by its SHA-256 until it
 * expires, or its tenant's register entry, keys, applications or grants change. Our own tokens for
 * people are verified each time: people change too often. Thread-safe.
 */
public final class AccessTokenVerifier {

    /** The longest token looked at, in characters. */
    public static final int TOKEN_CHARS_MAX = 16_384;

    /** The most tokens remembered. */
    public static final int REMEMBERED_MAX = 50_000;

    /** How long a token is remembered at most: bounds what a trusted issuer's change may miss. */
    public static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    private record Remembered(long generation, AccessToken token) {}

    private final Supplier<Set<String>> origins;
    private final Tenants tenants;
    private final Map<String, TrustedIssuer> trusted;
    private final OwnTokens own;
    private final ExternalTokens external;
    private final Clock clock;
    private final Generations generations;
    private final Cache<String, Remembered> remembered =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED_MAX)
                    .expireAfterWrite(REMEMBERED_FOR)
                    .build();

    /**
     * A verifier. Its change listener must come after those of the services that it asks, so it is
     * made after them.
     *
     * @param origins our configured origins, without trailing slash; asked anew for each token
     * @param trusted other authorities whose tokens are accepted
     */
    public AccessTokenVerifier(
            Supplier<Set<String>> origins,
            Store store,
            Tenants tenants,
            Clients clients,
            Delegations delegations,
            KeyRing keys,
            List<TrustedIssuer> trusted,
            JwksSource jwks,
            Clock clock) {
        TokenChecks checks = new TokenChecks(clock);
        this.origins = origins;
        this.tenants = tenants;
        this.trusted =
                trusted.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        TrustedIssuer::issuer, Function.identity()));
        this.own = new OwnTokens(clients, delegations, keys, checks);
        this.external = new ExternalTokens(new RemoteKeys(jwks, clock), checks);
        this.clock = clock;
        Set<String> kinds = new HashSet<>(Clients.KINDS);
        kinds.add(Tenants.KIND);
        kinds.add(KeyRing.KIND);
        this.generations = new Generations(store, kinds);
    }

    /**
     * The token's meaning.
     *
     * @param bearer the token, without {@code Bearer}
     * @throws TokenRefused if it is not accepted, or not any more
     */
    public AccessToken verify(String bearer) {
        if (bearer.length() > TOKEN_CHARS_MAX) {
            throw TokenChecks.malformed("it is longer than " + TOKEN_CHARS_MAX + " characters");
        }
        String hash = Sha256.base64url(bearer);
        Remembered known = remembered.getIfPresent(hash);
        if (known != null && known.generation == generations.of(known.token.tenant())) {
            if (!clock.now(known.token.tenant()).isBefore(known.token.expires())) {
                throw TokenChecks.expired();
            }
            return known.token;
        }
        return verify(hash, bearer);
    }

    private AccessToken verify(String hash, String bearer) {
        SignedJWT token = parse(bearer);
        Claims claims = claims(token);
        Set<String> ours = origins.get();
        String issuer = claims.text("iss").orElse("");
        TrustedIssuer other = trusted.get(issuer);
        TenantId tenant = tenant(Issuers.tenantOf(issuer, ours), other);
        long generation = generations.of(tenant);
        if (tenants.find(tenant).filter(Tenant::active).isEmpty()) {
            throw noTenant();
        }
        AccessToken verified =
                other == null
                        ? own.verify(token, claims, tenant, audiences(ours))
                        : external.verify(token, claims, tenant, other, audiences(ours));
        boolean changesWithThePerson = other == null && verified.userId() != null;
        if (!changesWithThePerson) {
            remembered.put(hash, new Remembered(generation, verified));
        }
        return verified;
    }

    /** An issuer configured as another authority is one, even under an origin of ours. */
    private TenantId tenant(Optional<TenantId> ours, @Nullable TrustedIssuer other) {
        if (other != null) {
            return tenants.find(other.tenant())
                    .map(Tenant::id)
                    .orElseThrow(AccessTokenVerifier::noTenant);
        }
        return ours.orElseThrow(
                () -> new TokenRefused(Reason.ISSUER, "The token's issuer is not trusted here."));
    }

    private static TokenRefused noTenant() {
        return new TokenRefused(
                Reason.TENANT, "The token's tenant does not exist here or is disabled.");
    }

    private static Set<String> audiences(Set<String> origins) {
        Set<String> audiences = new HashSet<>(origins);
        audiences.add(Issuers.GRAPH);
        audiences.add(Issuers.GRAPH + "/");
        audiences.add(GraphPermissions.APP_ID);
        return audiences;
    }

    private static SignedJWT parse(String bearer) {
        try {
            return switch (Jose.token(bearer)) {
                case SignedJWT signed -> signed;
                case PlainJWT _ ->
                        throw new TokenRefused(Reason.ALGORITHM, "The token is not signed.");
                default -> throw TokenChecks.malformed("it is not a signed JSON Web Token");
            };
        } catch (ParseException notOne) {
            throw TokenChecks.malformed("it is not a JSON Web Token");
        }
    }

    private static Claims claims(SignedJWT token) {
        Map<String, Object> claims = token.getPayload().toJSONObject();
        if (claims == null) {
            throw TokenChecks.malformed("its claims are not a JSON object");
        }
        return new Claims(claims);
    }
}
