package dev.usher.graph;

import dev.usher.client.GraphPermissions;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code appRoleAssignment}: a role of a resource, given to an application or a person. */
final class AppRoleAssignments implements Strategy {

    /** The role of a resource that declares none. */
    private static final String NO_ROLE = "00000000-0000-0000-0000-000000000000";

    private static final String PRINCIPAL = "principalId";
    private static final String RESOURCE = "resourceId";
    private static final String ROLE = "appRoleId";

    private final DirectoryKinds kinds;
    private final GraphPermissions permissions;

    AppRoleAssignments(DirectoryKinds kinds, GraphPermissions permissions) {
        this.kinds = kinds;
        this.permissions = permissions;
    }

    @Override
    public String type() {
        return "microsoft.graph.appRoleAssignment";
    }

    /** 43 characters: base64url of the principal's GUID and a random one. */
    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        UUID principal = guid(draft.properties().path(PRINCIPAL)).orElseGet(ids::guid);
        ByteBuffer bytes = ByteBuffer.allocate(32);
        bytes.putLong(principal.getMostSignificantBits());
        bytes.putLong(principal.getLeastSignificantBits());
        bytes.put(ids.bytes(16));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Optional<UUID> guid(JsonNode value) {
        return value.isString()
                ? Optional.of(UUID.fromString(value.stringValue()))
                : Optional.empty();
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        Optional<Entity> principal = principal(tx, properties);
        Optional<Entity> resource = resource(tx, properties);
        if (principal.isEmpty()) {
            missing(PRINCIPAL, violations);
        }
        if (resource.isEmpty()) {
            missing(RESOURCE, violations);
        }
        if (principal.isEmpty() || resource.isEmpty()) {
            return;
        }
        String role = properties.path(ROLE).asString("");
        String member = principal.get().kind().equals("user") ? "User" : "Application";
        if (!offers(resource.get(), role, member)) {
            violations.add(
                    ROLE,
                    Rule.REFERENCE,
                    "Permission being assigned was not found on application '"
                            + resource.get().properties().path("appId").asString("")
                            + "'.");
        }
        Map<String, String> same =
                Map.of(
                        PRINCIPAL, principal.get().id(),
                        RESOURCE, resource.get().id(),
                        ROLE, role);
        if (!DirectoryKinds.where(tx, kinds.appRoleAssignment(), same).isEmpty()) {
            violations.add(
                    ROLE, Rule.CONFLICT, "Permission being assigned already exists on the object.");
        }
    }

    private static void missing(String name, Violations violations) {
        violations.add(
                name,
                Rule.REFERENCE,
                "Resource '"
                        + name
                        + "' does not exist or one of its queried reference-property objects are"
                        + " not present.");
    }

    private Optional<Entity> principal(ReadTx tx, ObjectNode properties) {
        String id = properties.path(PRINCIPAL).asString("");
        return tx.find(kinds.servicePrincipal(), "", id).or(() -> tx.find(kinds.user(), "", id));
    }

    private Optional<Entity> resource(ReadTx tx, ObjectNode properties) {
        return tx.find(kinds.servicePrincipal(), "", properties.path(RESOURCE).asString(""));
    }

    /** Whether the resource has that role for that kind of member. */
    private boolean offers(Entity resource, String role, String member) {
        boolean graph =
                resource.properties().path("appId").asString("").equals(GraphPermissions.APP_ID);
        if (graph) {
            return member.equals("Application") && permissions.nameOfRole(role).isPresent();
        }
        JsonNode roles = resource.properties().path("appRoles");
        if (role.equals(NO_ROLE)) {
            return roles.isEmpty();
        }
        return roles.valueStream()
                .anyMatch(each ->
                        each.path("id").asString("").equalsIgnoreCase(role)
                                && each.path("isEnabled").asBoolean(false)
                                && each.path("allowedMemberTypes")
                                        .valueStream()
                                        .anyMatch(type -> type.asString("").equals(member)));
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        ObjectNode properties = candidate.properties();
        Entity principal = principal(tx, properties).orElseThrow();
        Entity resource = resource(tx, properties).orElseThrow();
        properties
                .put("principalType", principal.kind().equals("user") ? "User" : "ServicePrincipal")
                .put("principalDisplayName", displayName(principal))
                .put("resourceDisplayName", displayName(resource))
                .put("createdDateTime", tx.now().toString());
    }

    private static String displayName(Entity entity) {
        return entity.properties().path("displayName").asString("");
    }
}
