package dev.usher.odata;

import dev.usher.edm.AnnotationValue;
import dev.usher.edm.Annotations;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.edm.TypeRef;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks properties up by name, and words the answer when there is none. */
final class Properties {

    private Properties() {}

    /** The property of that name, on the type or on one derived from it. */
    static @Nullable Property inFamily(StructuredType type, String name) {
        return type.property(name)
                .or(() ->
                        type.family().stream()
                                .flatMap(member -> member.property(name).stream())
                                .findFirst())
                .orElse(null);
    }

    /** As above, or a text property that an open type may have beyond its declared ones. */
    static @Nullable Property inFamilyOrDynamic(StructuredType type, String name) {
        Property declared = inFamily(type, name);
        if (declared != null || !dynamic(type, name)) {
            return declared;
        }
        return new Property(name, new TypeRef(PrimitiveType.STRING, false), true, Annotations.NONE);
    }

    /** Whether an open type may have a property of that name beyond its declared ones. */
    static boolean dynamic(StructuredType type, String name) {
        return type.open()
                && type.inherited(Terms.DYNAMIC_PREFIX)
                        .filter(value ->
                                value instanceof AnnotationValue.Text(String prefix)
                                        && name.startsWith(prefix))
                        .isPresent();
    }

    /** Whether the type takes every undeclared property. */
    static boolean anything(StructuredType type) {
        return type.open() && type.inherited(Terms.DYNAMIC_PREFIX).isEmpty();
    }

    /** The navigation property of that name, on the type or on one derived from it. */
    static Optional<NavigationProperty> navigationInFamily(StructuredType type, String name) {
        return type.navigation(name)
                .or(() ->
                        type.family().stream()
                                .flatMap(member -> member.navigation(name).stream())
                                .findFirst());
    }

    /** Names the property and the type, and the nearest name that exists. */
    static String unknownMessage(String name, StructuredType type) {
        String message =
                "Could not find a property named '"
                        + name
                        + "' on type '"
                        + type.qualifiedName()
                        + "'.";
        return type.family().stream()
                .flatMap(member -> member.properties().stream())
                .map(Property::name)
                .distinct()
                .min(Comparator.comparingInt(candidate -> distance(candidate, name)))
                .filter(candidate -> distance(candidate, name) <= 2)
                .map(candidate -> message + " Perhaps '" + candidate + "'?")
                .orElse(message);
    }

    /** Edit distance (insert, delete, replace), ignoring case. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 2) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same =
                        Character.toLowerCase(a.charAt(i - 1))
                                == Character.toLowerCase(b.charAt(j - 1));
                int replace = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
