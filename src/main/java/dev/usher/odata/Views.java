package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.odata.Violation.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes through a view: the names of a body become those of the store, and back in refusals. */
final class Views {

    private Views() {}

    /** The properties of a body under the names by which they are stored. */
    static ObjectNode stored(EntityType bound, ObjectNode properties) {
        if (!StoredTypes.view(bound)) {
            return properties;
        }
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        properties.forEachEntry((name, value) -> {
            Property property = Properties.inFamily(bound, name);
            stored.set(property == null ? name : StoredTypes.storedName(property), value);
        });
        return stored;
    }

    /** How the path of a violation reads to who knows the view alone. */
    static UnaryOperator<String> targets(EntityType declared) {
        if (!StoredTypes.view(declared)) {
            return UnaryOperator.identity();
        }
        Map<String, String> shown = new HashMap<>();
        for (StructuredType member : declared.family()) {
            for (Property property : member.properties()) {
                shown.putIfAbsent(StoredTypes.storedName(property), property.name());
            }
        }
        return target -> {
            int slash = target.indexOf('/');
            String first = slash < 0 ? target : target.substring(0, slash);
            String rest = slash < 0 ? "" : target.substring(slash);
            return shown.getOrDefault(first, first) + rest;
        };
    }

    /** Puts the member that a type keeps under a fixed text in its place; it may be repeated. */
    static void keep(EntityType type, ObjectNode properties, Violations violations) {
        Optional<String> kept = type.annotations().text(Terms.KEPT);
        if (kept.isEmpty()) {
            return;
        }
        String name = name(kept.get());
        String text = kept.get().substring(name.length() + 1);
        JsonNode given = properties.get(name);
        if (given != null && !given.isNull() && !given.asString("").equalsIgnoreCase(text)) {
            violations.add(name, Rule.NOT_ALLOWED, "The value of this type is '" + text + "'.");
        }
        properties.put(name, text);
    }

    /** Takes the kept member out of a change, which may repeat it. */
    static void keepUnchanged(EntityType type, ObjectNode changes, Violations violations) {
        Optional<String> kept = type.annotations().text(Terms.KEPT);
        if (kept.isPresent() && changes.has(name(kept.get()))) {
            keep(type, changes, violations);
            changes.remove(name(kept.get()));
        }
    }

    private static String name(String kept) {
        return kept.substring(0, kept.indexOf('='));
    }
}
