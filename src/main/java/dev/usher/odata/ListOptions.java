package dev.usher.odata;

import dev.usher.edm.Terms;
import dev.usher.odata.PathResolver.Target;
import java.util.List;
import java.util.stream.Stream;

/** Which query options a collection takes, by what it is made of and which workload serves it. */
final class ListOptions {

    private static final List<String> COLLECTION =
            List.of(
                    "$select",
                    "$expand",
                    "$filter",
                    "$orderby",
                    "$top",
                    "$skip",
                    "$count",
                    "$skiptoken");
    private static final List<String> SEARCHABLE =
            Stream.concat(COLLECTION.stream(), Stream.of("$search")).toList();
    private static final List<String> SUPPLIED = List.of("$select", "$count");
    private final Strategies strategies;
    private final StoredTypes storedTypes;

    ListOptions(Strategies strategies, StoredTypes storedTypes) {
        this.strategies = strategies;
        this.storedTypes = storedTypes;
    }

    /**
     * The options as they count for a list.
     *
     * @throws Refusal 400 for an option that the collection does not take, or if it has no list
     */
    QueryOptions options(ODataRequest request, Target target, Address.Members members) {
        boolean supplied = strategies.source(members).isPresent();
        boolean nothing = !supplied && storedTypes.union(members.type()) && !apart(members);
        if (nothing) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_REQUEST,
                    "The objects of '" + members.path() + "' are read one by one.");
        }
        if (!Workloads.directory(target.workload())) {
            ShapePlanner.onlyThese(request.options(), supplied ? SUPPLIED : COLLECTION);
            return request.options();
        }
        QueryOptions options = Workloads.options(request);
        ShapePlanner.onlyThese(options, supplied ? SUPPLIED : SEARCHABLE);
        return options;
    }

    private static boolean apart(Address.Members members) {
        return members.navigation().annotations().text(Terms.KEPT_AS).isPresent();
    }

    /**
     * @throws Refusal 400 for an option that a count of the collection does not take
     */
    void count(ODataRequest request, Target target, Address.Members members) {
        boolean directory = Workloads.directory(target.workload());
        if (directory) {
            Workloads.count(request);
        }
        boolean supplied = strategies.source(members).isPresent();
        List<String> narrowing = directory ? List.of("$filter", "$search") : List.of("$filter");
        ShapePlanner.onlyThese(request.options(), supplied ? List.of() : narrowing);
    }
}
