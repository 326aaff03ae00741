package dev.usher.store;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.observe.Observer;
import dev.usher.secret.Sealer;
import dev.usher.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The store on whichever engine. */
final class JdbcStore implements Store {

    private final Engine engine;
    private final Clock clock;
    private final Ids ids;
    private final Secrets secrets;
    private final ChangeFeed feed;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Bound while this thread writes to this store. */
    private final ScopedValue<Boolean> writing = ScopedValue.newInstance();

    JdbcStore(Engine engine, Clock clock, Ids ids, Sealer sealer, Observer observer) {
        this.engine = engine;
        this.clock = clock;
        this.ids = ids;
        secrets = new Secrets(sealer);
        feed = new ChangeFeed(engine, clock, ids, observer);
        feed.start();
    }

    /** What a transaction returned and what it changed. */
    private record Done<T>(T value, List<AuditLog.Row> changes) {}

    @Override
    public <T> T read(TenantId tenant, Function<ReadTx, T> work) {
        feed.watch(tenant);
        return engine.read(session -> reading(session, tenant, work));
    }

    @Override
    public <T> T readOnce(TenantId tenant, Function<ReadTx, T> work) {
        feed.watch(tenant);
        return engine.readOnce(session -> reading(session, tenant, work));
    }

    private static <T> T reading(Session session, TenantId tenant, Function<ReadTx, T> work) {
        JdbcReadTx tx = new JdbcReadTx(session, tenant);
        try {
            return work.apply(tx);
        } finally {
            tx.close();
        }
    }

    @Override
    public <T> T write(TenantId tenant, Actor actor, Function<WriteTx, T> work) {
        feed.watch(tenant);
        return exclusive(session -> {
            Instant now = clock.now(tenant).truncatedTo(ChronoUnit.MILLIS);
            JdbcWriteTx tx = new JdbcWriteTx(session, tenant, actor, now, ids, secrets);
            try {
                T value = work.apply(tx);
                return new Done<>(value, flushed(session, tx.log()));
            } finally {
                tx.close();
            }
        });
    }

    @Override
    public <T> T registry(Function<RegistryTx, T> work) {
        return exclusive(session -> {
            JdbcRegistryTx tx = new JdbcRegistryTx(session, clock);
            T value = work.apply(tx);
            return new Done<>(value, flushed(session, tx.log()));
        });
    }

    @Override
    public <T> T readRegistry(Function<RegistryTx, T> work) {
        return engine.read(session -> work.apply(new JdbcRegistryTx(session, clock)));
    }

    /** One write at a time in a thread: a second one could wait for the first for ever. */
    private <T> T exclusive(Function<Session, Done<T>> work) {
        if (writing.isBound()) {
            throw new IllegalStateException("a write inside a write");
        }
        Done<T> done =
                engine.write(session ->
                        ScopedValue.where(writing, true).call(() -> work.apply(session)));
        feed.committed(done.changes());
        return done.value();
    }

    private List<AuditLog.Row> flushed(Session session, AuditLog log) {
        session.flush();
        List<AuditLog.Row> rows = log.rows();
        if (!rows.isEmpty()) {
            log.flush(session, feed.newTxId(), clock.now());
        }
        return rows;
    }

    @Override
    public void onChange(Consumer<Change> listener) {
        feed.listen(listener);
    }

    @Override
    public Map<String, Long> rows(Collection<String> tables) {
        String select = engine.dialect().rows(tables.stream().map(Dialect::name).toList());
        return engine.read(session -> {
            Map<String, Long> rows = new TreeMap<>();
            session.list(select, List.of(), row -> rows.put(row.getString(1), row.getLong(2)));
            return rows;
        });
    }

    @Override
    public void ping() {
        engine.ping();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            feed.close();
            engine.close();
        }
    }
}
