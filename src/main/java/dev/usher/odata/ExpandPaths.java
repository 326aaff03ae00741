package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Navigations;
import dev.usher.edm.Property;
import dev.usher.edm.Step;
import dev.usher.edm.StructuredType;
import java.util.List;

/** Holds the path of an {@code $expand} item against the navigation properties of a type. */
final class ExpandPaths {

    private ExpandPaths() {}

    /**
     * Whether the path names that navigation property: its properties in order, ignoring case. A
     * cast may stand behind each, and narrows what the path names.
     */
    static boolean names(List<String> path, Navigations.Reached reached, StoredTypes storedTypes) {
        List<Step> steps = reached.steps();
        int at = 0;
        for (String name : path) {
            if (!name.contains(".")) {
                if (!named(at, reached).equalsIgnoreCase(name)) {
                    return false;
                }
                at++;
            } else if (at > 0
                    && at <= steps.size()
                    && !narrows(name, steps.get(at - 1), storedTypes)) {
                return false;
            }
        }
        return at == steps.size() + 1;
    }

    private static String named(int at, Navigations.Reached reached) {
        List<Step> steps = reached.steps();
        if (at > steps.size()) {
            return "";
        }
        return at == steps.size() ? reached.navigation().name() : steps.get(at).property().name();
    }

    private static boolean narrows(String name, Step step, StoredTypes storedTypes) {
        if (!(step.type() instanceof StructuredType at)
                || !(step.property().type().type() instanceof StructuredType declared)) {
            return false;
        }
        StructuredType wanted = storedTypes.cast(name, declared);
        return wanted != null && wanted.isA(at);
    }

    /** Why the path names no navigation property. */
    static Refusal refusal(StructuredType type, List<String> path) {
        StructuredType at = type;
        List<String> names = path.stream().filter(name -> !name.contains(".")).toList();
        if (names.isEmpty()) {
            return unknown(type, path.getLast());
        }
        for (String name : names.subList(0, names.size() - 1)) {
            Property property = Properties.inFamily(at, name);
            if (property == null
                    || property.type().collection()
                    || !(property.type().type() instanceof StructuredType next)
                    || next instanceof EntityType) {
                return unknown(at, name);
            }
            at = next;
        }
        String last = names.getLast();
        return Properties.inFamily(at, last) == null ? unknown(at, last) : notExpandable(last);
    }

    static Refusal notExpandable(String name) {
        return new Refusal(
                GraphError.EXPAND_NOT_SUPPORTED,
                "The property '" + name + "' cannot be expanded.",
                name,
                List.of());
    }

    private static Refusal unknown(StructuredType type, String name) {
        return new Refusal(
                GraphError.SYNTAX, Properties.unknownMessage(name, type), name, List.of());
    }
}
