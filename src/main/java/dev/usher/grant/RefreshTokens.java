package dev.usher.grant;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.secret.Sha256;
import dev.usher.store.Sql;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens (RFC 6749 section 1.5). All that follow from one code are a family, of which one
 * token is good at a time: each use makes the next. A family of which an older token comes back is
 * revoked, since one of the two who have them stole it (RFC 9700 section 4.14.2). Thread-safe.
 */
public final class RefreshTokens {

    /** How long a family that is good no more is remembered. */
    public static final Duration REMEMBERED = Duration.ofDays(1);

    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}");

    private static final int SECRET_BYTES = 32;
    private static final char DOT = '.';

    private final Store store;
    private final Clock clock;
    private final Ids ids;

    public RefreshTokens(Store store, Clock clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /** What became of a refresh token. */
    public enum State {
        GOOD,
        EXPIRED,
        /** There was another token after it. */
        USED,
        REVOKED
    }

    /**
     * A family, by one of its tokens.
     *
     * @param hash of the token by which it was found
     * @param endsAt when refreshing ends for good; null for never
     */
    public record Family(
            String id, String hash, Grant grant, State state, @Nullable Instant endsAt) {}

    /**
     * Begins a family with its first token.
     *
     * @param id as the code says
     * @param expiresAt when this token is good no more unless it is used
     */
    public String begin(
            WriteTx tx, String id, Grant grant, Instant expiresAt, @Nullable Instant endsAt) {
        String token = token(id);
        tx.sql(
                        "insert into refresh_family (tenant_id, family_id, token_hash, expires_at,"
                            + " ends_at, revoked_at, client_id, flow_key, user_id, doc) values"
                            + " (:tenant, :family, :hash, :expires, :ends, null, :client, :flow,"
                            + " :user, :doc)")
                .bind("family", id)
                .bind("hash", Sha256.base64url(token))
                .bind("expires", earlier(expiresAt, endsAt))
                .bind("ends", endsAt)
                .bind("client", grant.clientId())
                .bind("flow", grant.flowKey())
                .bind("user", grant.userId())
                .bind("doc", grant.refreshed().stored().toString())
                .execute();
        return token;
    }

    /** The family of a token; empty if there never was one or it is forgotten. */
    public Optional<Family> find(TenantId tenant, String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        String id = token.substring(0, token.indexOf(DOT));
        String hash = Sha256.base64url(token);
        return store.readOnce(
                tenant,
                tx ->
                        tx.sql(
                                        "select token_hash, expires_at, ends_at, revoked_at,"
                                                + " client_id, flow_key, doc from refresh_family"
                                                + " where tenant_id = :tenant and family_id ="
                                                + " :family")
                                .bind("family", id)
                                .one(row -> read(id, hash, row, clock.now(tenant))));
    }

    private static Family read(String id, String hash, Sql.Row row, Instant now) {
        State state;
        if (row.instantOrNull("revoked_at") != null) {
            state = State.REVOKED;
        } else if (!Sha256.equal(hash, row.text("token_hash"))) {
            state = State.USED;
        } else if (!now.isBefore(row.instant("expires_at"))) {
            state = State.EXPIRED;
        } else {
            state = State.GOOD;
        }
        return new Family(
                id,
                hash,
                Grant.read(
                        row.text("client_id"), row.text("flow_key"), Grant.parse(row.text("doc"))),
                state,
                row.instantOrNull("ends_at"));
    }

    /**
     * Puts the next token in the place of the one by which the family was found: of all who try,
     * one gets it. The statement decides, so what {@link #find} said may be old.
     */
    public Optional<String> rotate(WriteTx tx, Family family, Instant expiresAt) {
        String next = token(family.id());
        int rotated =
                tx.sql(
                                "update refresh_family set token_hash = :next, expires_at ="
                                        + " :expires where tenant_id = :tenant and family_id ="
                                        + " :family and token_hash = :hash and revoked_at is null"
                                        + " and expires_at > :now")
                        .bind("next", Sha256.base64url(next))
                        .bind("expires", earlier(expiresAt, family.endsAt()))
                        .bind("family", family.id())
                        .bind("hash", family.hash())
                        .bind("now", tx.now())
                        .execute();
        return rotated == 1 ? Optional.of(next) : Optional.empty();
    }

    /** Ends a family; false if there is none or it has ended. */
    public static boolean revoke(WriteTx tx, String familyId) {
        return tx.sql(
                                "update refresh_family set revoked_at = :now where tenant_id ="
                                        + " :tenant and family_id = :family and revoked_at is null")
                        .bind("now", tx.now())
                        .bind("family", familyId)
                        .execute()
                == 1;
    }

    /** Forgets families that have been bad for long, so many at most; returns how many. */
    public static int purge(WriteTx tx, int most) {
        return tx.sql(
                        "delete from refresh_family where tenant_id = :tenant and family_id in"
                                + " (select family_id from refresh_family where tenant_id ="
                                + " :tenant and expires_at < :before order by expires_at limit"
                                + " :most)")
                .bind("before", tx.now().minus(REMEMBERED))
                .bind("most", most)
                .execute();
    }

    private String token(String familyId) {
        byte[] secret = ids.bytes(SECRET_BYTES);
        return familyId + DOT + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static Instant earlier(Instant expiresAt, @Nullable Instant endsAt) {
        return endsAt != null && endsAt.isBefore(expiresAt) ? endsAt : expiresAt;
    }
}
