package dev.usher.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.Pragma;

/**
 * One file in WAL mode: one writing connection, several reading ones.
 *
 * <p>Writers take turns, each on its own thread. Whoever has the turn while others queue leaves the
 * transaction open for them; whoever finds nobody behind commits for the whole group. So a lone
 * writer commits at once, and under load one sync to the disk serves many. Each unit of work stands
 * under a savepoint and fails alone; nobody learns an outcome before the commit.
 */
final class SqliteEngine implements Engine {

    /** Units of work in one commit. */
    static final int GROUP_MAX = 64;

    /** How long to wait for another process's write lock. */
    static final int BUSY_MS_MAX = 10_000;

    /** How long a reader may wait for a connection. */
    static final int READER_WAIT_MS_MAX = 10_000;

    private final Dialect dialect = new SqliteDialect();
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Session writer;
    private final String url;

    /** Open reading connections that nobody uses, the one used last first: its caches are warm. */
    private final Deque<Session> readers = new ConcurrentLinkedDeque<>();

    private final Semaphore readersLeft;
    private final int readersMax;

    /** The open transaction, if any. Guarded by {@link #turn}. */
    private @Nullable Group group;

    SqliteEngine(StoreSettings settings) {
        url = settings.url();
        writer = open();
        readersMax = settings.readers();
        readersLeft = new Semaphore(readersMax);
    }

    private Session open() {
        try {
            Properties settings = new Properties();
            // The driver would ask for the row's number after every statement.
            settings.setProperty(Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "false");
            Connection connection = DriverManager.getConnection(url, settings);
            Session session = new Session(connection, dialect, Session.STATEMENTS_MAX);
            session.control("pragma busy_timeout = " + BUSY_MS_MAX);
            session.control("pragma journal_mode = wal");
            session.control("pragma synchronous = full");
            session.control("pragma foreign_keys = on");
            // What undoes a statement or a savepoint; without this, a file for each.
            session.control("pragma temp_store = memory");
            SqliteDialect.install(session.connection());
            return session;
        } catch (SQLException e) {
            throw new StoreFailure("cannot open " + url + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return reading(reader -> {
            reader.command("begin");
            try {
                return work.apply(reader);
            } finally {
                reader.command("rollback");
            }
        });
    }

    @Override
    public <T> T readOnce(Function<Session, T> work) {
        return reading(reader -> reader.once(work));
    }

    private <T> T reading(Function<Session, T> work) {
        awaitReader();
        try {
            Session idle = readers.pollFirst();
            Session reader = idle == null ? openReader() : idle;
            try {
                return work.apply(reader);
            } finally {
                readers.addFirst(reader);
            }
        } finally {
            readersLeft.release();
        }
    }

    private void awaitReader() {
        try {
            if (!readersLeft.tryAcquire(READER_WAIT_MS_MAX, TimeUnit.MILLISECONDS)) {
                throw new StoreFailure(
                        "no connection came free within " + READER_WAIT_MS_MAX + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure("interrupted", e);
        }
    }

    private Session openReader() {
        Session reader = open();
        reader.control("pragma query_only = on");
        return reader;
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        Group mine;
        Supplier<T> outcome;
        turn.lock();
        try {
            mine = group == null ? begin() : group;
            outcome = mine.run(writer, work);
        } finally {
            endTurn();
        }
        mine.await();
        return outcome.get();
    }

    private Group begin() {
        writer.command("begin immediate");
        Group begun = new Group();
        group = begun;
        return begun;
    }

    /** How many writers wait for their turn. */
    int waiting() {
        return turn.getQueueLength();
    }

    /** Passes the open transaction on to whoever queues, or commits it. */
    private void endTurn() {
        try {
            Group open = group;
            if (open != null && (open.full() || !turn.hasQueuedThreads())) {
                group = null;
                open.commit(writer);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void ping() {
        boolean _ = write(_ -> true);
    }

    @Override
    public void close() {
        for (int i = 0; i < readersMax; i++) {
            awaitReader();
        }
        readers.forEach(Session::close);
        turn.lock();
        endTurn();
        writer.close();
    }

    /** Units of work that share one transaction. */
    private static final class Group {

        /** What the commit failed with, if it did. */
        private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();

        private int size;

        /** Whether anything of it is to be kept. */
        private boolean kept;

        private @Nullable StoreFailure broken;

        <T> Supplier<T> run(Session session, Function<Session, T> work) {
            size++;
            try {
                session.command("savepoint unit");
                T value = work.apply(session);
                session.command("release unit");
                kept = true;
                return () -> value;
            } catch (RuntimeException | Error e) {
                undo(session);
                return () -> {
                    throw e;
                };
            }
        }

        /** Some errors (disk full, I/O) end the whole transaction, and with it this savepoint. */
        private void undo(Session session) {
            try {
                session.command("rollback to unit");
                session.command("release unit");
            } catch (StoreFailure e) {
                broken = e;
            }
        }

        boolean full() {
            return broken != null || size >= GROUP_MAX;
        }

        void commit(Session session) {
            try {
                if (broken != null) {
                    throw broken;
                }
                // what was undone still counts as written: to commit it would cost a sync
                session.command(kept ? "commit" : "rollback");
                ended.complete(Optional.empty());
            } catch (RuntimeException | Error e) {
                rollback(session);
                ended.complete(Optional.of(e));
            }
        }

        private static void rollback(Session session) {
            try {
                session.command("rollback");
            } catch (StoreFailure e) {
                // SQLite has already ended the transaction by itself: nothing is left to undo.
                return;
            }
        }

        /** Not interruptible: the caller must learn what became of its work. */
        void await() {
            ended.join()
                    .ifPresent(e -> {
                        throw new StoreFailure("nothing was committed: " + e.getMessage(), e);
                    });
        }
    }
}
