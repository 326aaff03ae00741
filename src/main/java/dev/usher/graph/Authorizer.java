package dev.usher.graph;

import dev.usher.directory.DirectoryRole;
import dev.usher.odata.GraphError;
import dev.usher.odata.Permission;
import dev.usher.odata.Plan;
import dev.usher.odata.Refusal;
import dev.usher.token.AccessToken;
import dev.usher.token.AccountKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds a plan against what its caller may do: the operation's own permission and that of every
 * expand. An application needs the permission; a work account needs the permission and a directory
 * role; a personal account is refused wherever the operation does not serve personal accounts.
 */
final class Authorizer {

    private Authorizer() {}

    /**
     * Returns the plan as far as the caller may carry it out: one who may replace but not create is
     * refused only where it comes to that.
     *
     * @throws Refusal 403, naming what is needed and what was presented
     */
    static Plan authorize(AccessToken caller, Plan plan) {
        plan.permissions().forEach(permission -> require(caller, permission));
        if (plan instanceof Plan.Upsert upsert && upsert.ifAbsent() == null) {
            try {
                require(caller, upsert.toCreate());
            } catch (Refusal missing) {
                return upsert.refusing(missing);
            }
        }
        return plan;
    }

    private static void require(AccessToken caller, Permission needed) {
        GraphError code = needed.directory() ? GraphError.DENIED : GraphError.FORBIDDEN;
        if (caller.kind() == AccountKind.PERSONAL && !needed.personal()) {
            throw new Refusal(
                    code,
                    "Personal accounts are not supported for this operation; use a work or school"
                            + " account or an application.");
        }
        if (caller.kind() == AccountKind.APPLICATION && needed.delegatedOnly()) {
            throw new Refusal(
                    code,
                    "Applications by themselves are not supported for this operation; it is for"
                            + " signed-in people.");
        }
        boolean permitted =
                needed.suffices(caller.permissions())
                        || (caller.kind() == AccountKind.APPLICATION
                                && (needed.ofOwnClient()
                                        || needed.sufficesForOwned(caller.permissions())));
        if (!permitted) {
            throw new Refusal(
                    code,
                    "The application does not have any of the required "
                            + (caller.kind() == AccountKind.APPLICATION
                                    ? "application"
                                    : "delegated")
                            + " permissions: "
                            + alternatives(needed.alternatives())
                            + (needed.owned().isEmpty()
                                    ? ""
                                    : ", or for what it owns " + alternatives(needed.owned()))
                            + ". The token presents: "
                            + presented(caller.permissions())
                            + ".");
        }
        boolean asked = caller.kind() == AccountKind.WORK || needed.rolesAlways();
        if (asked && !needed.roles().isEmpty() && !hasRole(caller, needed.roles())) {
            throw new Refusal(
                    code,
                    "User Authorization: Access is denied. The caller needs one of the roles: "
                            + String.join(", ", needed.roles())
                            + ".");
        }
    }

    private static boolean hasRole(AccessToken caller, List<String> roles) {
        return roles.stream()
                .flatMap(name -> DirectoryRole.named(name).stream())
                .anyMatch(role -> caller.roleIds().contains(role.templateId()));
    }

    private static String alternatives(List<List<String>> alternatives) {
        return alternatives.stream()
                .map(set -> String.join(" and ", set))
                .collect(Collectors.joining(", "));
    }

    private static String presented(Set<String> permissions) {
        return permissions.isEmpty() ? "none" : String.join(", ", new TreeSet<>(permissions));
    }
}
