package dev.usher.edm;

import java.util.ArrayList;
import java.util.List;

/**
 * The navigation properties of a structured type and of those derived from it, also those inside
 * single-valued complex properties.
 */
public final class Navigations {

    /** Complex properties inside one another that are searched. */
    static final int DEPTH_MAX = 8;

    /**
     * A navigation property and where it stands.
     *
     * @param steps the complex properties that lead to it, each with the type that declares what
     *     follows; empty for one of the type itself
     */
    public record Reached(List<Step> steps, NavigationProperty navigation) {

        /** The path of names and casts from the type. */
        public String path() {
            return Step.path(steps) + navigation.name();
        }
    }

    private final List<Reached> reached = new ArrayList<>();

    private Navigations() {}

    /** All of them, in schema order; each once, at the type that declares it. */
    public static List<Reached> of(StructuredType type) {
        Navigations navigations = new Navigations();
        navigations.visit(type.navigation(), type.properties(), List.of());
        for (StructuredType derived : type.family().subList(1, type.family().size())) {
            navigations.visit(derived, List.of());
        }
        return List.copyOf(navigations.reached);
    }

    private void visit(StructuredType type, List<Step> steps) {
        visit(type.ownNavigation(), type.ownProperties(), steps);
    }

    private void visit(
            List<NavigationProperty> navigation, List<Property> properties, List<Step> steps) {
        navigation.forEach(each -> reached.add(new Reached(steps, each)));
        for (Property property : properties) {
            if (property.type().collection()
                    || !(property.type().type() instanceof ComplexType complex)
                    || steps.size() == DEPTH_MAX) {
                continue;
            }
            visit(complex.navigation(), complex.properties(), with(steps, property, complex));
            for (StructuredType derived : complex.family().subList(1, complex.family().size())) {
                visit(derived, with(steps, property, derived));
            }
        }
    }

    private static List<Step> with(List<Step> steps, Property property, StructuredType type) {
        List<Step> further = new ArrayList<>(steps);
        further.add(new Step(property, type));
        return List.copyOf(further);
    }
}
