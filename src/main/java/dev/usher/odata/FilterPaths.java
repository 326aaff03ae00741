package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.EnumType;
import dev.usher.edm.Navigations;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Property;
import dev.usher.edm.Step;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.store.Operand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that a filter may use at some point: resolves paths, with casts and variables. */
final class FilterPaths {

    /** What a lambda variable stands for: an item of this type, complex, entity or primitive. */
    record Variable(@Nullable StructuredType structured, @Nullable Property primitive) {}

    /** A resolved path. */
    record Found(Operand operand, @Nullable EnumType enumType, Property property) {}

    /** A cast on the way to a property. */
    private record Cast(Operand.Property object, List<String> types) {}

    private static final String SELF = "";

    /** How the store names the key of an entity, whatever the schema calls it. */
    private static final String KEY = "id";

    private final StoredTypes storedTypes;
    private final boolean ignoreCase;
    private final String key;
    private final Map<String, Variable> variables = new HashMap<>();

    FilterPaths(StoredTypes storedTypes, EntityType type) {
        this.storedTypes = storedTypes;
        this.ignoreCase = type.inherited(Terms.IGNORE_CASE).isPresent();
        this.key = type.key();
        variables.put(SELF, new Variable(type, null));
    }

    /** Whether texts compare by their folded forms. */
    boolean ignoreCase() {
        return ignoreCase;
    }

    /**
     * The navigation property that a path from the filtered object ends in, perhaps inside complex
     * properties. Empty when it ends in something else.
     */
    Optional<Navigations.Reached> navigation(Expression.Path path) {
        Variable self = variables.get(SELF);
        StructuredType type = self == null ? null : self.structured();
        List<Step> steps = new ArrayList<>();
        List<String> segments = path.segments();
        for (String name : segments.subList(0, segments.size() - 1)) {
            if (type == null || variables.containsKey(name)) {
                return Optional.empty();
            }
            if (name.contains(".")) {
                type = storedTypes.cast(name, type);
                continue;
            }
            Property property = Properties.inFamily(type, name);
            if (property == null || property.type().collection()) {
                return Optional.empty();
            }
            steps.add(Step.of(property));
            type = property.type().type() instanceof StructuredType next ? next : null;
        }
        String last = segments.getLast();
        return type == null
                ? Optional.empty()
                : Properties.navigationInFamily(type, last)
                        .map(found -> new Navigations.Reached(List.copyOf(steps), found));
    }

    /**
     * Brings a lambda variable into scope.
     *
     * @throws Refusal if it is in scope already
     */
    void declare(String variable, Variable item) {
        if (variables.putIfAbsent(variable, item) != null) {
            throw FilterTyper.invalid("the variable '" + variable + "' is in use already");
        }
    }

    /** Takes a lambda variable out of scope. */
    void forget(String variable) {
        variables.remove(variable);
    }

    /**
     * @throws Refusal if the path names nothing that a filter may use here
     */
    Found find(Expression.Path path, boolean wantCollection) {
        List<String> segments = path.segments();
        boolean byVariable = variables.containsKey(segments.getFirst());
        String variable = byVariable ? segments.getFirst() : SELF;
        Variable root = variables.get(variable);
        List<String> names = byVariable ? segments.subList(1, segments.size()) : segments;
        if (root != null && root.primitive() != null) {
            return primitiveItem(path, variable, root.primitive(), names);
        }
        StructuredType type = root == null ? null : root.structured();
        List<String> stored = new ArrayList<>();
        Property property = null;
        List<Cast> casts = new ArrayList<>();
        for (String name : names) {
            if (name.contains(".")) {
                type =
                        cast(
                                path,
                                name,
                                type,
                                new Operand.Property(
                                        variable, List.copyOf(stored), PrimitiveType.STRING),
                                casts);
                continue;
            }
            if (type == null) {
                throw FilterTyper.invalid("'" + path.text() + "' goes on behind a value");
            }
            property = property(type, name);
            stored.add(isKey(type, property) ? KEY : StoredTypes.storedName(property));
            type = property.type().type() instanceof StructuredType next ? next : null;
        }
        if (property == null) {
            throw FilterTyper.invalid("'" + path.text() + "' names no property");
        }
        if (property.type().collection() != wantCollection) {
            throw FilterTyper.invalid(
                    "'"
                            + path.text()
                            + (wantCollection
                                    ? "' is not a collection"
                                    : "' is a collection: use any or all"));
        }
        Operand operand =
                casted(
                        new Operand.Property(
                                variable, stored, primitive(property, wantCollection, path)),
                        casts);
        boolean isKey = variable.isEmpty() && stored.equals(List.of(key));
        return new Found(
                wantCollection || isKey ? operand : folded(operand, property),
                property.type().type() instanceof EnumType enumType ? enumType : null,
                property);
    }

    /** The operand as it compares: a text without its case, where that plays no part. */
    private Operand folded(Operand operand, Property property) {
        boolean text = property.type().type() == PrimitiveType.STRING;
        return ignoreCase && text && !property.annotations().flag(Terms.LOWER_CASE)
                ? new Operand.Lower(operand)
                : operand;
    }

    private static boolean isKey(StructuredType type, Property property) {
        return type instanceof EntityType entity && entity.key().equals(property.name());
    }

    private StructuredType cast(
            Expression.Path path,
            String name,
            @Nullable StructuredType from,
            Operand.Property object,
            List<Cast> casts) {
        StructuredType to = from == null ? null : storedTypes.cast(name, from);
        if (to == null) {
            throw FilterTyper.invalid(
                    "in '" + path.text() + "', '" + name + "' is not a type to cast to");
        }
        List<String> names = to.equals(from) ? List.of() : storedTypes.names(to);
        if (!names.isEmpty()) {
            casts.add(new Cast(object, names));
        }
        return to;
    }

    private static Operand casted(Operand.Property property, List<Cast> casts) {
        Operand operand = property;
        for (Cast cast : casts) {
            operand = new Operand.Cast(operand, cast.object(), cast.types());
        }
        return operand;
    }

    private Found primitiveItem(
            Expression.Path path, String variable, Property of, List<String> names) {
        if (!names.isEmpty()) {
            throw FilterTyper.invalid("'" + path.text() + "' goes on behind a value");
        }
        PrimitiveType type =
                of.type().type() instanceof PrimitiveType primitive
                        ? primitive
                        : PrimitiveType.STRING;
        return new Found(
                folded(new Operand.Property(variable, List.of(), type), of),
                of.type().type() instanceof EnumType enumType ? enumType : null,
                of);
    }

    private static PrimitiveType primitive(
            Property property, boolean collection, Expression.Path path) {
        if (property.type().type() instanceof PrimitiveType primitive) {
            return primitive;
        }
        if (property.type().type() instanceof StructuredType && !collection) {
            throw FilterTyper.invalid("'" + path.text() + "' has members; name one of them");
        }
        return PrimitiveType.STRING;
    }

    /** The property of the type or of a type derived from it, as long as a filter may name it. */
    private static Property property(StructuredType type, String name) {
        Property property = Properties.inFamilyOrDynamic(type, name);
        if (property == null) {
            throw new Refusal(
                    GraphError.BAD_FILTER, Properties.unknownMessage(name, type), name, List.of());
        }
        boolean filterable = property.annotations().flag(Terms.FILTER, "Filterable", true);
        if (property.secret() || !filterable) {
            throw new Refusal(
                    GraphError.BAD_FILTER,
                    "The property '" + property.name() + "' cannot be used in $filter or $orderby.",
                    property.name(),
                    List.of());
        }
        return property;
    }
}
