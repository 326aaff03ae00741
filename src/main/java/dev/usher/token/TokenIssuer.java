package dev.usher.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.client.Client;
import dev.usher.directory.Person;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.key.KeyRing;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens for the Graph API: to clients by themselves in the format that Graph gets
 * from Entra (version 1), to clients acting for people in that of version 2, with ID tokens.
 */
public final class TokenIssuer {

    /** How long an access token lives. */
    public static final Duration LIFETIME = Duration.ofSeconds(3599);

    /** {@code azpacr} of a client that proved nothing. */
    private static final String PUBLIC = "0";

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
                        .claim("uti", TokenIds.unique(ids))
                        .claim("ver", "1.0");
        if (!client.permissions().isEmpty()) {
            claims.claim("roles", new TreeSet<>(client.permissions()).stream().toList());
        }
        return new IssuedToken(keys.signer(tenant).sign(claims.build()), now, expires);
    }

    /**
     * A token with which the client acts for a person.
     *
     * @param scopes names of the scopes in it, in the order in which they are shown
     * @param proof how the client proved who it is; null for a public client
     * @param origin the configured origin at which it was asked for, without trailing slash
     */
    public IssuedToken forPerson(
            TenantId tenant,
            Client client,
            Person person,
            Collection<String> scopes,
            @Nullable ClientProof proof,
            String origin) {
        Instant now = clock.now(tenant).truncatedTo(ChronoUnit.SECONDS);
        JWTClaimsSet.Builder claims =
                personal(tenant, client, person, origin, now)
                        .audience(Issuers.GRAPH)
                        .claim("app_displayname", client.displayName())
                        .claim("azp", client.appId())
                        .claim("azpacr", proof == null ? PUBLIC : proof.claim())
                        .claim("scp", String.join(" ", scopes))
                        .claim("upn", person.userPrincipalName())
                        .claim("uti", TokenIds.unique(ids))
                        .claim(OwnTokens.SESSIONS_FROM, person.sessionsFrom());
        if (!person.roleIds().isEmpty()) {
            claims.claim("wids", person.roleIds().stream().sorted().toList());
        }
        return new IssuedToken(keys.signer(tenant).sign(claims.build()), now, now.plus(LIFETIME));
    }

    /**
     * The ID token that tells the client who the person is (OpenID Connect Core 1.0, section 2).
     */
    public String idToken(TenantId tenant, Client client, Person person, String origin) {
        Instant now = clock.now(tenant).truncatedTo(ChronoUnit.SECONDS);
        JWTClaimsSet claims =
                personal(tenant, client, person, origin, now).audience(client.appId()).build();
        return keys.signer(tenant).sign(claims);
    }

    private static JWTClaimsSet.Builder personal(
            TenantId tenant, Client client, Person person, String origin, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(Issuers.of(origin, tenant))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("name", person.displayName())
                .claim("oid", person.id())
                .claim("preferred_username", person.userPrincipalName())
                .subject(EntraClaims.subject(client.appId(), person.id()))
                .claim("tid", tenant.toString())
                .claim("ver", "2.0");
    }
}
