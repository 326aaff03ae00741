package dev.usher.graph;

import dev.usher.directory.DirectoryRole;
import dev.usher.ids.Ids;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Violation;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import dev.usher.tenant.TenantSeed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who has which directory role. Role assignments are what is kept; the members of an activated role
 * are those who have it for the whole directory.
 */
final class Roles {

    static final String DIRECTORY = "/";
    static final String PRINCIPAL = "principalId";
    static final String DEFINITION = "roleDefinitionId";
    static final String SCOPE = "directoryScopeId";
    static final String TEMPLATE = "roleTemplateId";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final DirectoryKinds kinds;
    private final Ids ids;

    Roles(DirectoryKinds kinds, Ids ids) {
        this.kinds = kinds;
        this.ids = ids;
    }

    /** The definitions of the built-in roles, for a new tenant. */
    static TenantSeed definitions(DirectoryKinds kinds) {
        return tx -> define(tx, kinds);
    }

    private static void define(WriteTx tx, DirectoryKinds kinds) {
        for (DirectoryRole role : DirectoryRole.values()) {
            ObjectNode properties = JSON.objectNode();
            properties
                    .put("displayName", role.displayName())
                    .put("description", role.description())
                    .put("templateId", role.templateId())
                    .put("isBuiltIn", true)
                    .put("isEnabled", true)
                    .put("version", "1");
            properties.putArray("resourceScopes").add(DIRECTORY);
            properties.putArray("rolePermissions");
            insert(
                    tx,
                    kinds.roleDefinition(),
                    role.templateId(),
                    "unifiedRoleDefinition",
                    properties);
        }
    }

    private static Entity insert(
            WriteTx tx, Kind kind, String id, String type, ObjectNode properties) {
        return tx.insert(
                kind,
                new Entity(kind.name(), "", id, DirectoryKinds.NAMESPACE + type, 0, properties));
    }

    /** The activated role of that template, activated now if need be. */
    Entity activate(WriteTx tx, DirectoryRole role) {
        return activated(tx, role)
                .orElseGet(() -> {
                    ObjectNode properties =
                            JSON.objectNode()
                                    .put("displayName", role.displayName())
                                    .put("description", role.description())
                                    .put(TEMPLATE, role.templateId());
                    return insert(
                            tx,
                            kinds.directoryRole(),
                            ids.guid().toString(),
                            "directoryRole",
                            properties);
                });
    }

    Optional<Entity> activated(ReadTx tx, DirectoryRole role) {
        return DirectoryKinds.where(tx, kinds.directoryRole(), Map.of(TEMPLATE, role.templateId()))
                .stream()
                .findFirst();
    }

    /** Who has the role for the whole directory. */
    List<Entity> members(ReadTx tx, String templateId) {
        return DirectoryKinds.where(
                        tx,
                        kinds.roleAssignment(),
                        Map.of(DEFINITION, templateId, SCOPE, DIRECTORY))
                .stream()
                .flatMap(assignment ->
                        kinds
                                .object(tx, assignment.properties().path(PRINCIPAL).asString(""))
                                .stream())
                .toList();
    }

    /** The activated roles that a principal has for the whole directory. */
    List<Entity> of(ReadTx tx, String principalId) {
        return DirectoryKinds.where(
                        tx,
                        kinds.roleAssignment(),
                        Map.of(PRINCIPAL, principalId, SCOPE, DIRECTORY))
                .stream()
                .flatMap(assignment -> Stream.ofNullable(assignment.properties().get(DEFINITION)))
                .flatMap(template -> DirectoryRole.ofTemplate(template.asString("")).stream())
                .flatMap(role -> activated(tx, role).stream())
                .toList();
    }

    /**
     * Gives a principal a role.
     *
     * @throws Refusal 400 if it has it already
     */
    void assign(WriteTx tx, String templateId, String principalId) {
        if (!assignments(tx, templateId, principalId).isEmpty()) {
            throw conflict(
                    "One or more added object references already exist for the following modified"
                            + " properties: 'members'.");
        }
        ObjectNode properties =
                JSON.objectNode()
                        .put(PRINCIPAL, principalId)
                        .put(DEFINITION, templateId)
                        .put(SCOPE, DIRECTORY)
                        .put("principalOrganizationId", tx.tenant().toString());
        insert(
                tx,
                kinds.roleAssignment(),
                key(templateId, principalId),
                "unifiedRoleAssignment",
                properties);
    }

    /** Takes a role away; false if the principal has it not. */
    boolean unassign(WriteTx tx, String templateId, String principalId) {
        List<Entity> found = assignments(tx, templateId, principalId);
        found.forEach(assignment -> requireAnother(tx, assignment));
        for (Entity assignment : found) {
            tx.lock(kinds.roleAssignment(), "", assignment.id())
                    .ifPresent(locked -> tx.delete(kinds.roleAssignment(), locked));
        }
        return !found.isEmpty();
    }

    /**
     * @throws Refusal 400 if nobody would manage everything any more without that assignment
     */
    void requireAnother(ReadTx tx, Entity assignment) {
        String global = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();
        ObjectNode properties = assignment.properties();
        boolean globally =
                properties.path(DEFINITION).asString("").equals(global)
                        && properties.path(SCOPE).asString("").equals(DIRECTORY);
        if (globally && members(tx, global).size() == 1) {
            throw new Refusal(
                    GraphError.INVALID_VALUE,
                    "The last Global Administrator of a tenant cannot be removed.");
        }
    }

    private List<Entity> assignments(ReadTx tx, String templateId, String principalId) {
        return DirectoryKinds.where(
                tx,
                kinds.roleAssignment(),
                Map.of(PRINCIPAL, principalId, DEFINITION, templateId, SCOPE, DIRECTORY));
    }

    /** Base64url of both GUIDs, and a one behind them. */
    static String key(String templateId, String principalId) {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        for (String id : Arrays.asList(templateId, principalId)) {
            UUID guid = UUID.fromString(id);
            bytes.putLong(guid.getMostSignificantBits());
            bytes.putLong(guid.getLeastSignificantBits());
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()) + "-1";
    }

    static Refusal conflict(String message) {
        return new Refusal(
                GraphError.INVALID_VALUE,
                message,
                null,
                List.of(new Violation("members", Rule.CONFLICT, message)));
    }
}
