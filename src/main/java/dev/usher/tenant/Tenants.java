package dev.usher.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.secret.Sha256;
import dev.usher.store.Actor;
import dev.usher.store.Cached;
import dev.usher.store.ReadTx;
import dev.usher.store.Sql;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The register of tenants. Thread-safe. */
public final class Tenants {

    /** The kind under which changes of a tenant stand in the audit trail. */
    public static final String KIND = "tenant";

    /** The most domains a tenant may have. */
    public static final int DOMAINS_MAX = 900;

    /** The longest domain name, in characters (RFC 1035 2.3.4, in text form). */
    public static final int DOMAIN_CHARS_MAX = 253;

    private static final int CACHE_ENTRIES_MAX = 20_000;
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");
    private static final String COLUMNS =
            "select tenant_id, kind, display_name, state, created_at from tenant";

    private final Store store;
    private final Ids ids;
    private final List<TenantSeed> seeds;
    private final Cached<String, Tenant> byId;
    private final Cache<String, TenantId> byDomain =
            Caffeine.newBuilder().maximumSize(CACHE_ENTRIES_MAX).build();

    /** A register whose new tenants start with what the seeds write. */
    public Tenants(Store store, Ids ids, List<TenantSeed> seeds) {
        this.store = store;
        this.ids = ids;
        this.seeds = List.copyOf(seeds);
        this.byId =
                new Cached<>(
                        store, Set.of(KIND), CACHE_ENTRIES_MAX, (tenant, _) -> load(store, tenant));
    }

    /** A domain name that could be a tenant's: lower case letters, digits, hyphens, dots. */
    public static boolean wellFormed(String domain) {
        return domain.length() <= DOMAIN_CHARS_MAX && DOMAIN.matcher(domain).matches();
    }

    /**
     * Creates a tenant with what every tenant starts with, in one transaction.
     *
     * @param more what only this tenant starts with, after the rest
     * @throws IllegalArgumentException if a domain is malformed or there is none
     * @throws WriteTx.DuplicateKey if the id or a domain is taken
     */
    public Tenant create(Actor actor, NewTenant wanted, TenantSeed... more) {
        List<String> domains = checked(wanted.domains());
        TenantId id = wanted.id() == null ? new TenantId(ids.guid()) : wanted.id();
        return store.write(
                id,
                actor,
                tx -> {
                    Tenant tenant = insert(tx, wanted, domains);
                    seeds.forEach(seed -> seed.seed(tx));
                    List.of(more).forEach(seed -> seed.seed(tx));
                    return tenant;
                });
    }

    /** The tenant of that GUID or domain, ignoring case; deleted ones are not found. */
    public Optional<Tenant> find(String guidOrDomain) {
        Optional<TenantId> id = TenantId.parse(guidOrDomain);
        return id.isPresent() ? find(id.get()) : byDomain(guidOrDomain.toLowerCase(Locale.ROOT));
    }

    /** As {@link #find(String)}, by id. */
    public Optional<Tenant> find(TenantId id) {
        return byId.get(id, "").filter(tenant -> tenant.state() != TenantState.DELETED);
    }

    /** Every tenant that is not deleted, by creation. */
    public List<Tenant> list() {
        List<TenantId> all =
                store.readRegistry(tx ->
                        tx.sql("select tenant_id from tenant order by created_at, tenant_id")
                                .list(row -> TenantId.of(row.text("tenant_id"))));
        return all.stream().flatMap(id -> find(id).stream()).toList();
    }

    /** Stops serving the tenant; false if it is not active. */
    public boolean disable(Actor actor, TenantId id) {
        return move(actor, id, TenantState.ACTIVE, TenantState.DISABLED);
    }

    /** Serves a disabled tenant again; false if it is not disabled. */
    public boolean enable(Actor actor, TenantId id) {
        return move(actor, id, TenantState.DISABLED, TenantState.ACTIVE);
    }

    /** Ends the tenant for good and frees its domains; false if there is none. */
    public boolean delete(Actor actor, TenantId id) {
        return move(actor, id, TenantState.ACTIVE, TenantState.DELETED)
                || move(actor, id, TenantState.DISABLED, TenantState.DELETED);
    }

    private boolean move(Actor actor, TenantId id, TenantState from, TenantState to) {
        return store.write(
                id,
                actor,
                tx -> {
                    int moved =
                            tx.sql(
                                            "update tenant set state = :to where tenant_id ="
                                                    + " :tenant and state = :from")
                                    .bind("to", stored(to))
                                    .bind("from", stored(from))
                                    .execute();
                    if (moved == 0) {
                        return false;
                    }
                    if (to == TenantState.DELETED) {
                        tx.sql("delete from tenant_domain where tenant_id = :tenant").execute();
                    }
                    tx.audit(
                            to == TenantState.DELETED ? "delete" : "update",
                            KIND,
                            id.toString(),
                            Sha256.hex(stored(from)),
                            to == TenantState.DELETED ? null : Sha256.hex(stored(to)));
                    return true;
                });
    }

    private static List<String> checked(List<String> wanted) {
        List<String> domains = new ArrayList<>();
        for (String domain : wanted) {
            String lower = domain.toLowerCase(Locale.ROOT);
            if (!wellFormed(lower)) {
                throw new IllegalArgumentException("not a domain name: " + domain);
            }
            domains.add(lower);
        }
        if (domains.isEmpty() || domains.size() > DOMAINS_MAX) {
            throw new IllegalArgumentException("a tenant has 1 to " + DOMAINS_MAX + " domains");
        }
        return List.copyOf(domains);
    }

    private static Tenant insert(WriteTx tx, NewTenant wanted, List<String> domains) {
        if (load(tx).isPresent()) {
            throw new WriteTx.DuplicateKey(KIND, tx.tenant().toString());
        }
        tx.sql(
                        "insert into tenant (tenant_id, kind, display_name, state, created_at)"
                                + " values (:tenant, :kind, :name, :state, :now)")
                .bind("kind", wanted.kind().name().toLowerCase(Locale.ROOT))
                .bind("name", wanted.displayName())
                .bind("state", stored(TenantState.ACTIVE))
                .bind("now", tx.now())
                .execute();
        for (int position = 0; position < domains.size(); position++) {
            int added =
                    tx.sql(
                                    "insert into tenant_domain (domain, tenant_id, position)"
                                            + " values (:domain, :tenant, :position)"
                                            + " on conflict (domain) do nothing")
                            .bind("domain", domains.get(position))
                            .bind("position", position)
                            .execute();
            if (added == 0) {
                throw new WriteTx.DuplicateKey("domain", domains.get(position));
            }
        }
        tx.audit(
                "create",
                KIND,
                tx.tenant().toString(),
                null,
                Sha256.hex(stored(TenantState.ACTIVE)));
        return load(tx).orElseThrow();
    }

    /** What is remembered of a domain holds only while the tenant still has it. */
    private Optional<Tenant> byDomain(String domain) {
        TenantId remembered = byDomain.getIfPresent(domain);
        if (remembered != null) {
            Optional<Tenant> tenant = find(remembered);
            if (tenant.isPresent() && tenant.get().domains().contains(domain)) {
                return tenant;
            }
            byDomain.invalidate(domain);
        }
        Optional<TenantId> owner = owner(domain);
        owner.ifPresent(id -> byDomain.put(domain, id));
        return owner.flatMap(this::find);
    }

    private Optional<TenantId> owner(String domain) {
        return wellFormed(domain)
                ? store.readRegistry(tx ->
                        tx.sql("select tenant_id from tenant_domain where domain = :domain")
                                .bind("domain", domain)
                                .one(row -> TenantId.of(row.text("tenant_id"))))
                : Optional.empty();
    }

    /**
     * Lets one transaction of this tenant at a time go on from here, until it ends: for rules about
     * all entities of a kind, which locking any one of them would not keep.
     */
    public static void serialize(WriteTx tx) {
        tx.sql("update tenant set state = state where tenant_id = :tenant").execute();
    }

    /** The transaction's tenant. */
    public static Tenant current(ReadTx tx) {
        return load(tx).orElseThrow();
    }

    /** The kind of the transaction's tenant. */
    public static TenantKind kind(ReadTx tx) {
        return load(tx).orElseThrow().kind();
    }

    /**
     * Asks the register first: the store keeps an eye on every tenant that is read, so on real ones
     * only.
     */
    private static Optional<Tenant> load(Store store, TenantId id) {
        boolean registered =
                store.readRegistry(tx ->
                                tx.sql("select tenant_id from tenant where tenant_id = :id")
                                        .bind("id", id.value())
                                        .one(row -> row.text("tenant_id")))
                        .isPresent();
        return registered ? store.read(id, Tenants::load) : Optional.empty();
    }

    private static Optional<Tenant> load(ReadTx tx) {
        List<String> domains =
                tx.sql(
                                "select domain from tenant_domain where tenant_id = :tenant order"
                                        + " by position")
                        .list(row -> row.text("domain"));
        Sql one = tx.sql(COLUMNS + " where tenant_id = :tenant");
        return one.one(row ->
                new Tenant(
                        TenantId.of(row.text("tenant_id")),
                        TenantKind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                        row.text("display_name"),
                        domains,
                        TenantState.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                        row.instant("created_at")));
    }

    private static String stored(TenantState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
