package dev.usher.odata;

import dev.usher.edm.Annotations;
import dev.usher.edm.ComplexType;
import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Operation;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.odata.Violation.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code JSON -> Draft}: holds a body against the schema (OData JSON Format 4.01). Member names
 * match ignoring case, control information is tolerated, everything else must be declared. Finds
 * every violation, not the first.
 */
final class BodyBinder {

    private static final String TYPE = BodyTypes.TYPE;
    private static final String BIND = "@odata.bind";

    private final TypeNames typeNames;
    private final Map<String, JsonNode> placeholders;
    private final boolean create;
    private final Violations violations;

    /** Where in the body the entity stands. */
    private final String root;

    private final List<Draft.Links> links = new ArrayList<>();
    private final ReferenceBinder references;
    private final List<Draft.Contained> contained = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();
    private final ValueBinder values;
    private final BodyTypes types;
    private @Nullable String key;

    /**
     * @param placeholders by property name: what a documentation placeholder stands for; empty when
     *     none is tolerated
     */
    private BodyBinder(TypeNames typeNames, boolean create, Map<String, JsonNode> placeholders) {
        this(typeNames, create, placeholders, new Violations(), "");
    }

    private BodyBinder(
            TypeNames typeNames,
            boolean create,
            Map<String, JsonNode> placeholders,
            Violations violations,
            String root) {
        this.typeNames = typeNames;
        this.violations = violations;
        this.root = root;
        this.create = create;
        this.placeholders = placeholders;
        this.references = new ReferenceBinder(links, violations);
        this.values = new ValueBinder(violations, this::complex);
        this.types = new BodyTypes(typeNames, values, violations);
    }

    /**
     * @throws Refusal 400 with every violation
     */
    static Draft create(
            TypeNames typeNames,
            EntityType declared,
            JsonNode body,
            Map<String, JsonNode> placeholders,
            Annotations collection) {
        return new BodyBinder(typeNames, true, placeholders).whole(declared, body, collection);
    }

    /**
     * For PATCH: binds only what the body holds, against the declared type and its derived ones.
     */
    static Draft update(TypeNames typeNames, EntityType declared, JsonNode body) {
        return new BodyBinder(typeNames, false, Map.of()).whole(declared, body, Annotations.NONE);
    }

    /**
     * The arguments of an action, by parameter name.
     *
     * @throws Refusal 400 with every violation
     */
    static Map<String, JsonNode> arguments(
            TypeNames typeNames, Operation operation, JsonNode body) {
        return new BodyBinder(typeNames, true, Map.of()).arguments(operation, body);
    }

    /**
     * For PATCH of a complex value: binds what the body holds.
     *
     * @throws Refusal 400 with every violation
     */
    static ObjectNode change(TypeNames typeNames, ComplexType type, JsonNode body) {
        BodyBinder binder = new BodyBinder(typeNames, false, Map.of());
        if (!body.isObject()) {
            throw new Refusal(GraphError.SYNTAX, "The body must be a JSON object.");
        }
        ObjectNode bound = binder.members(type, body, "", new ArrayList<>());
        binder.violations.refuse();
        return bound;
    }

    private Map<String, JsonNode> arguments(Operation operation, JsonNode body) {
        if (!body.isObject()) {
            throw new Refusal(GraphError.SYNTAX, "The body must be a JSON object.");
        }
        Map<String, JsonNode> bound = new HashMap<>();
        for (String name : body.propertyNames()) {
            Optional<Operation.Parameter> parameter = operation.parameter(name);
            if (parameter.isPresent()) {
                Property as = parameter.get().asProperty();
                bound.put(as.name(), values.bind(as, body.get(name), as.name()));
            } else if (!name.startsWith("@")) {
                violations.add(
                        name,
                        Rule.UNKNOWN_PROPERTY,
                        "'" + operation.name() + "' has no parameter '" + name + "'.");
            }
        }
        for (Operation.Parameter parameter : operation.parameters()) {
            if (!parameter.nullable() && !bound.containsKey(parameter.name())) {
                violations.add(
                        parameter.name(),
                        Rule.REQUIRED,
                        "The value must not be null or empty. Parameter name: " + parameter.name());
            }
        }
        violations.refuse();
        return bound;
    }

    private Draft whole(EntityType declared, JsonNode body, Annotations collection) {
        if (!body.isObject()) {
            throw new Refusal(GraphError.SYNTAX, "The body must be a JSON object.");
        }
        Draft draft = bind(declared, body, collection);
        violations.refuse();
        return draft;
    }

    private Draft bind(EntityType declared, JsonNode body, Annotations collection) {
        EntityType named = (EntityType) types.type(declared, body, root, create);
        EntityType type = create ? typeNames.created(named, collection) : named;
        ObjectNode properties = members(type, body, root, new ArrayList<>());
        if (create) {
            types.creatable(type);
            Required.check(type, properties, root, body, violations);
            Required.check(type, links, root, violations);
            Keys.check(type, key, root, placeholders.isEmpty(), violations);
        } else {
            Required.checkGiven(type, properties, violations);
        }
        return new Draft(
                type,
                key,
                properties,
                List.copyOf(links),
                List.copyOf(contained),
                List.copyOf(replaced));
    }

    /** Binds a complex value; the annotation of a derived type stays in the bound object. */
    private JsonNode complex(ComplexType declared, JsonNode value, String path) {
        if (!value.isObject()) {
            values.mismatch(path, "an object", value);
            return value;
        }
        StructuredType type = types.type(declared, value, path, true);
        ObjectNode bound = members(type, value, path, new ArrayList<>());
        if (type != declared || declared.isAbstract()) {
            ObjectNode typed = JsonNodeFactory.instance.objectNode();
            typed.put(TYPE, "#" + type.qualifiedName());
            typed.setAll(bound);
            bound = typed;
        }
        Required.check(type, bound, path, value, violations);
        return bound;
    }

    private ObjectNode members(StructuredType type, JsonNode body, String path, List<String> seen) {
        ObjectNode bound = JsonNodeFactory.instance.objectNode();
        for (String name : body.propertyNames()) {
            JsonNode value = body.get(name);
            if (name.contains("@")) {
                control(type, name, value, path);
                continue;
            }
            String folded = name.toLowerCase(Locale.ROOT);
            if (seen.contains(folded)) {
                violations.add(join(path, name), Rule.DUPLICATE, "'" + name + "' is given twice.");
            }
            seen.add(folded);
            member(type, name, value, path, bound);
        }
        return bound;
    }

    private void member(
            StructuredType type, String name, JsonNode value, String path, ObjectNode bound) {
        Optional<NavigationProperty> navigation = navigationOf(type, name, path);
        if (navigation.isPresent()) {
            navigation(navigation.get(), value, join(path, navigation.get().name()));
            return;
        }
        Property property =
                create || !path.equals(root)
                        ? type.property(name).orElse(null)
                        : Properties.inFamily(type, name);
        if (property != null) {
            property(type, property, value, path, bound);
        } else if (Properties.anything(type) || Properties.dynamic(type, name)) {
            bound.set(name, value);
        } else {
            violations.add(
                    join(path, name), Rule.UNKNOWN_PROPERTY, Properties.unknownMessage(name, type));
        }
    }

    private Optional<NavigationProperty> navigationOf(
            StructuredType type, String name, String path) {
        return create || !path.equals(root)
                ? type.navigation(name)
                : Properties.navigationInFamily(type, name);
    }

    private void property(
            StructuredType type, Property property, JsonNode value, String path, ObjectNode bound) {
        String target = join(path, property.name());
        boolean isKey =
                path.equals(root)
                        && type instanceof EntityType entity
                        && entity.key().equals(property.name());
        if (isKey) {
            key(property, value, target);
            return;
        }
        JsonNode given = path.equals(root) ? withoutPlaceholder(property, value) : value;
        bound.set(property.name(), values.bind(property, given, target));
    }

    private void key(Property property, JsonNode value, String target) {
        if (value.isString()) {
            key = value.stringValue();
        } else if (!value.isNull()) {
            values.mismatch(target, property.type().text(), value);
        }
    }

    private JsonNode withoutPlaceholder(Property property, JsonNode value) {
        JsonNode meant = placeholders.get(property.name());
        if (meant == null || !value.isString()) {
            return value;
        }
        String text = value.stringValue();
        String typeName = property.type().type().qualifiedName();
        boolean placeholder =
                text.equals("String") || typeName.equals("Edm." + text) || numericText(meant, text);
        if (!placeholder) {
            return value;
        }
        replaced.add(property.name());
        return meant;
    }

    /** A number sent as text, such as {@code "1.0"} for 1. */
    private static boolean numericText(JsonNode meant, String text) {
        return meant.isNumber()
                && text.matches("\\d+(\\.\\d+)?")
                && Double.parseDouble(text) == meant.doubleValue();
    }

    private void control(StructuredType type, String name, JsonNode value, String path) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(BIND)) {
            String property = name.substring(0, name.length() - BIND.length());
            Optional<NavigationProperty> navigation = navigationOf(type, property, path);
            if (navigation.isEmpty()) {
                violations.add(
                        join(path, property),
                        Rule.UNKNOWN_PROPERTY,
                        Properties.unknownMessage(property, type));
            } else {
                references.bound(navigation.get(), value, join(path, navigation.get().name()));
            }
            return;
        }
        boolean known =
                lower.contains("@odata.")
                        || lower.contains("@microsoft.graph.")
                        || List.of("@type", "@id", "@context").contains(lower);
        if (!known) {
            violations.add(
                    join(path, name),
                    Rule.UNKNOWN_PROPERTY,
                    "'" + name + "' is no control information.");
        }
    }

    private void navigation(NavigationProperty navigation, JsonNode value, String target) {
        if (navigation.annotations().flag(create ? Terms.DEEP_INSERT : Terms.DEEP_UPDATE)) {
            containedMembers(navigation, value, target);
            return;
        }
        if (navigation.contained()) {
            references.contained(target);
            return;
        }
        references.embedded(navigation, value, target);
    }

    /** Members of a contained collection, written together with their owner. */
    private void containedMembers(NavigationProperty navigation, JsonNode value, String target) {
        if (!value.isArray()) {
            values.mismatch(target, "an array", value);
            return;
        }
        if (value.size() > ValueBinder.ITEMS_MAX) {
            violations.add(
                    target,
                    Rule.TOO_LONG,
                    "'" + target + "' takes at most " + ValueBinder.ITEMS_MAX + " items.");
            return;
        }
        List<Draft> members = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String path = target + "/" + i;
            JsonNode item = value.get(i);
            if (item.isObject()) {
                members.add(
                        new BodyBinder(typeNames, true, Map.of(), violations, path)
                                .bind(navigation.target(), item, navigation.annotations()));
            } else {
                values.mismatch(path, "an object", item);
            }
        }
        contained.add(new Draft.Contained(target, navigation, members));
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
