package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite and PostgreSQL say differently. Expressions go in and out as SQL text; every property
 * expression of the program is written here, because an expression index is used only by the very
 * expression that it was made with (see the migrations).
 */
sealed interface Dialect permits SqliteDialect, PostgresDialect {

    String TEXT = "{text}";
    String PART = "{part}";

    Pattern NAME = Pattern.compile("[A-Za-z0-9_@.$-]{1,128}");

    /** The folder of the migrations. */
    String folder();

    /**
     * The member of a JSON expression at that path, as the SQL type by which such values compare.
     */
    String member(String json, List<String> path, PrimitiveType type);

    /** The current item of {@link #items}, likewise. */
    String item(String alias, PrimitiveType type);

    /** A FROM item with a row for each item of the JSON array at that path; none if no array. */
    String items(String json, List<String> path, String alias);

    /** Simple Unicode case mapping of each code point. */
    String lower(String text);

    String upper(String text);

    /**
     * A condition on expressions that stand as {@link #TEXT} and {@link #PART}; null when either
     * is.
     */
    String startsWith();

    String endsWith();

    String contains();

    /** Whether one of the {@link Words} of the text begins with the part. */
    String hasWord();

    /** A condition with one placeholder for the value of {@link #texts}. */
    String among(String text);

    Object texts(Collection<String> list);

    /** Whether that is what the driver throws when a value that is to be unique is taken. */
    boolean uniqueViolation(@Nullable Throwable cause);

    /** The placeholder of a JSON column. */
    String jsonPlaceholder();

    /** Whether statements that are joined by semicolons are sent and answered together. */
    boolean pipelines();

    /**
     * A select that waits until no other transaction holds the number that is bound, and holds it;
     * null where transactions that write follow one another anyway.
     */
    @Nullable String holdName();

    /** A select of the name of each of these tables, and of about how many rows it has. */
    String rows(List<String> tables);

    /** What follows a select that keeps others from changing or deleting its rows. */
    String forUpdate();

    /** What follows a select that keeps others from deleting its rows. */
    String forShare();

    /** Binds a value of a type that {@link Sql#bind} names, or of {@link #texts}. */
    void bind(PreparedStatement statement, int position, @Nullable Object value)
            throws SQLException;

    /** Lets a schema's or a client's name through into SQL text if it can do no harm there. */
    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a property name: " + name);
        }
        return name;
    }
}
