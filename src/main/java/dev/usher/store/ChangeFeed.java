package dev.usher.store;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells listeners of committed changes: this process's own at once, those of others by reading the
 * audit trail of every tenant that this process has touched.
 *
 * <p>Rows carry the time at which they were written, not that of their commit, and machines' clocks
 * differ; so each poll looks back a little, now and then a lot, and skips the transactions that it
 * has seen.
 */
final class ChangeFeed implements AutoCloseable {

    static final long POLL_MS = 250;

    /** How far each poll looks back. */
    static final long WINDOW_MS = 2_000;

    /** How far every {@link #DEEP_EVERY}th poll looks back: longer than any transaction lasts. */
    static final long DEEP_WINDOW_MS = 60_000;

    static final int DEEP_EVERY = 20;

    /** Hexadecimal digits of a transaction's id that say which process it is of. */
    private static final int OWN_DIGITS = 12;

    /** Transactions remembered as announced; an older one might be announced twice. */
    static final int SEEN_MAX = 65_536;

    /** Tenants asked about in one statement. */
    static final int TENANTS_MAX = 500;

    private final Engine engine;
    private final Clock clock;
    private final Observer observer;
    private final List<Consumer<Store.Change>> listeners = new CopyOnWriteArrayList<>();
    private final Set<TenantId> tenants = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final Ids ids;

    /** How the ids of this process's own transactions begin. */
    private final String own;

    /** Guarded by itself. */
    private final Map<String, Boolean> seen =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > SEEN_MAX;
                }
            };

    private Instant lastPoll;
    private int polls;
    private boolean failing;

    ChangeFeed(Engine engine, Clock clock, Ids ids, Observer observer) {
        this.engine = engine;
        this.clock = clock;
        this.ids = ids;
        own = ids.hex32().substring(0, OWN_DIGITS);
        this.observer = observer;
        lastPoll = clock.now();
        timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("usher-change-feed").factory());
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::tick, POLL_MS, POLL_MS, TimeUnit.MILLISECONDS);
    }

    void listen(Consumer<Store.Change> listener) {
        listeners.add(listener);
    }

    /** From now on the changes of this tenant by other processes count. */
    void watch(TenantId tenant) {
        if (!tenants.contains(tenant)) {
            tenants.add(tenant);
        }
    }

    /** The id of a transaction of our own, which no poll will look at. */
    String newTxId() {
        return own + ids.hex32().substring(OWN_DIGITS);
    }

    private boolean firstSight(String txId) {
        synchronized (seen) {
            return seen.put(txId, true) == null;
        }
    }

    /** Announces the changes of a transaction that this process has just committed. */
    void committed(List<AuditLog.Row> rows) {
        for (AuditLog.Row row : rows) {
            observer.on(
                    new Observation.ChangeCommitted(
                            row.tenant(), row.operation(), row.kind(), row.key()));
        }
        rows.stream().map(AuditLog.Row::change).distinct().forEach(this::announce);
    }

    private void announce(Store.Change change) {
        for (Consumer<Store.Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                observer.on(new Observation.Degraded("change listener", e.toString()));
            }
        }
    }

    private void tick() {
        try {
            poll();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                observer.on(new Observation.Degraded("change feed", e.toString()));
            }
            failing = true;
        }
    }

    private void poll() {
        Instant now = clock.now();
        Instant from = now.isBefore(lastPoll) ? now : lastPoll;
        polls++;
        long window = failing || polls % DEEP_EVERY == 0 ? DEEP_WINDOW_MS : WINDOW_MS;
        List<TenantId> all = new ArrayList<>(tenants);
        for (int at = 0; at < all.size(); at += TENANTS_MAX) {
            List<TenantId> some = all.subList(at, Math.min(at + TENANTS_MAX, all.size()));
            poll(some, from.minusMillis(window));
        }
        lastPoll = now;
    }

    /** A committed change with its transaction. */
    private record Found(String txId, Store.Change change) {}

    private void poll(List<TenantId> some, Instant from) {
        Dialect dialect = engine.dialect();
        Object names = dialect.texts(some.stream().map(TenantId::toString).toList());
        String text =
                "select tx_id, tenant_id, kind, entity_key from audit where "
                        + dialect.among("tenant_id")
                        + " and logged_at >= ? and substr(tx_id, 1, "
                        + OWN_DIGITS
                        + ") <> ?";
        List<Found> found =
                engine.read(session ->
                        session.list(
                                text,
                                List.of(names, from, own),
                                row ->
                                        new Found(
                                                row.getString(1),
                                                new Store.Change(
                                                        TenantId.of(row.getString(2)),
                                                        row.getString(3),
                                                        row.getString(4)))));
        Map<String, Boolean> fresh = new LinkedHashMap<>();
        for (Found one : found) {
            if (fresh.computeIfAbsent(one.txId(), this::firstSight)) {
                announce(one.change());
            }
        }
    }

    @Override
    public void close() {
        timer.close();
    }
}
