package dev.usher.odata;

import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Property;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an entity is shown: {@code $select} and {@code $expand}, held against the schema.
 *
 * @param select canonical names; null for all
 */
public record Shape(@Nullable Set<String> select, List<Expansion> expand) {

    public static final Shape ALL = new Shape(null, List.of());

    boolean shows(String property) {
        return select == null || select.contains(property);
    }

    boolean plain() {
        return select == null && expand.isEmpty();
    }

    /** One navigation property to embed, with the query for its targets. */
    public record Expansion(
            List<Property> complex,
            NavigationProperty navigation,
            boolean referencesOnly,
            @Nullable Predicate filter,
            List<Query.Order> orderBy,
            int limit,
            int skip,
            Shape shape) {

        /** The path by which the targets are found in a {@link Node}. */
        String path() {
            StringBuilder path = new StringBuilder();
            complex.forEach(property -> path.append(property.name()).append('/'));
            return path.append(navigation.name()).toString();
        }
    }
}
