package dev.usher.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.client.Client;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.key.KeyRing;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.TreeSet;

/** Issues access tokens for the Graph API, in the format that Graph gets from Entra (version 1). */
public final class TokenIssuer {

    /** How long an access token lives. */
    public static final Duration LIFETIME = Duration.ofSeconds(3599);

    private static final int UTI_BYTES = 16;

    private final KeyRing keys;
    private final Clock clock;
    private final Ids ids;

    /** Signs with the tenant's key of the moment. */
    public TokenIssuer(KeyRing keys, Clock clock, Ids ids) {
        this.keys = keys;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * A token with which the client acts by itself, with the permissions granted to it.
     *
     * @param origin the configured origin at which it was asked for, without trailing slash
     */
    public IssuedToken forClient(TenantId tenant, Client client, ClientProof proof, String origin) {
        Instant now = clock.now(tenant).truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(LIFETIME);
        String issuer = Issuers.of(origin, tenant);
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .audience(Issuers.GRAPH)
                        .issuer(issuer)
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(expires))
                        .claim("app_displayname", client.displayName())
                        .claim("appid", client.appId())
                        .claim("appidacr", proof.claim())
                        .claim("idp", issuer)
                        .claim("idtyp", "app")
                        .claim("oid", client.principalId())
                        .subject(client.principalId())
                        .claim("tid", tenant.toString())
                        .claim("uti", uti())
                        .claim("ver", "1.0");
        if (!client.permissions().isEmpty()) {
            claims.claim("roles", new TreeSet<>(client.permissions()).stream().toList());
        }
        return new IssuedToken(keys.signer(tenant).sign(claims.build()), now, expires);
    }

    /** An id of the token, unique for all time, as {@code jti} is elsewhere. */
    private String uti() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(UTI_BYTES));
    }
}
