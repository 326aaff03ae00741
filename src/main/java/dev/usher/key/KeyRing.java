package dev.usher.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.usher.ids.TenantId;
import dev.usher.observe.Observer;
import dev.usher.secret.Sealer;
import dev.usher.secret.Sha256;
import dev.usher.store.Actor;
import dev.usher.store.Cached;
import dev.usher.store.ReadTx;
import dev.usher.store.Sql;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.time.Clock;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Each tenant's signing keys. What a key does follows from the tenant's time alone: it is published
 * at once, signs from {@code notBefore} until its successor does, and is withdrawn at {@code
 * retireAt}, when the last token that it signed has expired. Thread-safe.
 */
public final class KeyRing {

    /** The kind under which changes of keys stand in the audit trail. */
    public static final String KIND = "signingKey";

    /** How long a key is published before it signs: longer than clients keep a key set. */
    public static final Duration AHEAD = Duration.ofHours(24);

    /** How long a key stays published after its last signature: longer than any token lives. */
    public static final Duration OVERLAP = Duration.ofHours(25);

    private static final int CACHE_ENTRIES_MAX = 20_000;

    private final Store store;
    private final Clock clock;
    private final Sealer sealer;
    private final Supplier<RsaCrypto> crypto;
    private final Cached<String, List<SigningKey>> rings;

    /** The keys in the store; the observer hears if signing is slower than it could be. */
    public KeyRing(Store store, Clock clock, Sealer sealer, Observer observer) {
        this(store, clock, sealer, RsaCrypto.choose(observer));
    }

    KeyRing(Store store, Clock clock, Sealer sealer, Supplier<RsaCrypto> crypto) {
        this.store = store;
        this.clock = clock;
        this.sealer = sealer;
        this.crypto = crypto;
        this.rings =
                new Cached<>(
                        store,
                        Set.of(KIND),
                        CACHE_ENTRIES_MAX,
                        (tenant, _) -> Optional.of(store.read(tenant, this::load)));
    }

    /** Who does the arithmetic: for the start-up line of the log. */
    public String provider() {
        return crypto.get().name();
    }

    /** Makes ready what signing needs, which the first request would wait for otherwise. */
    public void prepare() {
        RsaCrypto _ = crypto.get();
    }

    /**
     * The key that signs now. A tenant's first key is made when it is first asked for.
     *
     * @throws IllegalStateException if there is no such tenant
     */
    public SigningKey signer(TenantId tenant) {
        return active(tenant).orElseGet(() -> first(tenant));
    }

    /** The key set to publish: the key that signs, those before it and the one after. */
    public JWKSet publicKeys(TenantId tenant) {
        signer(tenant);
        Instant now = clock.now(tenant);
        List<JWK> keys =
                ring(tenant).stream()
                        .filter(key -> key.publishedAt(now))
                        .<JWK>map(SigningKey::publicKey)
                        .toList();
        return new JWKSet(keys);
    }

    /** The published key of that id. */
    public Optional<SigningKey> find(TenantId tenant, String kid) {
        Instant now = clock.now(tenant);
        return ring(tenant).stream()
                .filter(key -> key.kid().equals(kid) && key.publishedAt(now))
                .findFirst();
    }

    /**
     * Publishes a successor that will sign after {@link #AHEAD}, and forgets keys withdrawn by now.
     * Does nothing while a successor is waiting already.
     *
     * @return the successor's id
     */
    public String rotate(Actor actor, TenantId tenant) {
        signer(tenant);
        KeyPair pair = crypto.get().generate();
        return store.write(
                tenant,
                actor,
                tx -> {
                    serialize(tx);
                    List<SigningKey> ring = load(tx);
                    Optional<SigningKey> waiting =
                            ring.stream()
                                    .filter(key -> key.notBefore().isAfter(tx.now()))
                                    .findFirst();
                    if (waiting.isPresent()) {
                        return waiting.get().kid();
                    }
                    Instant takeover = tx.now().plus(AHEAD);
                    for (SigningKey key : ring) {
                        if (!key.publishedAt(tx.now())) {
                            remove(tx, key.kid());
                        } else if (key.retireAt() == null) {
                            retire(tx, key.kid(), takeover.plus(OVERLAP));
                        }
                    }
                    return insert(tx, pair, takeover);
                });
    }

    /**
     * Withdraws a key at once, and with it every token that it signed: for a key that leaked. If it
     * was the one that signs, another takes over.
     *
     * @return false if there is no such key
     */
    public boolean discard(Actor actor, TenantId tenant, String kid) {
        return store.write(tenant, actor, tx -> remove(tx, kid));
    }

    private List<SigningKey> ring(TenantId tenant) {
        return rings.get(tenant, "").orElseThrow();
    }

    private Optional<SigningKey> active(TenantId tenant) {
        return active(ring(tenant), clock.now(tenant));
    }

    private static Optional<SigningKey> active(List<SigningKey> ring, Instant now) {
        return ring.stream()
                .filter(key -> key.signsAt(now))
                .max(Comparator.comparing(SigningKey::notBefore));
    }

    private SigningKey first(TenantId tenant) {
        KeyPair pair = crypto.get().generate();
        store.write(
                tenant,
                new Actor("usher", null, tenant.toString()),
                tx -> {
                    serialize(tx);
                    if (active(load(tx), tx.now()).isEmpty()) {
                        insert(tx, pair, tx.now());
                    }
                    return tx.tenant();
                });
        return active(tenant).orElseThrow();
    }

    /** Takes the tenant's row lock: two nodes that make a key do so one after the other. */
    private static void serialize(WriteTx tx) {
        int rows = tx.sql("update tenant set state = state where tenant_id = :tenant").execute();
        if (rows == 0) {
            throw new IllegalStateException("there is no tenant " + tx.tenant());
        }
    }

    private String insert(WriteTx tx, KeyPair pair, Instant notBefore) {
        RSAKey key = describe((RSAPublicKey) pair.getPublic());
        String kid = key.getKeyID();
        tx.sql(
                        "insert into signing_key (tenant_id, kid, algorithm, created_at,"
                                + " not_before, retire_at, public_jwk, private_key) values"
                                + " (:tenant, :kid, :algorithm, :now, :from, null, :public,"
                                + " :private)")
                .bind("kid", kid)
                .bind("algorithm", JWSAlgorithm.RS256.getName())
                .bind("now", tx.now())
                .bind("from", notBefore)
                .bind("public", key.toJSONString())
                .bind(
                        "private",
                        sealer.seal(context(tx.tenant(), kid), pair.getPrivate().getEncoded()))
                .execute();
        tx.audit("create", KIND, kid, null, Sha256.hex(key.toJSONString()));
        return kid;
    }

    private static void retire(WriteTx tx, String kid, Instant at) {
        tx.sql("update signing_key set retire_at = :at where tenant_id = :tenant and kid = :kid")
                .bind("at", at)
                .bind("kid", kid)
                .execute();
        tx.audit("update", KIND, kid, Sha256.hex(kid), Sha256.hex(kid + at));
    }

    private static boolean remove(WriteTx tx, String kid) {
        Sql delete = tx.sql("delete from signing_key where tenant_id = :tenant and kid = :kid");
        if (delete.bind("kid", kid).execute() == 0) {
            return false;
        }
        tx.audit("delete", KIND, kid, Sha256.hex(kid), null);
        return true;
    }

    private List<SigningKey> load(ReadTx tx) {
        return tx.sql(
                        "select kid, not_before, retire_at, public_jwk, private_key from"
                                + " signing_key where tenant_id = :tenant order by not_before")
                .list(row -> open(tx.tenant(), row));
    }

    private SigningKey open(TenantId tenant, Sql.Row row) {
        try {
            RSAKey key = RSAKey.parse(row.text("public_jwk"));
            byte[] pkcs8 = sealer.open(context(tenant, row.text("kid")), row.text("private_key"));
            return new SigningKey(
                    key,
                    row.instant("not_before"),
                    row.instantOrNull("retire_at"),
                    crypto.get().signer(pkcs8),
                    crypto.get().verifier(key.toRSAPublicKey()));
        } catch (ParseException | JOSEException damaged) {
            throw new IllegalStateException("damaged signing key of " + tenant, damaged);
        }
    }

    private static RSAKey describe(RSAPublicKey key) {
        try {
            return new RSAKey.Builder(key)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String context(TenantId tenant, String kid) {
        return tenant + "|" + KIND + "|" + kid + "|privateKey";
    }
}
