package dev.usher.odata;

import dev.usher.edm.ComplexType;
import dev.usher.edm.EdmType;
import dev.usher.edm.EntityType;
import dev.usher.edm.EnumType;
import dev.usher.edm.Model;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Property;
import dev.usher.edm.Step;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Writes one entity as Graph does: the key first, properties in schema order, null members printed,
 * secrets masked, {@code @odata.type} wherever the declared type does not say it.
 */
final class EntityWriter {

    private final Model model;
    private final ResourceUrls urls;
    private final Layouts layouts;
    private final ODataRequest request;
    private final JsonGenerator json;

    EntityWriter(
            Model model,
            ResourceUrls urls,
            Layouts layouts,
            ODataRequest request,
            JsonGenerator json) {
        this.model = model;
        this.urls = urls;
        this.layouts = layouts;
        this.request = request;
        this.json = json;
    }

    /** Writes the members of the entity; the caller opens and closes the object. */
    void members(Address address, EntityType declared, Node node, Shape shape) {
        EntityType type = node.type();
        entityControl(address, declared, node);
        String key = type.key();
        if (shape.shows(key)) {
            json.writeStringProperty(key, node.entity().id());
        }
        for (Layouts.Member member : layouts.of(type)) {
            boolean shown =
                    shape.select() == null ? !member.onSelect() : shape.shows(member.name());
            if (shown && !member.name().equals(key)) {
                property(
                        member,
                        node.entity().properties().get(member.stored()),
                        node,
                        shape,
                        List.of());
            }
        }
        if (type.open()) {
            undeclared(type, node, shape);
        }
        expansions(itself(address, node), node, shape, List.of(), type);
        if (request.metadata() == MetadataLevel.FULL) {
            navigationLinks(address, node);
        }
    }

    /**
     * Writes a structural property's value alone.
     *
     * @param holder where the object that has the property stands, with its actual types
     */
    void value(
            Layouts.Member member,
            @Nullable JsonNode value,
            Node node,
            Shape shape,
            List<Step> holder) {
        Property property = member.property();
        if (value == null || value.isNull()) {
            if (property.type().collection()) {
                json.writeStartArray();
                json.writeEndArray();
            } else {
                json.writeNull();
            }
            return;
        }
        if (member.secret()) {
            json.writeString(Merge.MASK);
        } else if (property.type().collection()) {
            json.writeStartArray();
            for (JsonNode item : value) {
                single(property, item, node, shape, holder);
            }
            json.writeEndArray();
        } else {
            single(property, value, node, shape, holder);
        }
    }

    /** Writes the members of a complex value; the caller opens and closes the object. */
    void complexMembers(
            Property property,
            ComplexType declared,
            JsonNode value,
            Node node,
            Shape shape,
            List<Step> holder) {
        StructuredType type = actual(declared, value);
        List<Step> place = new ArrayList<>(holder);
        place.add(new Step(property, type));
        if (writesType(type, declared)) {
            json.writeStringProperty("@odata.type", "#" + type.qualifiedName());
        }
        for (Layouts.Member member : layouts.of(type)) {
            property(member, value.get(member.name()), node, shape, place);
        }
        expansions(null, node, shape, place, type);
    }

    private void property(
            Layouts.Member member,
            @Nullable JsonNode value,
            Node node,
            Shape shape,
            List<Step> holder) {
        if (request.metadata() == MetadataLevel.FULL) {
            propertyType(member.property());
        }
        json.writeName(member.encoded());
        value(member, value, node, shape, holder);
    }

    private void single(
            Property property, JsonNode value, Node node, Shape shape, List<Step> holder) {
        switch (property.type().type()) {
            case ComplexType complex -> {
                json.writeStartObject();
                complexMembers(property, complex, value, node, shape, holder);
                json.writeEndObject();
            }
            case EnumType enumType -> json.writeString(member(enumType, value));
            case PrimitiveType primitive -> primitive(primitive, value);
            case EntityType entity ->
                    throw new IllegalStateException("a property of type " + entity);
        }
    }

    /** Whole numbers without a fraction: {@code 1}, not {@code 1.0}. */
    private void primitive(PrimitiveType type, JsonNode value) {
        boolean whole =
                (type == PrimitiveType.SINGLE || type == PrimitiveType.DOUBLE)
                        && value.doubleValue() == Math.rint(value.doubleValue())
                        && Math.abs(value.doubleValue()) < 1e15;
        if (whole) {
            json.writeNumber((long) value.doubleValue());
        } else if (value.isString()) {
            json.writeString(value.stringValue());
        } else if (value.isBoolean()) {
            json.writeBoolean(value.booleanValue());
        } else {
            json.writeTree(value);
        }
    }

    private String member(EnumType type, JsonNode value) {
        String name = value.asString();
        boolean hidden = !request.prefer().unknownEnumMembers() && type.hiddenByDefault(name);
        return hidden ? EnumType.UNKNOWN_FUTURE_VALUE : name;
    }

    /** An open type may have any property, and shows it; or certain ones, shown on demand. */
    private void undeclared(EntityType type, Node node, Shape shape) {
        boolean all = shape.select() == null && Properties.anything(type);
        if (!all && shape.select() == null) {
            return;
        }
        Set<String> declared =
                type.properties().stream().map(Property::name).collect(Collectors.toSet());
        node.entity()
                .properties()
                .forEachEntry((name, value) -> {
                    if (!declared.contains(name) && shape.shows(name)) {
                        json.writeName(name);
                        json.writeTree(value);
                    }
                });
    }

    /** The expansions that stand directly in the object at this place. */
    private void expansions(
            Address.@Nullable One owner,
            Node node,
            Shape shape,
            List<Step> place,
            StructuredType holder) {
        for (Shape.Expansion expansion : shape.expand()) {
            if (expansion.standsIn(place)
                    && holder.navigation(expansion.navigation().name()).isPresent()) {
                expansion(owner, node, expansion, holder);
            }
        }
    }

    private void expansion(
            Address.@Nullable One owner,
            Node node,
            Shape.Expansion expansion,
            StructuredType holder) {
        NavigationProperty navigation = expansion.navigation();
        List<Node> targets = node.expanded().getOrDefault(expansion.path(), List.of());
        if (holder instanceof ComplexType && request.metadata() != MetadataLevel.NONE) {
            json.writeStringProperty(
                    navigation.name() + "@odata.context",
                    request.metadataUrl() + "#" + urls.contextInside(node.entity(), expansion));
        }
        json.writeName(navigation.name());
        if (navigation.collection()) {
            json.writeStartArray();
            targets.forEach(target -> expanded(owner, target, expansion));
            json.writeEndArray();
        } else if (targets.isEmpty()) {
            json.writeNull();
        } else {
            expanded(owner, targets.getFirst(), expansion);
        }
    }

    private void expanded(Address.@Nullable One owner, Node target, Shape.Expansion expansion) {
        Address.Members at =
                new Address.Members(owner, expansion.navigation(), expansion.navigation().target());
        json.writeStartObject();
        if (expansion.referencesOnly()) {
            json.writeStringProperty("@odata.id", entityId(at, target));
        } else {
            members(at, expansion.navigation().target(), target, expansion.shape());
        }
        json.writeEndObject();
    }

    /** The address of the entity itself, where that of its collection is known. */
    private static Address.One itself(Address address, Node node) {
        return switch (address) {
            case Address.Members members ->
                    new Address.Item(members, node.entity().id(), node.type());
            case Address.One one -> one;
        };
    }

    private String entityId(Address address, Node node) {
        return request.root() + "/" + urls.canonicalPath(address, node.entity());
    }

    private void entityControl(Address address, EntityType declared, Node node) {
        boolean full = request.metadata() == MetadataLevel.FULL;
        if (full || writesType(node.type(), declared)) {
            json.writeStringProperty("@odata.type", "#" + node.type().qualifiedName());
        }
        if (full && !(address instanceof Address.Singleton)) {
            json.writeStringProperty("@odata.id", entityId(address, node));
            json.writeStringProperty("@odata.etag", Preconditions.etag(node.entity()));
            String link = urls.canonicalPath(address, node.entity());
            json.writeStringProperty("@odata.editLink", link);
            if (node.type().hasStream()) {
                json.writeStringProperty("@odata.mediaReadLink", link + "/$value");
                if (streamsUpdatable(address)) {
                    json.writeStringProperty("@odata.mediaEditLink", link + "/$value");
                }
            }
        }
    }

    private static boolean streamsUpdatable(Address address) {
        Address.Members of =
                switch (address) {
                    case Address.Members members -> members;
                    case Address.Item item -> item.of();
                    case Address.Single _, Address.Singleton _ -> null;
                };
        return of != null && of.navigation().annotations().flag(Terms.STREAM_UPDATABLE);
    }

    private boolean writesType(StructuredType actual, StructuredType declared) {
        return request.metadata() != MetadataLevel.NONE
                && (actual != declared || declared.isAbstract());
    }

    private void propertyType(Property property) {
        EdmType type = property.type().type();
        boolean told =
                type == PrimitiveType.STRING
                        || type == PrimitiveType.BOOLEAN
                        || type instanceof ComplexType;
        if (!told) {
            String name = type.qualifiedName().replaceFirst("^Edm\\.", "");
            String text = property.type().collection() ? "Collection(" + name + ")" : name;
            json.writeStringProperty(property.name() + "@odata.type", "#" + text);
        }
    }

    private void navigationLinks(Address address, Node node) {
        if (address instanceof Address.Singleton) {
            return;
        }
        String id = entityId(address, node);
        for (NavigationProperty navigation : node.type().navigation()) {
            String link = id + "/" + navigation.name();
            json.writeStringProperty(navigation.name() + "@odata.associationLink", link + "/$ref");
            json.writeStringProperty(navigation.name() + "@odata.navigationLink", link);
        }
    }

    private StructuredType actual(ComplexType declared, JsonNode value) {
        JsonNode named = value.get("@odata.type");
        if (named == null || !named.isString()) {
            return declared;
        }
        return model.type(named.stringValue().substring(1)).orElse(declared)
                        instanceof StructuredType type
                ? type
                : declared;
    }
}
