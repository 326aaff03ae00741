package dev.usher.graph;

import dev.usher.directory.DirectoryRole;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy.Candidate;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * People with a directory role are not at the mercy of those who manage people without one: whoever
 * could set an administrator's password, or the addresses behind it, could become that
 * administrator.
 */
final class ProtectedPeople {

    private static final Set<String> GUARDED =
            Set.of(
                    "accountEnabled",
                    "businessPhones",
                    "identities",
                    "mail",
                    "mobilePhone",
                    "otherMails",
                    "passwordPolicies",
                    "passwordProfile",
                    "userPrincipalName");
    private static final Set<String> GUARDIANS =
            Set.of(
                    DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(),
                    DirectoryRole.PRIVILEGED_AUTHENTICATION_ADMINISTRATOR.templateId());

    private final DirectoryKinds kinds;

    ProtectedPeople(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    /**
     * @throws Refusal 403 for what the caller may not change of that person
     */
    void changing(WriteTx tx, Candidate candidate) {
        boolean guarded = candidate.changed().propertyNames().stream().anyMatch(GUARDED::contains);
        if (guarded) {
            require(tx, candidate.id());
        }
    }

    /**
     * @throws Refusal 403 if the caller may not delete or reset that person
     */
    void require(WriteTx tx, String id) {
        boolean own = id.equals(tx.actor().userId());
        if (!own
                && Collections.disjoint(tx.actor().roleIds(), GUARDIANS)
                && administrates(tx, id)) {
            throw new Refusal(
                    GraphError.DENIED,
                    "Insufficient privileges to complete the operation: the person has a directory"
                            + " role.");
        }
    }

    private boolean administrates(ReadTx tx, String id) {
        return !DirectoryKinds.where(tx, kinds.roleAssignment(), Map.of(Roles.PRINCIPAL, id))
                .isEmpty();
    }
}
