package dev.usher.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A repository's statement on a session. */
final class JdbcSql implements Sql {

    private final Session session;
    private final NamedSql statement;
    private final boolean mayWrite;
    private final Runnable onWrite;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    JdbcSql(Session session, NamedSql statement, boolean mayWrite, Runnable onWrite) {
        this.session = session;
        this.statement = statement;
        this.mayWrite = mayWrite;
        this.onWrite = onWrite;
    }

    @Override
    public Sql bind(String name, @Nullable Object value) {
        if (!statement.names().contains(name)) {
            throw new IllegalArgumentException("the statement does not name :" + name);
        }
        values.put(name, value);
        return this;
    }

    @Override
    public <T> Optional<T> one(Function<Row, T> mapper) {
        return session.one(statement.text(), values(), row -> mapper.apply(new JdbcRow(row)));
    }

    @Override
    public <T> List<T> list(Function<Row, T> mapper) {
        return session.list(statement.text(), values(), row -> mapper.apply(new JdbcRow(row)));
    }

    @Override
    public int execute() {
        if (!mayWrite) {
            throw new IllegalStateException("this transaction only reads");
        }
        onWrite.run();
        return session.update(statement.text(), values());
    }

    private List<@Nullable Object> values() {
        List<@Nullable Object> list = new ArrayList<>();
        for (String name : statement.names()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(":" + name + " has no value");
            }
            list.add(values.get(name));
        }
        return list;
    }

    /** The current row. */
    private record JdbcRow(ResultSet row) implements Row {

        private interface Getter<T> {
            T get() throws SQLException;
        }

        private static <T> T get(String column, Getter<T> getter) {
            try {
                return getter.get();
            } catch (SQLException e) {
                throw new StoreFailure("column " + column + ": " + e.getMessage(), e);
            }
        }

        private <T> T present(String column, Getter<T> getter) {
            return get(
                    column,
                    () -> {
                        T value = getter.get();
                        if (row.wasNull()) {
                            throw new IllegalStateException("column " + column + " is null");
                        }
                        return value;
                    });
        }

        @Override
        public String text(String column) {
            return present(column, () -> row.getString(column));
        }

        @Override
        public @Nullable String textOrNull(String column) {
            return get(column, () -> Optional.ofNullable(row.getString(column))).orElse(null);
        }

        @Override
        public long number(String column) {
            return present(column, () -> row.getLong(column));
        }

        @Override
        public boolean flag(String column) {
            return present(column, () -> row.getBoolean(column));
        }

        @Override
        public Instant instant(String column) {
            return Instant.ofEpochMilli(number(column));
        }

        @Override
        public @Nullable Instant instantOrNull(String column) {
            long millis = get(column, () -> row.getLong(column));
            return get(column, row::wasNull) ? null : Instant.ofEpochMilli(millis);
        }
    }
}
