package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.odata.Draft;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code servicePrincipal}: an application in a tenant, which can be granted something. */
final class ServicePrincipals implements Strategy {

    static final String TYPE = "microsoft.graph.servicePrincipal";
    static final String APP_ID = "appId";

    private final DirectoryKinds kinds;
    private final GraphPermissions permissions;
    private final DeletedObjects deleted;

    ServicePrincipals(DirectoryKinds kinds, GraphPermissions permissions, DeletedObjects deleted) {
        this.kinds = kinds;
        this.permissions = permissions;
        this.deleted = deleted;
    }

    @Override
    public String type() {
        return TYPE;
    }

    private Optional<Entity> application(ReadTx tx, String appId) {
        return DirectoryKinds.where(tx, kinds.application(), Map.of(APP_ID, fold(appId))).stream()
                .findFirst();
    }

    private static String fold(String appId) {
        return appId.toLowerCase(Locale.ROOT);
    }

    @Override
    public void complete(ObjectNode properties) {
        properties.put(APP_ID, fold(properties.path(APP_ID).asString("")));
        if (!properties.has("accountEnabled")) {
            properties.put("accountEnabled", true);
        }
        if (!properties.has("appRoleAssignmentRequired")) {
            properties.put("appRoleAssignmentRequired", false);
        }
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        String appId = candidate.properties().path(APP_ID).asString("");
        if (candidate.isNew() && application(tx, appId).isEmpty()) {
            violations.add(
                    APP_ID,
                    Rule.REFERENCE,
                    "The appId '" + appId + "' is no application of the tenant.");
        }
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        String appId = candidate.properties().path(APP_ID).asString("");
        if (kinds.principal(tx, appId).isPresent()) {
            throw new Refusal(
                    GraphError.SAME_KEY,
                    "The service principal cannot be created, updated, or restored because the"
                            + " service principal name "
                            + appId
                            + " is already in use.",
                    APP_ID,
                    List.of());
        }
        Entity application = application(tx, appId).orElseThrow();
        requireManager(tx, application);
        ObjectNode properties = candidate.properties();
        properties.put("servicePrincipalType", "Application");
        properties.put("appOwnerOrganizationId", tx.tenant().toString());
        copy(application.properties(), properties);
    }

    /** Who may create one for what it owns, and no more, is held to that. */
    private void requireManager(WriteTx tx, Entity application) {
        if (!Owners.manages(tx, kinds, tx.actor(), application)) {
            throw new Refusal(
                    GraphError.DENIED,
                    "Insufficient privileges to complete the operation. Without one of the"
                            + " permissions "
                            + String.join(", ", Owners.MANAGING)
                            + " the caller creates service principals of what it owns alone.");
        }
    }

    @Override
    public boolean owns(ReadTx tx, Actor actor, Entity entity) {
        return Owners.owns(tx, kinds, actor, entity);
    }

    /** An application that creates one owns it. */
    @Override
    public void created(WriteTx tx, Entity entity, Draft draft) {
        if (tx.actor().userId() == null) {
            kinds.principal(tx, tx.actor().clientId())
                    .ifPresent(owner -> tx.linkLater(Applications.OWNERS, entity, owner));
        }
    }

    /** Brings the service principal up to date with its application. */
    void follow(WriteTx tx, Entity application) {
        kinds.principal(tx, application.properties().path(APP_ID).asString(""))
                .flatMap(found -> tx.lock(kinds.servicePrincipal(), "", found.id()))
                .ifPresent(principal -> {
                    ObjectNode before = principal.properties().deepCopy();
                    copy(application.properties(), principal.properties());
                    if (!principal.properties().equals(before)) {
                        tx.replace(kinds.servicePrincipal(), principal);
                    }
                });
    }

    private static void copy(ObjectNode application, ObjectNode principal) {
        String name = application.path("displayName").asString("");
        principal.put("displayName", name).put("appDisplayName", name);
        for (String same : List.of("signInAudience", "appRoles", "info")) {
            if (application.has(same)) {
                principal.set(same, application.get(same).deepCopy());
            }
        }
        if (application.path("description").isString()) {
            principal.set("appDescription", application.get("description"));
        }
        JsonNode scopes = Entitlements.scopes(application);
        if (scopes.isArray()) {
            principal.set("oauth2PermissionScopes", scopes.deepCopy());
        }
        ArrayNode names = principal.putArray("servicePrincipalNames");
        application.path("identifierUris").forEach(names::add);
        names.add(application.path(APP_ID).asString(""));
        ArrayNode replies = principal.putArray("replyUrls");
        for (String platform : List.of("web", "spa", "publicClient")) {
            application.path(platform).path("redirectUris").forEach(replies::add);
        }
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        String appId = entity.properties().path(APP_ID).asString("");
        if (appId.equals(GraphPermissions.APP_ID) || appId.equals(Clients.extensionsAppId(tx))) {
            throw new Refusal(GraphError.DENIED, "This service principal is part of every tenant.");
        }
    }

    @Override
    public void deleted(WriteTx tx, Entity entity) {
        if (DeletedObjects.gone(entity)) {
            DeletedObjects.requireManager(tx, entity);
            return;
        }
        deleted.revoke(tx, entity.id());
        deleted.keep(tx, entity);
    }

    /** Microsoft Graph shows the permissions that it knows. */
    @Override
    public ObjectNode shown(ObjectNode stored, Instant now) {
        if (!stored.path(APP_ID).asString("").equals(GraphPermissions.APP_ID)) {
            return AppCredentials.shown(stored);
        }
        ObjectNode shown = stored.deepCopy();
        ArrayNode roles = shown.putArray("appRoles");
        ArrayNode scopes = shown.putArray("oauth2PermissionScopes");
        permissions
                .all()
                .forEach(permission -> {
                    permission
                            .roleId()
                            .ifPresent(id -> {
                                ObjectNode role = roles.addObject();
                                role.putArray("allowedMemberTypes").add("Application");
                                role.put(
                                                "description",
                                                "Lets the application use "
                                                        + permission.name()
                                                        + ".")
                                        .put("displayName", permission.name())
                                        .put("id", id)
                                        .put("isEnabled", true)
                                        .put("origin", "Application")
                                        .put("value", permission.name());
                            });
                    permission
                            .scopeId()
                            .ifPresent(id ->
                                    scopes.addObject()
                                            .put(
                                                    "adminConsentDescription",
                                                    "Lets the application use "
                                                            + permission.name()
                                                            + " on behalf of the signed-in person.")
                                            .put("adminConsentDisplayName", permission.name())
                                            .put("id", id)
                                            .put("isEnabled", true)
                                            .put("type", permission.byUser() ? "User" : "Admin")
                                            .put(
                                                    "userConsentDescription",
                                                    "Lets the application use "
                                                            + permission.name()
                                                            + " for you.")
                                            .put("userConsentDisplayName", permission.name())
                                            .put("value", permission.name()));
                });
        return shown;
    }
}
