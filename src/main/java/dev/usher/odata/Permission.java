package dev.usher.odata;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a caller needs for one operation.
 *
 * @param alternatives any one of them suffices; each is a set of permissions needed together; with
 *     none the operation is nobody's
 * @param owned as the alternatives, for applications that own the object; the executor sees to that
 * @param roles the directory roles of which a delegated caller needs one; empty for none
 * @param personal whether delegated personal accounts are served
 * @param directory whether a refusal carries the code of the directory workload
 * @param rolesAlways whether an application needs one of the roles, too
 * @param delegatedOnly whether applications are refused
 * @param ofOwnClient whether an application needs no permission for its own registration; whoever
 *     carries the operation out holds it to that
 */
public record Permission(
        List<List<String>> alternatives,
        List<List<String>> owned,
        List<String> roles,
        boolean personal,
        boolean directory,
        boolean rolesAlways,
        boolean delegatedOnly,
        boolean ofOwnClient) {

    /** Whether the caller has what suffices for anybody's object. */
    public boolean suffices(Set<String> presented) {
        return alternatives.stream().anyMatch(presented::containsAll);
    }

    /** Whether the caller has what suffices for objects that it owns. */
    public boolean sufficesForOwned(Set<String> presented) {
        return owned.stream().anyMatch(presented::containsAll);
    }

    /** The same, with more ways to be allowed. */
    Permission or(Permission other) {
        List<List<String>> all = new ArrayList<>(alternatives);
        all.addAll(other.alternatives);
        return new Permission(
                all,
                owned,
                other.roles.isEmpty() ? roles : other.roles,
                personal,
                directory,
                rolesAlways || other.rolesAlways,
                delegatedOnly,
                ofOwnClient);
    }
}
