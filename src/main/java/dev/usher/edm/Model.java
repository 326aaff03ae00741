package dev.usher.edm;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The schema of one service version: every type, the bound operations and the entity container.
 * Immutable once parsed; all look-ups by name ignore case, as Graph does.
 *
 * @param version {@code v1.0} or {@code beta}
 * @param types by qualified name in lower case
 * @param container the roots of every path: singletons and entity sets, as navigation properties of
 *     an invented type {@code GraphService}
 */
public record Model(
        String version,
        Map<String, EdmType> types,
        List<Operation> operations,
        List<Root> container) {

    /** The namespace of everything that Graph defines. */
    public static final String NAMESPACE = "microsoft.graph";

    /** The namespace of what Graph lacks. */
    public static final String OWN_NAMESPACE = "usher";

    /** Every namespace, in the order in which they are published. */
    public static final List<String> NAMESPACES = List.of(NAMESPACE, OWN_NAMESPACE);

    /** The name of the entity container. */
    public static final String CONTAINER = "GraphService";

    /** A singleton or an entity set of the container. */
    public record Root(String name, EntityType type, boolean collection, Annotations annotations) {}

    /** Finds a type by {@code microsoft.graph.X}, {@code graph.X} or {@code Edm.X}. */
    public Optional<EdmType> type(String qualifiedName) {
        String name = qualifiedName.toLowerCase(Locale.ROOT);
        if (name.startsWith("graph.")) {
            name = "microsoft." + name;
        }
        return Optional.ofNullable(types.get(name));
    }

    /** As {@link #type}, for names that our own schema guarantees. */
    public EntityType entityType(String qualifiedName) {
        return type(qualifiedName)
                .map(EntityType.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("no type " + qualifiedName));
    }

    public Optional<Root> root(String name) {
        return container.stream().filter(root -> root.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The root that is the member of that entity set who calls. */
    public Optional<Root> callersOf(String set) {
        return container.stream()
                .filter(root ->
                        root.annotations().text(Terms.CALLER).filter(set::equals).isPresent())
                .findFirst();
    }

    /**
     * The operation of that name bound to this type or a base of it; those of Graph's namespace go
     * by their plain name, too.
     */
    public Optional<Operation> operation(String name, StructuredType binding, boolean collection) {
        String full =
                name.indexOf('.') < 0
                        ? NAMESPACE + "." + name
                        : name.regionMatches(true, 0, "graph.", 0, 6) ? "microsoft." + name : name;
        return operations.stream()
                .filter(op -> op.qualifiedName().equalsIgnoreCase(full))
                .filter(op -> op.binding().collection() == collection)
                .filter(op -> binding.isA((StructuredType) op.binding().type()))
                .findFirst();
    }
}
