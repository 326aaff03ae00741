package dev.usher.graph;

import dev.usher.directory.DirectoryRole;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code unifiedRoleAssignment}: a directory role given to a person or a service principal. */
final class RoleAssignments implements Strategy {

    private static final String APP_SCOPE = "appScopeId";

    private final DirectoryKinds kinds;
    private final Roles roles;

    RoleAssignments(DirectoryKinds kinds, Roles roles) {
        this.kinds = kinds;
        this.roles = roles;
    }

    @Override
    public String type() {
        return "microsoft.graph.unifiedRoleAssignment";
    }

    /** For the whole directory the key follows from role and principal; else it is random. */
    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        ObjectNode properties = draft.properties();
        for (String name : new String[] {Roles.PRINCIPAL, Roles.DEFINITION}) {
            if (properties.path(name).isString()) {
                properties.put(name, properties.path(name).stringValue().toLowerCase(Locale.ROOT));
            }
        }
        Optional<Entity> principal = principal(tx, properties);
        Optional<DirectoryRole> role = role(properties);
        boolean whole = properties.path(Roles.SCOPE).asString("").equals(Roles.DIRECTORY);
        return whole && principal.isPresent() && role.isPresent()
                ? Roles.key(role.get().templateId(), principal.get().id())
                : ids.hex32() + "-1";
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        if (principal(tx, properties).isEmpty()) {
            violations.add(
                    Roles.PRINCIPAL,
                    Rule.REFERENCE,
                    "'" + Roles.PRINCIPAL + "' names no person or service principal.");
        }
        if (role(properties).isEmpty()) {
            violations.add(
                    Roles.DEFINITION, Rule.REFERENCE, "'" + Roles.DEFINITION + "' names no role.");
        }
        String scope = properties.path(Roles.SCOPE).asString("");
        boolean known =
                scope.equals(Roles.DIRECTORY)
                        || (scope.startsWith("/")
                                && tx.find(kinds.application(), "", scope.substring(1))
                                        .isPresent());
        if (!known || properties.path(APP_SCOPE).isString()) {
            violations.add(
                    Roles.SCOPE,
                    Rule.NOT_ALLOWED,
                    "'"
                            + Roles.SCOPE
                            + "' must be / or the id of an application behind a slash; no other"
                            + " scope is supported.");
        }
        if (violations.isEmpty() && candidate.isNew() && taken(tx, properties)) {
            violations.add(
                    Roles.DEFINITION,
                    Rule.CONFLICT,
                    "A conflicting object with one or more of the specified property values is"
                            + " present in the directory.");
        }
    }

    private boolean taken(ReadTx tx, ObjectNode properties) {
        return !DirectoryKinds.where(
                        tx,
                        kinds.roleAssignment(),
                        Map.of(
                                Roles.PRINCIPAL, properties.path(Roles.PRINCIPAL).asString(""),
                                Roles.DEFINITION, properties.path(Roles.DEFINITION).asString(""),
                                Roles.SCOPE, properties.path(Roles.SCOPE).asString("")))
                .isEmpty();
    }

    private Optional<Entity> principal(ReadTx tx, ObjectNode properties) {
        String id = properties.path(Roles.PRINCIPAL).asString("");
        return tx.find(kinds.user(), "", id).or(() -> tx.find(kinds.servicePrincipal(), "", id));
    }

    private static Optional<DirectoryRole> role(ObjectNode properties) {
        return DirectoryRole.ofTemplate(properties.path(Roles.DEFINITION).asString(""));
    }

    /** A role that somebody has is an activated one. */
    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        ObjectNode properties = candidate.properties();
        properties.put("principalOrganizationId", tx.tenant().toString());
        role(properties).ifPresent(role -> roles.activate(tx, role));
    }

    /** The last person or application that manages everything stays. */
    @Override
    public void deleting(ReadTx tx, Entity entity) {
        roles.requireAnother(tx, entity);
    }
}
