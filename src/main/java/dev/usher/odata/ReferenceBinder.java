package dev.usher.odata;

import dev.usher.edm.NavigationProperty;
import dev.usher.odata.Violation.Rule;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the references of a body, in each form in which clients write them. */
final class ReferenceBinder {

    private final List<Draft.Links> links;
    private final Violations violations;

    /**
     * @param links gathers what is found
     */
    ReferenceBinder(List<Draft.Links> links, Violations violations) {
        this.links = links;
        this.violations = violations;
    }

    /** The value of {@code name@odata.bind}. */
    void bound(NavigationProperty navigation, JsonNode value, String target) {
        if (navigation.contained()) {
            contained(target);
            return;
        }
        List<Reference> targets = new ArrayList<>();
        for (JsonNode item : value.isArray() ? value : List.of(value)) {
            if (item.isString()) {
                targets.add(References.parse(item.stringValue(), navigation.target()));
            } else {
                References.notAReference(target, violations);
            }
        }
        add(navigation, targets, value.isArray(), target);
    }

    /** The value of the navigation property itself: an object or several, or null. */
    void embedded(NavigationProperty navigation, JsonNode value, String target) {
        if (value.isNull()) {
            add(navigation, List.of(), navigation.collection(), target);
            return;
        }
        List<Reference> targets = new ArrayList<>();
        for (JsonNode item : value.isArray() ? value : List.of(value)) {
            Reference reference =
                    item.isObject() ? References.orKeyOf(item, navigation.target()) : null;
            boolean nothing = !navigation.collection() && item.isObject() && item.isEmpty();
            if (reference != null) {
                targets.add(reference);
            } else if (!nothing) {
                References.notAReference(target, violations);
            }
        }
        add(navigation, targets, value.isArray(), target);
    }

    /** Refuses what is contained and has an address of its own. */
    void contained(String target) {
        violations.add(
                target,
                Rule.NOT_ALLOWED,
                "'" + target + "' cannot be written together with its owner; use its own address.");
    }

    private void add(
            NavigationProperty navigation, List<Reference> targets, boolean array, String target) {
        if (array != navigation.collection()) {
            violations.add(
                    target,
                    Rule.WRONG_TYPE,
                    "'"
                            + target
                            + "' takes "
                            + (navigation.collection() ? "an array." : "one reference."));
            return;
        }
        links.add(new Draft.Links(target, navigation, targets));
    }
}
