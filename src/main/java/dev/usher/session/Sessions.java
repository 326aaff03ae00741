package dev.usher.session;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.secret.Sha256;
import dev.usher.store.ReadTx;
import dev.usher.store.Sql;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Browsers in which people are signed in. A browser is known by the secret in its cookie, 256
 * random bits of which the SHA-256 is kept; it holds one sign-in for each scope: the tenant, an
 * application, or a user flow. A person is signed in until {@code expiresAt}. Thread-safe.
 */
public final class Sessions {

    /** How long a sign-in that has expired is remembered. */
    public static final Duration REMEMBERED = Duration.ofDays(1);

    /** The longest text that is looked up as a secret, in characters. */
    public static final int CHARS_MAX = 128;

    private static final int SECRET_BYTES = 32;

    private final Ids ids;

    public Sessions(Ids ids) {
        this.ids = ids;
    }

    /**
     * The name of the cookie that holds a browser's secret. It names the tenant, since one host
     * serves many.
     */
    public static String cookie(TenantId tenant) {
        return "usher-session-" + tenant;
    }

    /** For what a sign-in counts. */
    public record Scope(String key) {

        /** For the whole tenant. */
        public static Scope tenant() {
            return new Scope("tenant");
        }

        /** For one application. */
        public static Scope application(String clientId) {
            return new Scope("application/" + clientId);
        }

        /** For one user flow, by its folded id. */
        public static Scope userFlow(String flowKey) {
            return new Scope("userFlow/" + flowKey);
        }
    }

    /**
     * A person signed in.
     *
     * @param sessionId the browser's
     * @param persistent whether the person asked to be kept signed in
     * @param identityProvider value of {@code idp}; null for a local account
     */
    public record SignIn(
            String sessionId,
            String userId,
            Instant authenticatedAt,
            Instant expiresAt,
            boolean persistent,
            @Nullable String identityProvider) {}

    /** The sign-in of a browser for that scope, if it has not expired by {@code now}. */
    public static Optional<SignIn> find(ReadTx tx, String secret, Scope scope, Instant now) {
        if (secret.isEmpty() || secret.length() > CHARS_MAX) {
            return Optional.empty();
        }
        return tx.sql(
                        "select i.session_id, i.user_id, i.authenticated_at, i.expires_at,"
                                + " i.persistent, i.identity_provider from sso_session s join"
                                + " sso_sign_in i on i.tenant_id = s.tenant_id and i.session_id ="
                                + " s.session_id where s.tenant_id = :tenant and s.secret_hash ="
                                + " :hash and i.scope_key = :scope and i.expires_at > :now")
                .bind("hash", Sha256.base64url(secret))
                .bind("scope", scope.key)
                .bind("now", now)
                .one(Sessions::read);
    }

    private static SignIn read(Sql.Row row) {
        return new SignIn(
                row.text("session_id"),
                row.text("user_id"),
                row.instant("authenticated_at"),
                row.instant("expires_at"),
                row.flag("persistent"),
                row.textOrNull("identity_provider"));
    }

    /**
     * A sign-in just made, and the secret for the cookie: each sign-in gets a new one, so that
     * nobody who knew the old one is signed in with it.
     */
    public record Started(String secret, String sessionId) {}

    /**
     * Signs a person in.
     *
     * @param secret what the browser's cookie says; null if it has none
     * @param signIn its {@code sessionId} does not matter
     */
    public Started start(WriteTx tx, @Nullable String secret, Scope scope, SignIn signIn) {
        String next =
                Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(SECRET_BYTES));
        String sessionId =
                known(tx, secret)
                        .map(known -> renew(tx, known, next, signIn.userId()))
                        .orElseGet(() -> create(tx, next));
        remove(tx, sessionId, scope.key);
        tx.sql(
                        "insert into sso_sign_in (tenant_id, session_id, scope_key, user_id,"
                                + " authenticated_at, expires_at, persistent, identity_provider)"
                                + " values (:tenant, :session, :scope, :user, :at, :expires,"
                                + " :persistent, :provider)")
                .bind("session", sessionId)
                .bind("scope", scope.key)
                .bind("user", signIn.userId())
                .bind("at", signIn.authenticatedAt())
                .bind("expires", signIn.expiresAt())
                .bind("persistent", signIn.persistent())
                .bind("provider", signIn.identityProvider())
                .execute();
        return new Started(next, sessionId);
    }

    private static Optional<String> known(ReadTx tx, @Nullable String secret) {
        return secret == null || secret.length() > CHARS_MAX
                ? Optional.empty()
                : tx.sql(
                                "select session_id from sso_session where tenant_id = :tenant and"
                                        + " secret_hash = :hash")
                        .bind("hash", Sha256.base64url(secret))
                        .one(row -> row.text("session_id"));
    }

    private String create(WriteTx tx, String secret) {
        String sessionId = ids.hex32();
        tx.sql(
                        "insert into sso_session (tenant_id, secret_hash, session_id, created_at)"
                                + " values (:tenant, :hash, :session, :now)")
                .bind("hash", Sha256.base64url(secret))
                .bind("session", sessionId)
                .bind("now", tx.now())
                .execute();
        return sessionId;
    }

    /** What other people were signed in to in this browser ends. */
    private static String renew(WriteTx tx, String sessionId, String secret, String userId) {
        tx.sql(
                        "update sso_session set secret_hash = :hash where tenant_id = :tenant and"
                                + " session_id = :session")
                .bind("hash", Sha256.base64url(secret))
                .bind("session", sessionId)
                .execute();
        tx.sql(
                        "delete from sso_sign_in where tenant_id = :tenant and session_id ="
                                + " :session and user_id <> :user")
                .bind("session", sessionId)
                .bind("user", userId)
                .execute();
        return sessionId;
    }

    private static void remove(WriteTx tx, String sessionId, String scope) {
        tx.sql(
                        "delete from sso_sign_in where tenant_id = :tenant and session_id ="
                                + " :session and scope_key = :scope")
                .bind("session", sessionId)
                .bind("scope", scope)
                .execute();
    }

    /** Keeps a person signed in until then. */
    public static void extend(WriteTx tx, String sessionId, Scope scope, Instant expiresAt) {
        tx.sql(
                        "update sso_sign_in set expires_at = :expires where tenant_id = :tenant and"
                                + " session_id = :session and scope_key = :scope")
                .bind("session", sessionId)
                .bind("scope", scope.key)
                .bind("expires", expiresAt)
                .execute();
    }

    /** Notes that an application used the sign-in. */
    public static void usedBy(WriteTx tx, String sessionId, Scope scope, String clientId) {
        tx.sql(
                        "insert into sso_client (tenant_id, session_id, scope_key, client_id)"
                                + " values (:tenant, :session, :scope, :client)"
                                + " on conflict (tenant_id, session_id, scope_key, client_id)"
                                + " do nothing")
                .bind("session", sessionId)
                .bind("scope", scope.key)
                .bind("client", clientId)
                .execute();
    }

    /**
     * What ended.
     *
     * @param clientIds of the applications that used it
     * @param whole whether the browser is signed in to nothing any more
     */
    public record Ended(List<String> clientIds, boolean whole) {

        /** There was nothing to end. */
        public static final Ended NOTHING = new Ended(List.of(), true);

        public Ended {
            clientIds = List.copyOf(clientIds);
        }
    }

    /**
     * Signs the browser out.
     *
     * @param scope of which sign-in; empty for all of them
     */
    public static Ended end(WriteTx tx, String secret, Optional<Scope> scope) {
        Optional<String> session = known(tx, secret);
        if (session.isEmpty()) {
            return Ended.NOTHING;
        }
        String sessionId = session.get();
        List<String> scopes =
                tx.sql(
                                "select scope_key from sso_sign_in where tenant_id = :tenant and"
                                        + " session_id = :session")
                        .bind("session", sessionId)
                        .list(row -> row.text("scope_key"));
        List<String> ending =
                scope.map(one -> scopes.stream().filter(one.key::equals).toList()).orElse(scopes);
        List<String> clients = new ArrayList<>();
        for (String each : ending) {
            clients.addAll(clients(tx, sessionId, each));
            forget(tx, sessionId, each);
            remove(tx, sessionId, each);
        }
        boolean whole = ending.size() == scopes.size();
        if (whole) {
            tx.sql(
                            "delete from sso_session where tenant_id = :tenant and session_id ="
                                    + " :session")
                    .bind("session", sessionId)
                    .execute();
        }
        return new Ended(clients.stream().distinct().toList(), whole);
    }

    private record Old(String sessionId, String scope) {}

    /** Forgets sign-ins that expired long ago, so many at most; returns how many there were. */
    public static int purge(WriteTx tx, int most) {
        List<Old> old =
                tx.sql(
                                "select session_id, scope_key from sso_sign_in where tenant_id ="
                                        + " :tenant and expires_at < :before order by expires_at"
                                        + " limit :most")
                        .bind("before", tx.now().minus(REMEMBERED))
                        .bind("most", most)
                        .list(row -> new Old(row.text("session_id"), row.text("scope_key")));
        for (Old each : old) {
            forget(tx, each.sessionId, each.scope);
            remove(tx, each.sessionId, each.scope);
            tx.sql(
                            "delete from sso_session where tenant_id = :tenant and session_id ="
                                    + " :session and not exists (select 1 from sso_sign_in i where"
                                    + " i.tenant_id = :tenant and i.session_id = :session)")
                    .bind("session", each.sessionId)
                    .execute();
        }
        return old.size();
    }

    private static List<String> clients(ReadTx tx, String sessionId, String scope) {
        return tx.sql(
                        "select client_id from sso_client where tenant_id = :tenant and session_id"
                                + " = :session and scope_key = :scope order by client_id")
                .bind("session", sessionId)
                .bind("scope", scope)
                .list(row -> row.text("client_id"));
    }

    private static void forget(WriteTx tx, String sessionId, String scope) {
        tx.sql(
                        "delete from sso_client where tenant_id = :tenant and session_id ="
                                + " :session and scope_key = :scope")
                .bind("session", sessionId)
                .bind("scope", scope)
                .execute();
    }
}
