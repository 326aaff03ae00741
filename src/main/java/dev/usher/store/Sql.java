package dev.usher.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A statement being filled in. Values are always bound, never concatenated. Instants are stored as
 * milliseconds since the epoch, GUIDs as text, booleans as the dialect has them.
 */
public interface Sql {

    /** Binds a named value: String, Long, Integer, Boolean, Instant, UUID, byte[] or null. */
    Sql bind(String name, @Nullable Object value);

    /** The first row. */
    <T> Optional<T> one(Function<Row, T> mapper);

    <T> List<T> list(Function<Row, T> mapper);

    /** Runs an insert, update or delete; returns the rows it touched. Write transactions only. */
    int execute();

    /** One row of a result. */
    interface Row {

        String text(String column);

        @Nullable String textOrNull(String column);

        long number(String column);

        boolean flag(String column);

        java.time.Instant instant(String column);

        java.time.@Nullable Instant instantOrNull(String column);
    }
}
