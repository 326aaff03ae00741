package dev.usher.grant;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.secret.Sha256;
import dev.usher.store.Sql;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Authorization codes (RFC 6749 section 4.1.2): 256 random bits, good once, for a short time, and
 * for whom they were issued to. Thread-safe.
 */
public final class AuthorizationCodes {

    /** How long a code is good. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /**
     * How long a code that is good no more is remembered, to tell a second use from a made-up one.
     */
    public static final Duration REMEMBERED = Duration.ofDays(1);

    /** The longest text that is looked up as a code, in characters. */
    public static final int CHARS_MAX = 128;

    private static final int CODE_BYTES = 32;

    private final Store store;
    private final Ids ids;

    public AuthorizationCodes(Store store, Ids ids) {
        this.store = store;
        this.ids = ids;
    }

    /**
     * A code that is known.
     *
     * @param familyId the refresh tokens that follow from it
     * @param challenge null if the application sent none
     * @param consumed whether it was used before
     */
    public record Code(
            String hash,
            Grant grant,
            String redirectUri,
            String familyId,
            @Nullable Challenge challenge,
            Instant expiresAt,
            boolean consumed) {}

    /** Makes a code; its text is known here alone. */
    public String issue(
            WriteTx tx, Grant grant, String redirectUri, @Nullable Challenge challenge) {
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(CODE_BYTES));
        ObjectNode doc = grant.stored();
        if (challenge != null) {
            doc.putObject("challenge")
                    .put("method", challenge.method().name())
                    .put("value", challenge.value());
        }
        tx.sql(
                        "insert into authorization_code (tenant_id, code_hash, expires_at,"
                                + " consumed_at, client_id, flow_key, redirect_uri, family_id, doc)"
                                + " values (:tenant, :hash, :expires, null, :client, :flow, :uri,"
                                + " :family, :doc)")
                .bind("hash", Sha256.base64url(code))
                .bind("expires", tx.now().plus(LIFETIME))
                .bind("client", grant.clientId())
                .bind("flow", grant.flowKey())
                .bind("uri", redirectUri)
                .bind("family", ids.hex32())
                .bind("doc", doc.toString())
                .execute();
        return code;
    }

    /**
     * The code, whether it is still good or not; empty if there never was one or it is forgotten.
     */
    public Optional<Code> find(TenantId tenant, String code) {
        if (code.length() > CHARS_MAX) {
            return Optional.empty();
        }
        String hash = Sha256.base64url(code);
        return store.readOnce(
                tenant,
                tx ->
                        tx.sql(
                                        "select expires_at, consumed_at, client_id, flow_key,"
                                                + " redirect_uri, family_id, doc from"
                                                + " authorization_code where tenant_id = :tenant"
                                                + " and code_hash = :hash")
                                .bind("hash", hash)
                                .one(row -> read(hash, row)));
    }

    private static Code read(String hash, Sql.Row row) {
        JsonNode doc = Grant.parse(row.text("doc"));
        JsonNode challenge = doc.path("challenge");
        return new Code(
                hash,
                Grant.read(row.text("client_id"), row.text("flow_key"), doc),
                row.text("redirect_uri"),
                row.text("family_id"),
                challenge.isObject()
                        ? new Challenge(
                                Challenge.Method.valueOf(challenge.path("method").asString()),
                                challenge.path("value").asString())
                        : null,
                row.instant("expires_at"),
                row.instantOrNull("consumed_at") != null);
    }

    /**
     * Uses the code up: of all who try, one is told true. It is the statement that decides, so what
     * {@link #find} said may be old.
     */
    public static boolean consume(WriteTx tx, Code code) {
        return tx.sql(
                                "update authorization_code set consumed_at = :now where tenant_id"
                                        + " = :tenant and code_hash = :hash and consumed_at is null"
                                        + " and expires_at > :now and client_id = :client and"
                                        + " flow_key = :flow and redirect_uri = :uri")
                        .bind("now", tx.now())
                        .bind("hash", code.hash())
                        .bind("client", code.grant().clientId())
                        .bind("flow", code.grant().flowKey())
                        .bind("uri", code.redirectUri())
                        .execute()
                == 1;
    }

    /** Forgets codes that have been bad for long, so many at most; returns how many there were. */
    public static int purge(WriteTx tx, int most) {
        return tx.sql(
                        "delete from authorization_code where tenant_id = :tenant and code_hash in"
                                + " (select code_hash from authorization_code where tenant_id ="
                                + " :tenant and expires_at < :before order by expires_at limit"
                                + " :most)")
                .bind("before", tx.now().minus(REMEMBERED))
                .bind("most", most)
                .execute();
    }
}
