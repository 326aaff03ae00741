package dev.usher.store;

import dev.usher.ids.TenantId;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Durable data on SQLite or PostgreSQL, one contract ({@code StoreContract}) for both. Thread-safe.
 */
public interface Store extends AutoCloseable {

    /** Runs the work on one consistent snapshot. The work may run while writes commit. */
    <T> T read(TenantId tenant, Function<ReadTx, T> work);

    /**
     * As {@link #read}, for work of one statement: that is a snapshot by itself, and costs a
     * fraction of a transaction.
     *
     * @throws IllegalStateException if the work runs a second statement
     */
    <T> T readOnce(TenantId tenant, Function<ReadTx, T> work);

    /**
     * Runs the work in one transaction and returns when its changes are durable. An exception from
     * the work rolls everything back and is thrown on. On PostgreSQL the work may be run again
     * after a serialization failure, so it must have no effect outside the transaction.
     *
     * @throws IllegalStateException if this thread is inside another write of this store
     * @throws StoreFailure if the database fails
     */
    <T> T write(TenantId tenant, Actor actor, Function<WriteTx, T> work);

    /**
     * Statements that belong to no tenant: the register of tenants and their domains, in one write
     * transaction. Only the {@code tenant} package uses it.
     */
    <T> T registry(Function<RegistryTx, T> work);

    /** As {@link #registry}, for statements that only read; never waits for a writer. */
    <T> T readRegistry(Function<RegistryTx, T> work);

    /**
     * Calls the listener for every committed change, made by this process or another one, at the
     * latest {@link #STALENESS_MS_MAX} after its commit; possibly twice. Changes by this process
     * are announced before {@link #write} returns.
     */
    void onChange(Consumer<Change> listener);

    /**
     * About how many rows each of these tables has, over all tenants. Cheap enough for now and
     * then, not for each request.
     */
    Map<String, Long> rows(Collection<String> tables);

    /** Throws if the database cannot be reached or written to. For the readiness probe. */
    void ping();

    @Override
    void close();

    /** How long a change by another process may go unnoticed. */
    long STALENESS_MS_MAX = 1000;

    /** A committed change: what {@code kind} and folded {@code key} it touched. */
    record Change(TenantId tenant, String kind, String key) {}
}
