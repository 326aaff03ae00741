package dev.usher.edm;

import java.util.List;

/**
 * A structural property on a path, and the type that its value is taken for.
 *
 * @param type the declared type or, where a cast follows the property, one derived from it
 */
public record Step(Property property, EdmType type) {

    /** The property as declared, without a cast. */
    public static Step of(Property property) {
        return new Step(property, property.type().type());
    }

    public boolean cast() {
        return !type.equals(property.type().type());
    }

    /** The property's name; behind it, where there is a cast, the name of the type. */
    public String path() {
        return cast() ? property.name() + "/" + type.qualifiedName() : property.name();
    }

    /** The steps with a slash behind each. */
    public static String path(List<Step> steps) {
        StringBuilder path = new StringBuilder();
        steps.forEach(step -> path.append(step.path()).append('/'));
        return path.toString();
    }
}
