package dev.usher.odata;

import dev.usher.edm.ComplexType;
import dev.usher.edm.EntityType;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The state of an entity after a PATCH, and what the schema says against it. */
final class Merge {

    /** What a secret looks like when it is read; sent back, it means "as it was". */
    static final String MASK = "******";

    private Merge() {}

    /**
     * Lays the changes over the stored state. A complex value whose type may vary is replaced as a
     * whole, any other member by member.
     */
    static ObjectNode patch(StructuredType type, ObjectNode before, ObjectNode changes) {
        ObjectNode after = before.deepCopy();
        for (String name : changes.propertyNames()) {
            JsonNode value = changes.get(name);
            JsonNode old = after.get(name);
            boolean memberwise =
                    value instanceof ObjectNode
                            && old instanceof ObjectNode
                            && type.property(name).map(Merge::fixedComplex).orElse(false);
            after.set(
                    name,
                    memberwise
                            ? patch(
                                    (StructuredType)
                                            type.property(name).orElseThrow().type().type(),
                                    (ObjectNode) old,
                                    (ObjectNode) value)
                            : value);
        }
        return after;
    }

    /** The state after a PUT: what the body gives, and of the stored state what no body can set. */
    static ObjectNode replace(EntityType type, ObjectNode before, ObjectNode given) {
        ObjectNode after = given.deepCopy();
        for (String name : before.propertyNames()) {
            boolean settable =
                    type.property(name)
                            .map(property -> !property.computed() && !property.immutable())
                            .orElse(type.open());
            if (!settable && !after.has(name)) {
                after.set(name, before.get(name));
            }
        }
        return after;
    }

    private static boolean fixedComplex(Property property) {
        return property.type().type() instanceof ComplexType complex
                && complex.family().size() == 1;
    }

    /** Computed values may be repeated, not chosen. */
    static void checkComputed(
            StructuredType type, ObjectNode given, ObjectNode actual, Violations violations) {
        for (Property property : type.properties()) {
            JsonNode value = given.get(property.name());
            if (property.computed()
                    && value != null
                    && differs(value, actual.get(property.name()))) {
                violations.add(
                        property.name(),
                        Rule.READ_ONLY,
                        "'" + property.name() + "' is set by the service.");
            }
        }
    }

    /** Values fixed on create may be repeated, not changed; and what is given must exist. */
    static void checkUpdate(
            EntityType type, ObjectNode before, ObjectNode changes, Violations violations) {
        for (String name : changes.propertyNames()) {
            Property property = type.property(name).orElse(null);
            if (property == null && !type.open()) {
                violations.add(name, Rule.UNKNOWN_PROPERTY, Properties.unknownMessage(name, type));
            } else if (property != null
                    && property.immutable()
                    && differs(changes.get(name), before.get(name))) {
                violations.add(name, Rule.IMMUTABLE, "'" + name + "' cannot be changed.");
            }
        }
        checkComputed(type, changes, before, violations);
    }

    /** Puts the stored secret back where a client sends the mask that it was shown. */
    static void unmask(Kind kind, ObjectNode before, ObjectNode after, Violations violations) {
        for (List<String> path : kind.secrets()) {
            if (!(at(after, path.subList(0, path.size() - 1)) instanceof ObjectNode holder)) {
                continue;
            }
            String name = path.getLast();
            JsonNode value = holder.get(name);
            if (value == null || !value.isString() || !value.stringValue().equals(MASK)) {
                continue;
            }
            JsonNode stored = at(before, path);
            if (stored == null || stored.isNull()) {
                String target = String.join("/", path);
                violations.add(
                        target,
                        Rule.NOT_ALLOWED,
                        "'" + target + "' is the mask that secrets are shown as, not a secret.");
            } else {
                holder.set(name, stored);
            }
        }
    }

    private static @Nullable JsonNode at(JsonNode node, List<String> path) {
        JsonNode at = node;
        for (String name : path) {
            at = at.get(name);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    private static boolean differs(JsonNode given, @Nullable JsonNode stored) {
        JsonNode other = stored == null ? JsonNodeFactory.instance.nullNode() : stored;
        return (given.isNumber() && other.isNumber())
                ? given.doubleValue() != other.doubleValue()
                : !given.equals(other);
    }

    /** Reports what a change says of what the entity is, which no change changes. */
    static void checkIdentity(Draft draft, Entity before, EntityType type, Violations violations) {
        if (draft.key() != null && !draft.key().equalsIgnoreCase(before.id())) {
            violations.add(type.key(), Rule.IMMUTABLE, "'" + type.key() + "' cannot be changed.");
        }
        if (!type.isA(draft.type())) {
            violations.add(
                    "@odata.type",
                    Rule.IMMUTABLE,
                    "The object is a " + type.qualifiedName() + "; its type cannot be changed.");
        }
        for (Draft.Links links : draft.links()) {
            boolean own = links.path().indexOf('/') < 0;
            if (own && type.navigation(links.path()).isEmpty()) {
                violations.add(
                        links.path(),
                        Rule.UNKNOWN_PROPERTY,
                        Properties.unknownMessage(links.path(), type));
            }
            // inside a complex value they are replaced together with it
            if (links.navigation().collection() && own) {
                violations.add(
                        links.path(),
                        Rule.NOT_ALLOWED,
                        "'" + links.path() + "' is changed through its own address, with $ref.");
            }
        }
    }
}
