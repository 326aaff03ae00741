package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.ids.TenantId;
import dev.usher.key.KeyRing;
import dev.usher.key.SigningKey;
import dev.usher.token.TokenRefused.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tokens that we issued: what was granted then counts only as far as it is granted now. */
final class OwnTokens {

    private final Clients clients;
    private final KeyRing keys;
    private final TokenChecks checks;

    OwnTokens(Clients clients, KeyRing keys, TokenChecks checks) {
        this.clients = clients;
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
        if (!claims.text("tid").equals(Optional.of(tenant.toString()))
                || !claims.text("idtyp").equals(Optional.of("app"))) {
            throw TokenChecks.malformed("its claims do not belong together");
        }
        Client client = enabledClient(tenant, claims);
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

    private Client enabledClient(TenantId tenant, Claims claims) {
        Client client =
                claims.text("appid")
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
