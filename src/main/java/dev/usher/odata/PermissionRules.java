package dev.usher.odata;

import dev.usher.edm.Annotations;
import dev.usher.edm.Property;
import dev.usher.edm.Terms;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The permission annotations that apply at one point of a path: those of the element itself, and
 * behind them those of the elements before it. Each fact is looked up on its own, nearest first.
 */
final class PermissionRules {

    /**
     * What is done; the name is the member of the annotation, {@code Write} stands for all but
     * reads.
     */
    enum Access {
        Read,
        Insert,
        Update,
        Delete,
        /** To run an action. */
        Write,
        /** To add or remove a reference. */
        Link,
        Expand
    }

    /** Says that nothing is needed, where silence would mean what an outer element says. */
    private static final String NONE = "-";

    /** The members of an annotation that say which permission is needed. */
    private static final List<String> STATING = List.of("Read", "Write");

    private final List<Annotations> nearestFirst;

    private PermissionRules(List<Annotations> nearestFirst) {
        this.nearestFirst = nearestFirst;
    }

    static PermissionRules none() {
        return new PermissionRules(List.of());
    }

    /** The rules one element further down the path. */
    PermissionRules then(Annotations annotations) {
        return annotations.value(Terms.PERMISSIONS).isEmpty()
                ? this
                : new PermissionRules(
                        Stream.concat(Stream.of(annotations), nearestFirst.stream()).toList());
    }

    Permission permission(Access access) {
        return ofOneself(access).orElseGet(() -> ofAnybody(access));
    }

    /** What callers need for what is theirs, where that is less: no role, other permissions. */
    private Optional<Permission> ofOneself(Access access) {
        if (nearestFirst.stream().allMatch(each -> each.text(Terms.CALLER).isEmpty())) {
            return Optional.empty();
        }
        String name = access == Access.Read || access == Access.Expand ? "Read" : "Write";
        return nearestFirst.stream()
                .filter(each -> STATING.stream().anyMatch(m -> states(each, m)))
                .findFirst()
                .flatMap(each -> each.text(Terms.PERMISSIONS, name + "Own"))
                .map(needed ->
                        new Permission(
                                alternatives(needed),
                                List.of(),
                                List.of(),
                                flag("Personal"),
                                flag("Directory"),
                                false,
                                flag("DelegatedOnly"),
                                false));
    }

    private static boolean states(Annotations annotations, String member) {
        return annotations.text(Terms.PERMISSIONS, member).isPresent();
    }

    private Permission ofAnybody(Access access) {
        String needed =
                switch (access) {
                    case Read -> fact("Read");
                    case Expand -> fact("Expand", "Read");
                    default -> fact(access.name(), "Write");
                };
        String roles =
                access == Access.Read || access == Access.Expand
                        ? fact("ReadRoles", "Roles")
                        : fact("Roles");
        return new Permission(
                alternatives(needed),
                alternatives(owned(access)),
                words(roles, ";").toList(),
                flag("Personal"),
                flag("Directory"),
                flag("RolesAlways"),
                flag("DelegatedOnly"),
                flag("OfOwnClient"));
    }

    /** What suffices for what the caller owns: it stands beside what is needed otherwise. */
    private String owned(Access access) {
        List<String> stating =
                switch (access) {
                    case Read -> List.of("Read");
                    case Expand -> List.of();
                    default -> List.of(access.name(), "Write");
                };
        return nearestFirst.stream()
                .filter(each -> stating.stream().anyMatch(member -> states(each, member)))
                .findFirst()
                // what there is not yet is nobody's
                .filter(each -> access != Access.Insert || !states(each, access.name()))
                .flatMap(each -> each.text(Terms.PERMISSIONS, "Owned"))
                .orElse("");
    }

    private static List<List<String>> alternatives(String needed) {
        return words(needed, " ").map(each -> words(each, "\\+").toList()).toList();
    }

    /** What the nearest element says that says anything. */
    private boolean flag(String name) {
        for (Annotations annotations : nearestFirst) {
            boolean on = annotations.flag(Terms.PERMISSIONS, name, false);
            boolean stated = on == annotations.flag(Terms.PERMISSIONS, name, true);
            if (stated) {
                return on;
            }
        }
        return false;
    }

    /**
     * What a change of an entity needs: the general permission, or for each of the changed
     * properties one that is for changes of that property.
     */
    List<Permission> updating(List<Property> changed) {
        Permission general = permission(Access.Update);
        boolean special = changed.stream().anyMatch(PermissionRules::ofItsOwn);
        if (!special) {
            return List.of(general);
        }
        return changed.stream().map(this::updating).distinct().toList();
    }

    private Permission updating(Property property) {
        boolean administered =
                property.annotations().flag(Terms.PERMISSIONS, "Administered", false);
        Permission general = (administered ? ofOthers() : this).permission(Access.Update);
        return ofItsOwn(property)
                ? general.or(none().then(property.annotations()).permission(Access.Update))
                : general;
    }

    /** Without what holds for callers by themselves. */
    PermissionRules ofOthers() {
        return new PermissionRules(
                nearestFirst.stream()
                        .filter(annotations -> annotations.text(Terms.CALLER).isEmpty())
                        .toList());
    }

    /** Whether changing it takes something else than changing the entity does. */
    private static boolean ofItsOwn(Property property) {
        return property.annotations().text(Terms.PERMISSIONS, "Update").isPresent()
                || property.annotations().flag(Terms.PERMISSIONS, "Administered", false);
    }

    /** The first of the names that the nearest element states; the nearest element wins. */
    private String fact(String... names) {
        for (Annotations annotations : nearestFirst) {
            for (String name : names) {
                Optional<String> text = annotations.text(Terms.PERMISSIONS, name);
                if (text.isPresent()) {
                    return text.get();
                }
            }
        }
        return "";
    }

    private static Stream<String> words(String text, String separator) {
        return Arrays.stream(text.split(separator, -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty() && !word.equals(NONE));
    }
}
