package dev.usher.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Two pools: read committed for writing, and repeatable read, read-only, for reading, so that no
 * connection ever changes its mode.
 */
final class PostgresEngine implements Engine {

    /** How often a transaction is tried that others make fail. */
    static final int ATTEMPTS_MAX = 10;

    static final long CONNECT_MS_MAX = 10_000;

    /** Longer than any transaction of ours; the change feed relies on it. */
    static final int TRANSACTION_MS_MAX = 30_000;

    /** serialization_failure, deadlock_detected. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

    private final Dialect dialect = new PostgresDialect();
    private final HikariDataSource writers;
    private final HikariDataSource readers;

    PostgresEngine(StoreSettings settings) {
        HikariConfig write = config(settings, "write", settings.writers());
        write.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        HikariConfig read = config(settings, "read", settings.readers());
        read.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        read.setReadOnly(true);
        writers = new HikariDataSource(write);
        readers = new HikariDataSource(read);
    }

    private static HikariConfig config(StoreSettings settings, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("usher-" + name);
        config.setJdbcUrl(settings.url());
        if (settings.user() != null) {
            config.setUsername(settings.user());
        }
        if (settings.password() != null) {
            config.setPassword(settings.password());
        }
        config.setAutoCommit(false);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MS_MAX);
        config.addDataSourceProperty("ApplicationName", "usher");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("options", "-c transaction_timeout=" + TRANSACTION_MS_MAX);
        return config;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return transaction(readers, work, false);
    }

    /** In auto-commit mode, the driver sends the one statement and nothing around it. */
    @Override
    public <T> T readOnce(Function<Session, T> work) {
        try (Connection connection = readers.getConnection()) {
            connection.setAutoCommit(true);
            return new Session(connection, dialect, 0).once(work);
        } catch (SQLException e) {
            throw new StoreFailure("read: " + e.getMessage(), e);
        }
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction(writers, work, true);
            } catch (StoreFailure e) {
                if (attempt == ATTEMPTS_MAX || !mayRunAgain(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean mayRunAgain(StoreFailure failure) {
        return failure.getCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && TRY_AGAIN.contains(cause.getSQLState());
    }

    private <T> T transaction(HikariDataSource pool, Function<Session, T> work, boolean commit) {
        try (Connection connection = pool.getConnection()) {
            try {
                T result = work.apply(new Session(connection, dialect, 0));
                if (commit) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return result;
            } catch (RuntimeException | Error | SQLException e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreFailure("transaction: " + e.getMessage(), e);
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void ping() {
        boolean replica =
                transaction(
                        writers,
                        session ->
                                session.one(
                                                "select pg_is_in_recovery()",
                                                List.of(),
                                                row -> row.getBoolean(1))
                                        .orElse(true),
                        false);
        if (replica) {
            throw new StoreFailure("the database is a read-only replica");
        }
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
