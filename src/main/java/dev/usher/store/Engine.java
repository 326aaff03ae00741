package dev.usher.store;

import java.util.function.Function;

/** Connections and transactions of one database. Thread-safe. */
sealed interface Engine extends AutoCloseable permits SqliteEngine, PostgresEngine {

    Dialect dialect();

    /** Runs the work on a snapshot, read-only. */
    <T> T read(Function<Session, T> work);

    /** Runs the work, which is one statement, read-only and without a transaction around it. */
    <T> T readOnce(Function<Session, T> work);

    /**
     * Runs the work in a transaction; returns when it is durable.
     *
     * @throws StoreFailure if the database fails; what the work throws is thrown on after rollback
     */
    <T> T write(Function<Session, T> work);

    /** Throws {@link StoreFailure} unless the database would take a write. */
    void ping();

    @Override
    void close();
}
