package dev.usher.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection in use by one thread. Keeps prepared statements where the driver does not. Every
 * {@link SQLException} leaves as {@link StoreFailure}.
 */
final class Session implements AutoCloseable {

    /** Prepared statements that one SQLite connection keeps. */
    static final int STATEMENTS_MAX = 128;

    /** Changes that wait to be sent together. */
    static final int LATER_MAX = 16;

    private final Connection connection;
    private final Dialect dialect;
    private final int statementsMax;
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();
    private final List<Later> later = new ArrayList<>();
    private int left = Integer.MAX_VALUE;

    /** A change that is not yet sent, and who wants to know how many rows it touched. */
    private record Later(SqlText sql, IntConsumer touched) {}

    Session(Connection connection, Dialect dialect, int statementsMax) {
        this.connection = connection;
        this.dialect = dialect;
        this.statementsMax = statementsMax;
    }

    /** Reads a column set of the current row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Action<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    Connection connection() {
        return connection;
    }

    <T> List<T> list(SqlText sql, RowReader<T> reader) {
        return list(sql.text(), sql.values(), reader);
    }

    <T> List<T> list(String text, List<? extends @Nullable Object> values, RowReader<T> reader) {
        return run(
                text,
                values,
                statement -> {
                    List<T> rows = new ArrayList<>();
                    try (ResultSet result = statement.executeQuery()) {
                        while (result.next()) {
                            rows.add(reader.read(result));
                        }
                    }
                    return rows;
                });
    }

    <T> Optional<T> one(SqlText sql, RowReader<T> reader) {
        return one(sql.text(), sql.values(), reader);
    }

    <T> Optional<T> one(String text, List<? extends @Nullable Object> values, RowReader<T> reader) {
        return run(
                text,
                values,
                statement -> {
                    try (ResultSet result = statement.executeQuery()) {
                        return result.next()
                                ? Optional.of(reader.read(result))
                                : Optional.<T>empty();
                    }
                });
    }

    int update(SqlText sql) {
        return update(sql.text(), sql.values());
    }

    int update(String text, List<? extends @Nullable Object> values) {
        return run(text, values, PreparedStatement::executeUpdate);
    }

    /**
     * Makes a change whose outcome nobody waits for: where a database is a network away, it is sent
     * together with others, in their order, before the next statement that is waited for.
     *
     * @param touched is told the number of rows, and may throw
     */
    void later(SqlText sql, IntConsumer touched) {
        if (!dialect.pipelines()) {
            touched.accept(update(sql));
            return;
        }
        later.add(new Later(sql, touched));
        if (later.size() == LATER_MAX) {
            flush();
        }
    }

    /** Sends what waits. */
    void flush() {
        if (later.isEmpty()) {
            return;
        }
        List<Later> sent = List.copyOf(later);
        later.clear();
        SqlText all = new SqlText();
        for (Later each : sent) {
            all.add(all.values().isEmpty() ? "" : "; ").add(each.sql());
        }
        List<Integer> counts =
                send(
                        all.text(),
                        all.values(),
                        statement -> {
                            List<Integer> touched = new ArrayList<>();
                            statement.execute();
                            while (touched.size() < sent.size()) {
                                touched.add(statement.getUpdateCount());
                                statement.getMoreResults();
                            }
                            return touched;
                        });
        for (int i = 0; i < sent.size(); i++) {
            sent.get(i).touched().accept(counts.get(i));
        }
    }

    /** Runs work that is one statement; a second one would see another state of the database. */
    <T> T once(Function<Session, T> work) {
        left = 1;
        try {
            return work.apply(this);
        } finally {
            left = Integer.MAX_VALUE;
        }
    }

    /** Begins, commits, rolls back or marks a transaction. */
    void command(String text) {
        int _ = update(text, List.of());
    }

    /** Sets up the connection. */
    void control(String text) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new StoreFailure(text + ": " + e.getMessage(), e);
        }
    }

    private <T> T run(String text, List<? extends @Nullable Object> values, Action<T> action) {
        if (left-- == 0) {
            throw new IllegalStateException("a second statement in what was to be one: " + text);
        }
        flush();
        return send(text, values, action);
    }

    private <T> T send(String text, List<? extends @Nullable Object> values, Action<T> action) {
        try {
            PreparedStatement kept = idle.remove(text);
            PreparedStatement statement = kept == null ? connection.prepareStatement(text) : kept;
            boolean done = false;
            try {
                for (int i = 0; i < values.size(); i++) {
                    dialect.bind(statement, i + 1, values.get(i));
                }
                T result = action.run(statement);
                done = true;
                return result;
            } finally {
                putBack(text, statement, done);
            }
        } catch (SQLException e) {
            throw new StoreFailure(e.getMessage() + " in: " + text, e);
        }
    }

    private void putBack(String text, PreparedStatement statement, boolean reusable)
            throws SQLException {
        if (!reusable || statementsMax == 0) {
            statement.close();
            return;
        }
        PreparedStatement other = idle.put(text, statement);
        if (other != null) {
            other.close();
        }
        if (idle.size() > statementsMax) {
            Iterator<PreparedStatement> oldest = idle.values().iterator();
            PreparedStatement evicted = oldest.next();
            oldest.remove();
            evicted.close();
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailure("close: " + e.getMessage(), e);
        }
    }
}
