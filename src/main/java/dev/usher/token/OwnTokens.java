package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.ids.TenantId;
import dev.usher.key.KeyRing;
import dev.usher.key.SigningKey;
import dev.usher.token.Delegations.Delegation;
import dev.usher.token.TokenRefused.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tokens that we issued: what was granted then counts only as far as it is granted now. */
final class OwnTokens {

    /** Of a delegated token: from when sessions counted when it was issued. */
    static final String SESSIONS_FROM = "sessions_from";

    private final Clients clients;
    private final Delegations delegations;
    private final KeyRing keys;
    private final TokenChecks checks;

    OwnTokens(Clients clients, Delegations delegations, KeyRing keys, TokenChecks checks) {
        this.clients = clients;
        this.delegations = delegations;
        this.keys = keys;
        this.checks = checks;
    }

    AccessToken verify(SignedJWT token, Claims claims, TenantId tenant, Set<String> audiences) {
        TokenChecks.algorithm(token, Set.of(JWSAlgorithm.RS256));
        String kid = token.getHeader().getKeyID();
        SigningKey key =
                (kid == null ? Optional.<SigningKey>empty() : keys.find(tenant, kid))
                        .orElseThrow(() ->
                                new TokenRefused(
                                        Reason.KEY_UNKNOWN,
                                        "The token was not signed by a key that its tenant"
                                                + " publishes."));
        if (!key.verifies(token)) {
            throw TokenChecks.badSignature();
        }
        TokenChecks.audience(claims, audiences);
        checks.times(claims, tenant);
        if (!claims.text("tid").equals(Optional.of(tenant.toString()))) {
            throw TokenChecks.malformed("its claims do not belong together");
        }
        Client client = enabledClient(tenant, claims);
        return claims.text("idtyp").equals(Optional.of("app"))
                ? application(tenant, client, claims)
                : delegated(tenant, client, claims);
    }

    private static AccessToken application(TenantId tenant, Client client, Claims claims) {
        Set<String> permissions = new TreeSet<>(claims.texts("roles"));
        permissions.retainAll(client.permissions());
        return new AccessToken(
                tenant,
                client.appId(),
                null,
                AccountKind.APPLICATION,
                Set.copyOf(permissions),
                client.roleIds(),
                TokenChecks.expiry(claims));
    }

    /** Scopes count as far as they are granted now; roles are those that the person has now. */
    private AccessToken delegated(TenantId tenant, Client client, Claims claims) {
        String scopes =
                claims.text("scp").orElseThrow(() -> TokenChecks.malformed("it has no scopes"));
        String userId =
                claims.text("oid").orElseThrow(() -> TokenChecks.malformed("it names no person"));
        Delegation now =
                delegations
                        .find(tenant, client.appId(), userId)
                        .orElseThrow(() ->
                                new TokenRefused(
                                        Reason.PERSON_UNKNOWN,
                                        "The person whom the token names does not exist any"
                                                + " more."));
        if (!now.person().enabled() || !now.open()) {
            throw new TokenRefused(
                    Reason.PERSON_DISABLED,
                    "The person whom the token names may not use the application any more.");
        }
        if (!claims.text(SESSIONS_FROM).orElse("").equals(now.person().sessionsFrom())) {
            throw new TokenRefused(
                    Reason.SESSION_ENDED,
                    "The person's sessions were ended after the token was issued.");
        }
        return new AccessToken(
                tenant,
                client.appId(),
                now.person().id(),
                AccountKind.WORK,
                Arrays.stream(scopes.split(" "))
                        .filter(scope -> now.scopes().contains(scope.toLowerCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                now.person().roleIds(),
                TokenChecks.expiry(claims));
    }

    private Client enabledClient(TenantId tenant, Claims claims) {
        Client client =
                claims.text("appid", "azp")
                        .flatMap(appId -> clients.byAppId(tenant, appId))
                        .orElseThrow(() ->
                                new TokenRefused(
                                        Reason.CLIENT_UNKNOWN,
                                        "The application that the token was issued to does"
                                                + " not exist in the tenant any more."));
        if (!client.enabled()) {
            throw new TokenRefused(
                    Reason.CLIENT_DISABLED,
                    "The application that the token was issued to is disabled.");
        }
        return client;
    }
}
