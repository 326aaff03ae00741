package dev.usher.client;

import dev.usher.edm.PrimitiveType;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * How applications, service principals and app role assignments are stored: rows that Graph's own
 * collections can be served from, so the names of the properties are Graph's.
 */
final class ClientKinds {

    static final Kind FEDERATED = new Kind(FederatedCredential.KIND, null, Map.of(), Set.of());

    static final Kind APPLICATION =
            new Kind(
                    "application",
                    "application",
                    Map.of(
                            "appId", text("app_id"),
                            "displayName", text("display_name"),
                            "createdDateTime", instant("created_at")),
                    Set.of(),
                    Set.of("extensionProperty", FEDERATED.name()));

    static final Kind SERVICE_PRINCIPAL =
            new Kind(
                    "servicePrincipal",
                    "service_principal",
                    Map.of(
                            "appId",
                            text("app_id"),
                            "displayName",
                            text("display_name"),
                            "accountEnabled",
                            new Kind.Column("account_enabled", Kind.Column.Type.BOOLEAN)),
                    Set.of());

    static final Kind APP_ROLE_ASSIGNMENT =
            new Kind(
                    "appRoleAssignment",
                    "app_role_assignment",
                    Map.of(
                            "principalId", text("principal_id"),
                            "resourceId", text("resource_id"),
                            "appRoleId", text("app_role_id"),
                            "createdDateTime", instant("created_at")),
                    Set.of());

    static final Kind ROLE_ASSIGNMENT =
            new Kind(
                    "roleAssignment",
                    "role_assignment",
                    Map.of(
                            "principalId", text("principal_id"),
                            "roleDefinitionId", text("role_definition_id"),
                            "directoryScopeId", text("directory_scope_id")),
                    Set.of());

    static final Kind PERMISSION_GRANT =
            new Kind(
                    "oAuth2PermissionGrant",
                    "permission_grant",
                    Map.of(
                            "clientId", text("client_id"),
                            "consentType", text("consent_type"),
                            "principalId", text("principal_id"),
                            "resourceId", text("resource_id")),
                    Set.of());

    private static final String NAMESPACE = "microsoft.graph.";

    private ClientKinds() {}

    /** A new entity at the top of a kind. */
    static Entity entity(Kind kind, String id, ObjectNode properties) {
        return new Entity(kind.name(), "", id, NAMESPACE + kind.name(), 0, properties);
    }

    /** The entities whose properties have these values. */
    static Query where(Kind kind, int limit, Map<String, String> values) {
        List<Predicate> parts =
                values.entrySet().stream()
                        .<Predicate>map(entry ->
                                new Predicate.Compare(
                                        new Operand.Property(
                                                "", List.of(entry.getKey()), PrimitiveType.STRING),
                                        Predicate.Operator.EQ,
                                        new Operand.Literal(
                                                entry.getValue(), PrimitiveType.STRING)))
                        .toList();
        return new Query(
                kind,
                List.of(),
                new Query.Scope.Children(""),
                new Predicate.And(parts),
                List.of(),
                null,
                limit,
                0);
    }

    private static Kind.Column text(String column) {
        return new Kind.Column(column, Kind.Column.Type.TEXT);
    }

    private static Kind.Column instant(String column) {
        return new Kind.Column(column, Kind.Column.Type.INSTANT);
    }
}
