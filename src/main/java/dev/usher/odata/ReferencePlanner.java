package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.StructuredType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the reference that a {@code $ref} request carries, and checks what kind of thing it names.
 */
final class ReferencePlanner {

    private final Model model;
    private final StoredTypes storedTypes;

    ReferencePlanner(Model model, StoredTypes storedTypes) {
        this.model = model;
        this.storedTypes = storedTypes;
    }

    /** The reference in a body, in any form of {@link References#orKeyOf}. */
    Reference inBody(JsonNode body, EntityType type) {
        Reference reference = inBodyOrNothing(body, type);
        if (reference == null) {
            throw invalid("The body must hold '@odata.id', the reference to add.", "@odata.id");
        }
        return reference;
    }

    /** As {@link #inBody}; an empty object means "no target". */
    @Nullable Reference inBodyOrNothing(JsonNode body, EntityType type) {
        requireObject(body);
        Reference reference = References.orKeyOf(body, type);
        if (reference != null) {
            return checked(reference);
        }
        if (body.isEmpty()) {
            return null;
        }
        throw invalid("The body must hold '@odata.id', the reference to set.", "@odata.id");
    }

    /** The reference in {@code $id}, {@code @id} or {@code @odata.id} of the query. */
    Reference inQuery(QueryOptions options, EntityType type) {
        String written = options.reference();
        if (written == null || written.isBlank()) {
            throw invalid("The query must hold '$id', the reference to remove.", "$id");
        }
        return checked(References.parse(written, type));
    }

    /**
     * The reference of a body that holds nothing else but control information; null when the body
     * holds properties instead.
     *
     * @throws Refusal 400 when it holds both, or nothing
     */
    @Nullable Reference aloneInBody(JsonNode body, EntityType type) {
        requireObject(body);
        Reference reference = References.of(body, type);
        List<String> properties = new ArrayList<>();
        for (String name : body.propertyNames()) {
            if (!name.startsWith("@")) {
                properties.add(name);
            }
        }
        if (reference != null && !properties.isEmpty()) {
            throw invalid(
                    "The body holds both the reference '@odata.id' and the property '"
                            + properties.getFirst()
                            + "'; send one or the other.",
                    "@odata.id");
        }
        if (reference == null && properties.isEmpty()) {
            throw invalid("The body holds neither a reference nor a property.", "@odata.id");
        }
        return reference == null ? null : checked(reference);
    }

    private static void requireObject(JsonNode body) {
        if (!body.isObject()) {
            throw new Refusal(GraphError.SYNTAX, "The body must be a JSON object.");
        }
    }

    /** Refuses a URL that names another kind of resource than the one wanted. */
    private Reference checked(Reference reference) {
        String set = References.set(reference.written());
        if (set != null && Collections.disjoint(kindsNamed(set), kinds(reference.type()))) {
            throw invalid(
                    "'"
                            + reference.written()
                            + "' does not name a "
                            + reference.type().qualifiedName()
                            + ".",
                    "@odata.id");
        }
        if (reference.key().isEmpty()) {
            throw invalid("'" + reference.written() + "' names no object.", "@odata.id");
        }
        return reference;
    }

    private Set<String> kinds(EntityType type) {
        return storedTypes.parts(type).stream()
                .map(part -> part.kind().name())
                .collect(Collectors.toSet());
    }

    private Set<String> kindsNamed(String set) {
        String name = set.toLowerCase(Locale.ROOT);
        Set<String> kinds = new HashSet<>();
        model.root(name)
                .filter(Model.Root::collection)
                .ifPresent(root -> kinds.addAll(kinds(root.type())));
        for (var type : model.types().values()) {
            if (type instanceof StructuredType structured) {
                structured.ownNavigation().stream()
                        .filter(navigation -> navigation.name().equalsIgnoreCase(name))
                        .forEach(navigation -> kinds.addAll(kinds(navigation.target())));
            }
        }
        return kinds;
    }

    private static Refusal invalid(String message, String target) {
        return new Refusal(GraphError.INVALID_BODY, message, target, List.of());
    }
}
