package dev.usher.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL being written from left to right, with the values of its placeholders in their order. */
final class SqlText {

    private final StringBuilder text = new StringBuilder(256);
    private final List<@Nullable Object> values = new ArrayList<>();

    /** Adds text that is fixed in the program or was checked by {@link Dialect#name}. */
    SqlText add(String fixed) {
        text.append(fixed);
        return this;
    }

    /** Adds a placeholder for the value. */
    SqlText bind(@Nullable Object value) {
        text.append('?');
        values.add(value);
        return this;
    }

    /** Adds {@code (?, ?, ...)}; the values must not be empty. */
    SqlText bindAll(Collection<?> list) {
        text.append('(').append(String.join(", ", Collections.nCopies(list.size(), "?")));
        text.append(')');
        values.addAll(list);
        return this;
    }

    SqlText add(SqlText other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    String text() {
        return text.toString();
    }

    List<@Nullable Object> values() {
        return values;
    }
}
