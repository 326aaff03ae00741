package dev.usher.odata;

import dev.usher.edm.Model;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import java.util.List;
import java.util.Optional;

/**
 * What the workloads behind Graph do differently: the directory has error codes of its own, and
 * answers some queries only to callers that accept eventual consistency.
 */
final class Workloads {

    private static final String DIRECTORY = "directory";

    private Workloads() {}

    /**
     * The workload that the path leads to, empty for none in particular: that of its root, until a
     * navigation property names another. A path that breaks off is followed as far as it goes.
     */
    static String of(Model model, List<PathSegment> path) {
        Optional<Model.Root> root =
                path.isEmpty() ? Optional.empty() : model.root(path.getFirst().name());
        if (root.isEmpty()) {
            return "";
        }
        String workload = root.get().annotations().text(Terms.WORKLOAD).orElse("");
        StructuredType at = root.get().type();
        for (PathSegment segment : path.subList(1, path.size())) {
            Optional<NavigationProperty> navigation = at.navigation(segment.name());
            if (navigation.isPresent()) {
                workload = navigation.get().annotations().text(Terms.WORKLOAD).orElse(workload);
                at = navigation.get().target();
            }
        }
        return workload;
    }

    /** Whether the rules of the directory apply. */
    static boolean directory(String workload) {
        return workload.equals(DIRECTORY);
    }

    /** The refusal as the workload words it. */
    static Refusal styled(String workload, Refusal refusal) {
        if (!directory(workload)) {
            return refusal;
        }
        return switch (refusal.error()) {
            case SYNTAX,
                    UNSUPPORTED_OPTION,
                    UNSUPPORTED_REQUEST,
                    BAD_FILTER,
                    EXPAND_NOT_SUPPORTED,
                    INVALID_BODY,
                    INVALID_VALUE ->
                    refusal.as(GraphError.DIRECTORY_REQUEST);
            case NOT_FOUND -> refusal.as(GraphError.DIRECTORY_NOT_FOUND);
            case CONFLICT -> conflict(refusal);
            case FORBIDDEN -> refusal.as(GraphError.DENIED);
            default -> refusal;
        };
    }

    private static Refusal conflict(Refusal refusal) {
        String target = refusal.target() == null ? "id" : refusal.target();
        String message = String.valueOf(refusal.getMessage());
        return new Refusal(
                GraphError.DIRECTORY_REQUEST,
                message,
                null,
                List.of(new Violation(target, Violation.Rule.CONFLICT, message)));
    }

    /**
     * The options as they count for the directory: what is asked of a caller that does not accept
     * eventual consistency is refused or, a count beside a list, left out.
     */
    static QueryOptions options(ODataRequest request) {
        QueryOptions options = request.options();
        boolean eventual = request.prefer().eventual();
        if (options.skip() > 0) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_OPTION,
                    "'$skip' is not supported by the service; follow @odata.nextLink.",
                    "$skip",
                    List.of());
        }
        if (options.search() != null && !eventual) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_QUERY,
                    "Request with $search query parameter only works through the header"
                            + " ConsistencyLevel: eventual.",
                    "$search",
                    List.of());
        }
        return eventual ? options : options.withoutCount();
    }

    /**
     * @throws Refusal 400 when a count alone is asked for without eventual consistency
     */
    static void count(ODataRequest request) {
        if (!request.prefer().eventual()) {
            throw new Refusal(GraphError.UNSUPPORTED_REQUEST, "$count is not currently supported.");
        }
    }
}
