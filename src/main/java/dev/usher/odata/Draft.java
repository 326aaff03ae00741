package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Property;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body, held against the schema: canonical names, canonical enum members, no control information
 * but the types of polymorphic complex values.
 *
 * @param type the type named in the body, else the declared one
 * @param key the key in the body, null when it holds none
 * @param properties without the key; for an update only those in the body
 * @param links the references in the body, by navigation property
 * @param contained the contained entities in the body, by navigation property
 * @param placeholders members whose placeholder value was replaced, in body order
 */
public record Draft(
        EntityType type,
        @Nullable String key,
        ObjectNode properties,
        List<Links> links,
        List<Contained> contained,
        List<String> placeholders) {

    /** The members that a body gives for one contained collection. */
    public record Contained(String path, NavigationProperty navigation, List<Draft> members) {}

    /** The references that a body gives for one navigation property. */
    public record Links(String path, NavigationProperty navigation, List<Reference> targets) {}

    /** Whether the body gives members for the contained collection of that name. */
    public boolean holds(String navigation) {
        return contained.stream().anyMatch(each -> each.navigation().name().equals(navigation));
    }

    /** The first target of the single-valued navigation property of that name. */
    public Optional<Reference> target(String navigation) {
        return links.stream()
                .filter(each -> each.navigation().name().equals(navigation))
                .flatMap(each -> each.targets().stream())
                .findFirst();
    }

    /** The properties that an update sets, of that type or one derived from it. */
    List<Property> changed(EntityType of) {
        return properties.propertyNames().stream()
                .flatMap(name -> Stream.ofNullable(Properties.inFamilyOrDynamic(of, name)))
                .toList();
    }

    /** The same draft with other references. */
    Draft withLinks(List<Links> others) {
        return new Draft(type, key, properties, others, contained, placeholders);
    }

    /** The same body as that of another type, under other names. */
    Draft as(EntityType otherType, ObjectNode otherProperties) {
        return new Draft(otherType, key, otherProperties, links, contained, placeholders);
    }

    /** The same draft under another key. */
    public Draft withKey(String otherKey) {
        return new Draft(type, otherKey, properties, links, contained, placeholders);
    }
}
