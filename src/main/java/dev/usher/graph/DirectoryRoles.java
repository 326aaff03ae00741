package dev.usher.graph;

import dev.usher.directory.DirectoryRole;
import dev.usher.odata.MemberSource;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code directoryRole}: a built-in role that was activated in the tenant, and its members. */
final class DirectoryRoles implements Strategy {

    private final Roles roles;

    DirectoryRoles(Roles roles) {
        this.roles = roles;
    }

    @Override
    public String type() {
        return "microsoft.graph.directoryRole";
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        Optional<DirectoryRole> role =
                role(candidate.properties().path(Roles.TEMPLATE).asString(""));
        if (role.isEmpty()) {
            violations.add(
                    Roles.TEMPLATE,
                    Rule.REFERENCE,
                    "'" + Roles.TEMPLATE + "' names no role template.");
        } else if (candidate.isNew() && roles.activated(tx, role.get()).isPresent()) {
            violations.add(
                    Roles.TEMPLATE,
                    Rule.CONFLICT,
                    "A conflicting object with one or more of the specified property values is"
                            + " present in the directory.");
        }
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        DirectoryRole role =
                role(candidate.properties().path(Roles.TEMPLATE).asString("")).orElseThrow();
        candidate
                .properties()
                .put(Roles.TEMPLATE, role.templateId())
                .put("displayName", role.displayName())
                .put("description", role.description());
    }

    private static Optional<DirectoryRole> role(String templateId) {
        return DirectoryRole.ofTemplate(templateId);
    }

    /** The members of a role. */
    MemberSource members() {
        return new MemberSource() {
            @Override
            public String collection() {
                return "microsoft.graph.directoryRole/members";
            }

            @Override
            public List<Entity> members(ReadTx tx, @Nullable Entity owner) {
                return owner == null ? List.of() : roles.members(tx, template(owner));
            }

            @Override
            public void add(WriteTx tx, Entity owner, Entity target) {
                roles.assign(tx, template(owner), target.id());
            }

            @Override
            public boolean remove(WriteTx tx, Entity owner, Entity target) {
                return roles.unassign(tx, template(owner), target.id());
            }
        };
    }

    private static String template(Entity role) {
        return role.properties().path(Roles.TEMPLATE).asString("");
    }

    /** The roles of a person or of a service principal. */
    MemberSource memberships(String type) {
        return new MemberSource() {
            @Override
            public String collection() {
                return type + "/memberOf";
            }

            @Override
            public List<Entity> members(ReadTx tx, @Nullable Entity owner) {
                return owner == null ? List.of() : roles.of(tx, owner.id());
            }
        };
    }

    /** The catalogue of roles that can be activated. */
    static MemberSource templates() {
        return new MemberSource() {
            @Override
            public String collection() {
                return "directoryRoleTemplates";
            }

            @Override
            public List<Entity> members(ReadTx tx, @Nullable Entity owner) {
                return Arrays.stream(DirectoryRole.values()).map(DirectoryRoles::template).toList();
            }
        };
    }

    private static Entity template(DirectoryRole role) {
        return new Entity(
                "directoryRoleTemplate",
                "",
                role.templateId(),
                "microsoft.graph.directoryRoleTemplate",
                1,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("displayName", role.displayName())
                        .put("description", role.description()));
    }
}
