package dev.usher.client;

import dev.usher.ids.TenantId;
import dev.usher.store.Entity;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Fresh objects in the shape of Graph's {@code application} and what belongs to it. */
final class ApplicationShape {

    static final String SECRETS = "passwordCredentials";
    static final String CERTIFICATES = "keyCredentials";

    private static final String SINGLE_TENANT = "AzureADMyOrg";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ApplicationShape() {}

    /** An application that declares the roles of Graph which it wants. */
    static ObjectNode of(String appId, String displayName, Instant now, Set<String> roleIds) {
        ObjectNode application =
                JSON.objectNode()
                        .put("appId", appId)
                        .put("displayName", displayName)
                        .put("createdDateTime", now.toString())
                        .put("signInAudience", SINGLE_TENANT);
        application.putArray("identifierUris");
        ObjectNode web = application.putObject("web");
        web.putArray("redirectUris");
        web.putObject("implicitGrantSettings")
                .put("enableIdTokenIssuance", false)
                .put("enableAccessTokenIssuance", false);
        application.putObject("spa").putArray("redirectUris");
        application.putObject("publicClient").putArray("redirectUris");
        ObjectNode api = application.putObject("api");
        api.putArray("knownClientApplications");
        api.putArray("oauth2PermissionScopes");
        api.putArray("preAuthorizedApplications");
        application.putArray("appRoles");
        ArrayNode required = application.putArray("requiredResourceAccess");
        if (!roleIds.isEmpty()) {
            ObjectNode graph = required.addObject().put("resourceAppId", GraphPermissions.APP_ID);
            ArrayNode access = graph.putArray("resourceAccess");
            roleIds.forEach(id -> access.addObject().put("id", id).put("type", "Role"));
        }
        application.putArray(SECRETS);
        application.putArray(CERTIFICATES);
        application.putArray("tags");
        return application;
    }

    /** The presence of an application in a tenant (Graph's {@code servicePrincipal}). */
    static ObjectNode principal(String appId, String displayName, TenantId tenant) {
        ObjectNode principal =
                JSON.objectNode()
                        .put("appId", appId)
                        .put("displayName", displayName)
                        .put("appDisplayName", displayName)
                        .put("accountEnabled", true)
                        .put("appRoleAssignmentRequired", false)
                        .put("servicePrincipalType", "Application");
        ArrayNode names = principal.putArray("servicePrincipalNames").add(appId);
        if (appId.equals(GraphPermissions.APP_ID)) {
            names.add("https://graph.microsoft.com").add("https://graph.microsoft.com/");
        } else {
            principal.put("appOwnerOrganizationId", tenant.toString());
        }
        return principal;
    }

    /** One role of a resource given to a service principal (Graph's {@code appRoleAssignment}). */
    static ObjectNode assignment(Entity principal, Entity resource, String roleId, Instant now) {
        return JSON.objectNode()
                .put("principalId", principal.id())
                .put("principalType", "ServicePrincipal")
                .put(
                        "principalDisplayName",
                        principal.properties().path("displayName").asString(""))
                .put("resourceId", resource.id())
                .put("resourceDisplayName", resource.properties().path("displayName").asString(""))
                .put("appRoleId", roleId)
                .put("createdDateTime", now.toString());
    }
}
