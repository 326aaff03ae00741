package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Navigations;
import dev.usher.edm.Property;
import dev.usher.edm.Step;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.odata.PermissionRules.Access;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds {@code $select}, {@code $expand} and the collection options against the schema. */
final class ShapePlanner {

    private static final List<String> SINGLE_OPTIONS = List.of("$select", "$expand");
    private static final List<String> MANY_OPTIONS =
            List.of("$select", "$expand", "$filter", "$orderby", "$top", "$skip");

    private final StoredTypes storedTypes;
    private final ODataSettings settings;
    private final List<Permission> permissions = new ArrayList<>();

    ShapePlanner(StoredTypes storedTypes, ODataSettings settings) {
        this.storedTypes = storedTypes;
        this.settings = settings;
    }

    /** What the expands and filters of all shapes planned so far need. */
    List<Permission> permissions() {
        return permissions;
    }

    Shape shape(StructuredType type, QueryOptions options, PermissionRules rules) {
        List<Shape.Expansion> expansions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (QueryOptions.Expand expand : options.expand()) {
            for (Shape.Expansion expansion : expansions(type, expand, rules)) {
                if (!seen.add(expansion.path())) {
                    throw new Refusal(
                            GraphError.SYNTAX, "'" + expansion.path() + "' is expanded twice.");
                }
                expansions.add(expansion);
            }
        }
        Set<String> select = select(type, options.select());
        for (Navigations.Reached reached : storedTypes.navigations(type)) {
            boolean selected = select == null || select.contains(first(reached));
            if (selected
                    && reached.navigation().annotations().flag(Terms.AUTO_EXPAND)
                    && seen.add(reached.path())) {
                expansions.add(automatic(reached));
            }
        }
        return new Shape(select, expansions);
    }

    private static String first(Navigations.Reached reached) {
        return reached.steps().isEmpty()
                ? reached.navigation().name()
                : reached.steps().getFirst().property().name();
    }

    private Shape.Expansion automatic(Navigations.Reached reached) {
        NavigationProperty navigation = reached.navigation();
        return new Shape.Expansion(
                reached.steps(),
                navigation,
                false,
                null,
                Places.order(navigation, List.of()),
                navigation.collection() ? settings.expandMax() : 1,
                0,
                true,
                Shape.ALL);
    }

    Plan.Selection selection(
            Address.Members members,
            QueryOptions options,
            Preferences prefer,
            PermissionRules rules) {
        EntityType type = members.type();
        Integer wanted = prefer.pageSize();
        int size = top(options.top(), settings.pageSizeDefault());
        boolean honoured = false;
        if (options.top() == null && wanted != null) {
            size = Math.min(wanted, settings.pageSizeMax());
            honoured = true;
        }
        Predicate filter = filter(type, options, rules);
        List<Query.Order> order = FilterTyper.orderBy(storedTypes, type, order(members, options));
        return new Plan.Selection(
                filter,
                Places.order(
                        members.navigation(), order.isEmpty() ? found(members, filter) : order),
                size,
                honoured,
                options.skip(),
                options.count(),
                options.skipToken());
    }

    /**
     * Those whose property begins so are read in its order, if it has an index that ignores case:
     * the index gives the page, where any other order would have to sort all of them first.
     */
    private List<Query.Order> found(Address.Members members, @Nullable Predicate filter) {
        return filter instanceof Predicate.TextMatch(var function, var text, _)
                        && function == Predicate.Function.STARTS_WITH
                        && text instanceof Operand.Lower(Operand.Property(_, List<String> path, _))
                        && path.size() == 1
                        && !storedTypes.union(members.type())
                        && storedTypes
                                .of(members)
                                .kind()
                                .indexing()
                                .folded()
                                .containsKey(path.getFirst())
                ? List.of(new Query.Order(text, false))
                : List.of();
    }

    private static List<QueryOptions.Order> order(Address.Members members, QueryOptions options) {
        return options.orderBy().isEmpty()
                ? members.navigation()
                        .annotations()
                        .text(Terms.DEFAULT_ORDER)
                        .map(QueryOptionsParser::orderBy)
                        .orElse(List.of())
                : options.orderBy();
    }

    /** To ask what is behind a navigation property takes what embedding it takes. */
    @Nullable Predicate filter(EntityType type, QueryOptions options, PermissionRules rules) {
        Expression filter = options.filter();
        Predicate filtered =
                filter == null
                        ? null
                        : FilterTyper.filter(
                                storedTypes,
                                type,
                                filter,
                                crossed ->
                                        permissions.add(
                                                at(crossed, rules).permission(Access.Expand)));
        String search = options.search();
        if (search == null) {
            return filtered;
        }
        Predicate found = SearchParser.parse(type, search);
        return filtered == null ? found : new Predicate.And(List.of(filtered, found));
    }

    /** The rules of a navigation property, from those of the object that it is reached from. */
    private static PermissionRules at(Navigations.Reached reached, PermissionRules rules) {
        PermissionRules here = rules;
        for (Step step : reached.steps()) {
            here = here.then(step.property().annotations());
        }
        return here.then(reached.navigation().annotations());
    }

    private int top(@Nullable Integer top, int otherwise) {
        if (top == null) {
            return otherwise;
        }
        if (top < 1 || top > settings.pageSizeMax()) {
            throw new Refusal(
                    GraphError.SYNTAX,
                    "Invalid page size specified: '"
                            + top
                            + "'. Must be between 1 and "
                            + settings.pageSizeMax()
                            + " inclusive.",
                    "$top",
                    List.of());
        }
        return top;
    }

    private static @Nullable Set<String> select(StructuredType type, List<String> items) {
        if (items.isEmpty() || items.contains("*")) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        for (String item : items) {
            List<String> path = withoutCasts(List.of(item.split("/", -1)));
            if (path.size() != 1) {
                throw new Refusal(
                        GraphError.SYNTAX,
                        "$select: '" + item + "' goes below a property, which is not supported.");
            }
            names.add(selected(type, path.getFirst()));
        }
        return names;
    }

    private static String selected(StructuredType type, String name) {
        Property property = Properties.inFamily(type, name);
        if (property != null) {
            if (property.secret()) {
                throw new Refusal(
                        GraphError.SYNTAX,
                        "The property '"
                                + property.name()
                                + "' is write-only and cannot be selected.",
                        property.name(),
                        List.of());
            }
            return property.name();
        }
        if (Properties.dynamic(type, name)) {
            return name;
        }
        return Properties.navigationInFamily(type, name)
                .map(NavigationProperty::name)
                .orElseThrow(() -> unknown(type, name));
    }

    /** One for each type of the family that declares the path. */
    private List<Shape.Expansion> expansions(
            StructuredType type, QueryOptions.Expand expand, PermissionRules rules) {
        List<Navigations.Reached> found =
                storedTypes.navigations(type).stream()
                        .filter(reached -> ExpandPaths.names(expand.path(), reached, storedTypes))
                        .toList();
        if (found.isEmpty()) {
            throw ExpandPaths.refusal(type, expand.path());
        }
        List<Shape.Expansion> expansions = new ArrayList<>();
        Set<String> sameForDerivedTypes = new HashSet<>();
        for (Navigations.Reached reached : found) {
            if (!sameForDerivedTypes.add(reached.path())) {
                continue;
            }
            NavigationProperty navigation = reached.navigation();
            if (!navigation.annotations().flag(Terms.EXPAND, "Expandable", true)) {
                throw ExpandPaths.notExpandable(navigation.name());
            }
            PermissionRules here = at(reached, rules);
            permissions.add(here.permission(Access.Expand));
            expansions.add(expansion(reached, expand, here));
        }
        return expansions;
    }

    private Shape.Expansion expansion(
            Navigations.Reached reached, QueryOptions.Expand expand, PermissionRules rules) {
        NavigationProperty navigation = reached.navigation();
        QueryOptions options = expand.options();
        onlyThese(options, navigation.collection() ? MANY_OPTIONS : SINGLE_OPTIONS);
        return new Shape.Expansion(
                reached.steps(),
                navigation,
                expand.referencesOnly(),
                filter(navigation.target(), options, rules),
                Places.order(
                        navigation,
                        FilterTyper.orderBy(storedTypes, navigation.target(), options.orderBy())),
                navigation.collection() ? top(options.top(), settings.expandMax()) : 1,
                options.skip(),
                false,
                shape(navigation.target(), options, rules));
    }

    /**
     * @throws Refusal 400 that names the first option which has no meaning here
     */
    static void onlyThese(QueryOptions options, List<String> possible) {
        for (String name : options.used()) {
            if (!possible.contains(name)) {
                throw new Refusal(
                        GraphError.UNSUPPORTED_OPTION,
                        "The query option '" + name + "' is not supported here.",
                        name,
                        List.of());
            }
        }
    }

    private static List<String> withoutCasts(List<String> path) {
        List<String> names = path.stream().filter(name -> !name.contains(".")).toList();
        return names.isEmpty() ? path : names;
    }

    private static Refusal unknown(StructuredType type, String name) {
        return new Refusal(
                GraphError.SYNTAX, Properties.unknownMessage(name, type), name, List.of());
    }
}
