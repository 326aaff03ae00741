package dev.usher.odata;

import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Step;
import dev.usher.edm.StructuredType;
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

    /** Whether the request asked for nothing of this. */
    boolean plain() {
        return select == null && expand.stream().allMatch(Expansion::automatic);
    }

    /**
     * One navigation property to embed, with the query for its targets.
     *
     * @param complex where inside the entity it stands
     * @param automatic whether it is embedded without being asked for
     */
    public record Expansion(
            List<Step> complex,
            NavigationProperty navigation,
            boolean referencesOnly,
            @Nullable Predicate filter,
            List<Query.Order> orderBy,
            int limit,
            int skip,
            boolean automatic,
            Shape shape) {

        /** The path by which the targets are found in a {@link Node}. */
        String path() {
            return Step.path(complex) + navigation.name();
        }

        /** Whether it stands in the object at this place, each step with its actual type. */
        boolean standsIn(List<Step> place) {
            boolean here = place.size() == complex.size();
            for (int i = 0; here && i < place.size(); i++) {
                here =
                        place.get(i).property().name().equals(complex.get(i).property().name())
                                && place.get(i).type() instanceof StructuredType actual
                                && complex.get(i).type() instanceof StructuredType wanted
                                && actual.isA(wanted);
            }
            return here;
        }
    }
}
