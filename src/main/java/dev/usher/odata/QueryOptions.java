package dev.usher.odata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system query options of a request, or those nested in one {@code $expand} item (OData 4.01
 * Part 1, 11.2.4 and following), parsed but not yet held against the schema.
 *
 * @param select names as written; empty when the option is absent
 * @param search {@code $search} as written; null when absent
 * @param reference the {@code $id} (or {@code @id}) that names the link to remove
 * @param replay the options to repeat in a next link, still percent-encoded
 */
public record QueryOptions(
        List<String> select,
        List<Expand> expand,
        @Nullable Expression filter,
        List<Order> orderBy,
        @Nullable Integer top,
        int skip,
        boolean count,
        @Nullable String skipToken,
        @Nullable String search,
        @Nullable String reference,
        @Nullable MetadataLevel format,
        List<String> replay) {

    public static final QueryOptions NONE =
            new QueryOptions(
                    List.of(), List.of(), null, List.of(), null, 0, false, null, null, null, null,
                    List.of());

    /** One {@code $expand} item: the path of a navigation property, and its own options. */
    public record Expand(List<String> path, boolean referencesOnly, QueryOptions options) {}

    /** One {@code $orderby} item. */
    public record Order(Expression by, boolean descending) {}

    /** The same without the wish for a count. */
    QueryOptions withoutCount() {
        return new QueryOptions(
                select, expand, filter, orderBy, top, skip, false, skipToken, search, reference,
                format, replay);
    }

    /** The names of the options that were given. */
    public List<String> used() {
        List<String> used = new ArrayList<>();
        note(used, "$select", !select.isEmpty());
        note(used, "$expand", !expand.isEmpty());
        note(used, "$filter", filter != null);
        note(used, "$orderby", !orderBy.isEmpty());
        note(used, "$top", top != null);
        note(used, "$skip", skip > 0);
        note(used, "$count", count);
        note(used, "$skiptoken", skipToken != null);
        note(used, "$search", search != null);
        note(used, "$id", reference != null);
        return used;
    }

    private static void note(List<String> used, String name, boolean given) {
        if (given) {
            used.add(name);
        }
    }
}
