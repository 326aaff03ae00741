package dev.usher.edm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bound action or function (CSDL 4.01 section 12).
 *
 * @param action whether it is invoked by POST and may change something; else a function, by GET
 * @param binding what it is bound to: an entity type, or a collection of it
 * @param parameters without the binding parameter
 * @param result null when nothing is returned
 */
public record Operation(
        String qualifiedName,
        boolean action,
        TypeRef binding,
        List<Parameter> parameters,
        @Nullable TypeRef result,
        Annotations annotations) {

    /** One parameter of an operation. */
    public record Parameter(String name, TypeRef type, boolean nullable) {

        /** The parameter seen as a property, since its values follow the same rules. */
        public Property asProperty() {
            return new Property(name, type, nullable, Annotations.NONE);
        }
    }

    public String name() {
        return qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1);
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(p -> p.name().equalsIgnoreCase(name)).findFirst();
    }
}
