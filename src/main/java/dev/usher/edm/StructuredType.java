package dev.usher.edm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entity type or a complex type. Built by the parser alone, which resolves references between
 * types; unchanged afterwards, so instances are shared between threads.
 */
public abstract sealed class StructuredType implements EdmType permits EntityType, ComplexType {

    private final String qualifiedName;
    private final boolean isAbstract;
    private final boolean open;
    private final Annotations annotations;
    private @Nullable StructuredType base;
    private final List<StructuredType> derived = new ArrayList<>();
    private final List<Property> properties = new ArrayList<>();
    private final List<NavigationProperty> navigation = new ArrayList<>();
    private final Map<String, Property> refined = new LinkedHashMap<>();
    private @Nullable Members members;

    /** What is looked up for each request, gathered once; names in lower case. */
    private record Members(
            List<Property> properties,
            List<NavigationProperty> navigation,
            Map<String, Property> propertyByName,
            Map<String, NavigationProperty> navigationByName) {}

    StructuredType(
            String qualifiedName, boolean isAbstract, boolean open, Annotations annotations) {
        this.qualifiedName = qualifiedName;
        this.isAbstract = isAbstract;
        this.open = open;
        this.annotations = annotations;
    }

    void base(StructuredType type) {
        base = type;
        type.derived.add(this);
    }

    void add(Property property) {
        properties.add(property);
    }

    void add(NavigationProperty property) {
        navigation.add(property);
    }

    /** An inherited property with more annotations than the base type gives it. */
    void refine(Property property) {
        refined.put(property.name(), property);
    }

    /** Ends the building: from here on nothing is added to this type or one above it. */
    void seal() {
        Map<String, Property> propertyByName = new HashMap<>();
        List<Property> allProperties = List.copyOf(properties());
        allProperties.forEach(p -> propertyByName.putIfAbsent(fold(p.name()), p));
        Map<String, NavigationProperty> navigationByName = new HashMap<>();
        List<NavigationProperty> allNavigation = List.copyOf(navigation());
        allNavigation.forEach(n -> navigationByName.putIfAbsent(fold(n.name()), n));
        members = new Members(allProperties, allNavigation, propertyByName, navigationByName);
    }

    private Members members() {
        if (members == null) {
            throw new IllegalStateException(this + " is still being built");
        }
        return members;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String qualifiedName() {
        return qualifiedName;
    }

    /** The name without its namespace. */
    public String name() {
        return qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1);
    }

    public boolean isAbstract() {
        return isAbstract;
    }

    /** Whether undeclared members are stored rather than refused. */
    public boolean open() {
        return open || (base != null && base.open());
    }

    public Annotations annotations() {
        return annotations;
    }

    public Optional<StructuredType> base() {
        return Optional.ofNullable(base);
    }

    /** The properties this type declares itself, in schema order. */
    public List<Property> ownProperties() {
        return List.copyOf(properties);
    }

    /** The navigation properties this type declares itself, in schema order. */
    public List<NavigationProperty> ownNavigation() {
        return List.copyOf(navigation);
    }

    /** The inherited properties that this type annotates further. */
    public List<Property> refinedProperties() {
        return List.copyOf(refined.values());
    }

    /** All properties, those of the base type first. */
    public List<Property> properties() {
        if (members != null) {
            return members.properties;
        }
        List<Property> all = new ArrayList<>(base == null ? List.of() : base.properties());
        all.replaceAll(property -> refined.getOrDefault(property.name(), property));
        all.addAll(properties);
        return all;
    }

    /** All navigation properties, those of the base type first. */
    public List<NavigationProperty> navigation() {
        if (members != null) {
            return members.navigation;
        }
        List<NavigationProperty> all =
                new ArrayList<>(base == null ? List.of() : base.navigation());
        all.addAll(navigation);
        return all;
    }

    /** The property of that name, ignoring case, as Graph reads names. */
    public Optional<Property> property(String name) {
        return Optional.ofNullable(members().propertyByName.get(fold(name)));
    }

    /** The navigation property of that name, ignoring case. */
    public Optional<NavigationProperty> navigation(String name) {
        return Optional.ofNullable(members().navigationByName.get(fold(name)));
    }

    /** Whether this is the other type or derives from it. */
    public boolean isA(StructuredType other) {
        return this == other || (base != null && base.isA(other));
    }

    /** This type and all that derive from it. */
    public List<StructuredType> family() {
        List<StructuredType> all = new ArrayList<>(List.of(this));
        derived.forEach(type -> all.addAll(type.family()));
        return all;
    }

    /** A term on this type, else on the nearest base type that has it. */
    public Optional<AnnotationValue> inherited(String term) {
        return annotations
                .value(term)
                .or(() -> base == null ? Optional.empty() : base.inherited(term));
    }

    @Override
    public String toString() {
        return qualifiedName;
    }
}
