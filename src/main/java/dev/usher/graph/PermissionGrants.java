package dev.usher.graph;

import dev.usher.client.GraphPermissions;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code oAuth2PermissionGrant}: the scopes of a resource that a client may use for people. */
final class PermissionGrants implements Strategy {

    private static final String CLIENT = "clientId";
    private static final String RESOURCE = "resourceId";
    private static final String PRINCIPAL = "principalId";
    private static final String CONSENT = "consentType";
    private static final String SCOPE = "scope";
    private static final String EVERYBODY = "AllPrincipals";
    private static final String ONE = "Principal";
    private static final int ID_BYTES = 32;
    private static final Set<String> OPENID =
            Set.of("openid", "profile", "email", "offline_access");

    private final DirectoryKinds kinds;
    private final GraphPermissions permissions;

    PermissionGrants(DirectoryKinds kinds, GraphPermissions permissions) {
        this.kinds = kinds;
        this.permissions = permissions;
    }

    @Override
    public String type() {
        return "microsoft.graph.oAuth2PermissionGrant";
    }

    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(ID_BYTES));
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        Optional<Entity> resource = principal(tx, properties, RESOURCE);
        if (principal(tx, properties, CLIENT).isEmpty()) {
            missing(CLIENT, violations);
        }
        if (resource.isEmpty()) {
            missing(RESOURCE, violations);
        }
        String consent = properties.path(CONSENT).asString("");
        boolean named = properties.path(PRINCIPAL).isString();
        if (!consent.equals(EVERYBODY) && !consent.equals(ONE)) {
            violations.add(
                    CONSENT,
                    Rule.NOT_ALLOWED,
                    "'" + CONSENT + "' must be " + EVERYBODY + " or " + ONE + ".");
        } else if (named != consent.equals(ONE)) {
            violations.add(
                    PRINCIPAL,
                    Rule.NOT_ALLOWED,
                    "'" + PRINCIPAL + "' belongs to the consent type " + ONE + ", and only there.");
        } else if (named
                && tx.find(kinds.user(), "", properties.path(PRINCIPAL).asString("")).isEmpty()) {
            missing(PRINCIPAL, violations);
        }
        resource.ifPresent(of -> scopes(of, properties, violations));
    }

    private Optional<Entity> principal(ReadTx tx, ObjectNode properties, String name) {
        return tx.find(kinds.servicePrincipal(), "", properties.path(name).asString(""));
    }

    private void scopes(Entity resource, ObjectNode properties, Violations violations) {
        for (String scope : properties.path(SCOPE).asString("").strip().split(" +", -1)) {
            if (!scope.isEmpty() && !OPENID.contains(scope) && !offers(resource, scope)) {
                violations.add(
                        SCOPE, Rule.REFERENCE, "'" + scope + "' is no scope of the resource.");
            }
        }
    }

    private boolean offers(Entity resource, String scope) {
        if (resource.properties().path("appId").asString("").equals(GraphPermissions.APP_ID)) {
            return permissions.all().stream()
                    .anyMatch(each -> each.name().equals(scope) && each.scopeId().isPresent());
        }
        return resource.properties()
                .path("oauth2PermissionScopes")
                .valueStream()
                .map(each -> each.path("value"))
                .filter(JsonNode::isString)
                .anyMatch(value -> value.stringValue().equals(scope));
    }

    private static void missing(String name, Violations violations) {
        violations.add(
                name, Rule.REFERENCE, "'" + name + "' names no object of the tenant that fits.");
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        ObjectNode properties = candidate.properties();
        String principal = properties.path(PRINCIPAL).asString("");
        boolean taken =
                DirectoryKinds.where(
                                tx,
                                kinds.permissionGrant(),
                                Map.of(
                                        CLIENT, properties.path(CLIENT).asString(""),
                                        RESOURCE, properties.path(RESOURCE).asString("")))
                        .stream()
                        .anyMatch(other ->
                                other.properties().path(PRINCIPAL).asString("").equals(principal));
        if (taken) {
            throw new Refusal(
                    GraphError.SAME_KEY, "Permission entry already exists.", CLIENT, List.of());
        }
    }
}
