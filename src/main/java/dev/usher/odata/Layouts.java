package dev.usher.odata;

import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** How the values of each type are written, looked up in the annotations once. Thread-safe. */
final class Layouts {

    private final Map<StructuredType, List<Member>> members = new ConcurrentHashMap<>();

    /**
     * One structural property.
     *
     * @param onSelect whether it is shown only where it is selected
     * @param encoded the name as it is printed
     * @param stored the name under which an entity's value is stored
     */
    record Member(
            Property property,
            String name,
            SerializableString encoded,
            String stored,
            boolean secret,
            boolean onSelect) {

        static Member of(Property property) {
            return new Member(
                    property,
                    property.name(),
                    new SerializedString(property.name()),
                    StoredTypes.storedName(property),
                    property.secret(),
                    property.annotations().flag(Terms.ON_SELECT));
        }
    }

    /** The structural properties of a type, those of its base type first. */
    List<Member> of(StructuredType type) {
        return members.computeIfAbsent(
                type, each -> each.properties().stream().map(Member::of).toList());
    }
}
