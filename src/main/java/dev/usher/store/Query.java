package dev.usher.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of entities: which, in what order, how many. Compiled to one SQL statement.
 *
 * @param types qualified names of the wanted types; empty for all of the kind
 * @param limit the most entities returned, at least 1
 * @param skip entities passed over first; 0 with a cursor
 */
public record Query(
        Kind kind,
        List<String> types,
        Scope scope,
        @Nullable Predicate filter,
        List<Order> orderBy,
        @Nullable Cursor after,
        int limit,
        int skip) {

    /** Which owner the entities are reached through. */
    public sealed interface Scope {

        /** The entities contained in this one: {@link Entity#path}, empty at the top. */
        record Children(String parent) implements Scope {}

        /** The entities that this one links to, in link order unless ordered otherwise. */
        record Linked(String link, String sourceKind, String sourceKey) implements Scope {}
    }

    /** One sort key. Null sorts before every value, ascending (OData 4.01 Part 1, 11.2.6.2). */
    public record Order(Operand by, boolean descending) {}

    /**
     * Where the last page ended: the values of its last entity's sort keys and its key. The folded
     * key is always the last sort key, so the position survives inserts and deletes.
     */
    public record Cursor(List<@Nullable Object> values, String key) {}

    /** The same from the end of a page on. */
    Query behind(Cursor cursor) {
        return new Query(kind, types, scope, filter, orderBy, cursor, limit, 0);
    }

    /** All of a kind at the top, by key. */
    public static Query all(Kind kind, int limit) {
        return new Query(kind, List.of(), new Scope.Children(""), null, List.of(), null, limit, 0);
    }
}
