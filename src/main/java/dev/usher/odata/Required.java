package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.odata.Violation.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a body may not leave out ({@link Terms#REQUIRED}). */
final class Required {

    private Required() {}

    /** Properties; {@code path} is where in the body the object stands. */
    static void check(
            StructuredType type,
            ObjectNode bound,
            String path,
            JsonNode body,
            Violations violations) {
        if (type.isAbstract()) {
            return;
        }
        Set<String> given = new HashSet<>();
        body.propertyNames().forEach(name -> given.add(name.toLowerCase(Locale.ROOT)));
        for (Property property : type.properties()) {
            JsonNode value = bound.get(property.name());
            boolean absent = !given.contains(property.name().toLowerCase(Locale.ROOT));
            boolean nothing = absent || (value != null && value.isNull());
            if (property.annotations().flag(Terms.REQUIRED) && nothing) {
                missing(BodyBinder.join(path, property.name()), property.name(), violations);
            }
        }
    }

    /** Of a change: what is given may not take away what a create needs. */
    static void checkGiven(StructuredType type, ObjectNode bound, Violations violations) {
        bound.forEachEntry((name, value) -> {
            Property property = Properties.inFamily(type, name);
            if (property != null && value.isNull() && property.annotations().flag(Terms.REQUIRED)) {
                missing(name, name, violations);
            }
        });
    }

    /** References, in whichever form they were given. */
    static void check(EntityType type, List<Draft.Links> links, Violations violations) {
        for (NavigationProperty navigation : type.navigation()) {
            boolean given =
                    links.stream()
                            .anyMatch(each ->
                                    each.navigation().equals(navigation)
                                            && !each.targets().isEmpty());
            if (navigation.annotations().flag(Terms.REQUIRED) && !given) {
                missing(navigation.name(), navigation.name(), violations);
            }
        }
    }

    private static void missing(String target, String name, Violations violations) {
        if (!violations.concerns(target)) {
            violations.add(
                    target,
                    Rule.REQUIRED,
                    "The value must not be null or empty. Parameter name: " + name);
        }
    }
}
