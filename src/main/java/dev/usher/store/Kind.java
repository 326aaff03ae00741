package dev.usher.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the instances of one entity type family are kept. Made from the schema's annotations by
 * {@link Kinds}.
 */
public final class Kind {

    private final String name;
    private final @Nullable String table;
    private final Map<String, Column> columns;
    private final Set<List<String>> secrets;
    private final Set<String> contained;
    private final Indexing indexing;
    private final Shape shape;

    /**
     * @param name the kind's name, such as {@code userFlow}; it stands in links and in the audit
     *     trail
     * @param table the table of a table-stored kind, null for documents
     * @param columns of a table-stored kind: property name to column; every other property is kept
     *     in the table's JSON column {@code doc}
     * @param secrets the paths ({@code authenticationConfiguration/password}) of properties that
     *     are sealed before they are stored, of every type of the family
     * @param contained the names of the document kinds whose entities live inside entities of this
     *     one, at any depth; they are deleted with them. A kind that is contained in several kinds
     *     is told apart by the keys of the owners alone, which must be GUIDs then.
     */
    public Kind(
            String name,
            @Nullable String table,
            Map<String, Column> columns,
            Set<List<String>> secrets,
            Set<String> contained) {
        this(name, table, columns, secrets, contained, Indexing.NONE);
    }

    /** As above, of a table-stored kind with more to look things up by. */
    public Kind(
            String name,
            @Nullable String table,
            Map<String, Column> columns,
            Set<List<String>> secrets,
            Set<String> contained,
            Indexing indexing) {
        this.name = name;
        this.table = table;
        this.columns = columns;
        this.secrets = secrets;
        this.contained = contained;
        this.indexing = indexing;
        this.shape = new Shape(name, table, columns, indexing.folded());
    }

    /** A kind that contains nothing. */
    public Kind(
            String name,
            @Nullable String table,
            Map<String, Column> columns,
            Set<List<String>> secrets) {
        this(name, table, columns, secrets, Set.of());
    }

    /** A column of a table-stored kind and the SQL type family that it holds. */
    public record Column(String name, Type type) {
        public enum Type {
            TEXT,
            INTEGER,
            BOOLEAN,
            INSTANT
        }
    }

    /**
     * What is kept beside the values, so that indexes serve comparisons that ignore case.
     *
     * @param folded property name to the column that holds its folded value
     * @param items by the name of a collection property: where its items are indexed
     * @param words property name to the table that has a row for each of its words
     */
    public record Indexing(
            Map<String, String> folded, Map<String, ItemIndex> items, Map<String, String> words) {

        /** Nothing. */
        public static final Indexing NONE = new Indexing(Map.of(), Map.of(), Map.of());
    }

    /**
     * A table with a row for each item of a collection, unique in the tenant.
     *
     * @param columns member of the item to the column that holds its folded value
     */
    public record ItemIndex(String table, Map<String, String> columns) {}

    public String name() {
        return name;
    }

    public @Nullable String table() {
        return table;
    }

    public Map<String, Column> columns() {
        return columns;
    }

    public Set<List<String>> secrets() {
        return secrets;
    }

    public Set<String> contained() {
        return contained;
    }

    public Indexing indexing() {
        return indexing;
    }

    public boolean document() {
        return table == null;
    }

    /** How its entities lie in columns, worked out once. */
    Shape shape() {
        return shape;
    }

    @Override
    public String toString() {
        return name;
    }
}
