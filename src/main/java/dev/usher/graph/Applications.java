package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violations;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code application}: a registration, with its redirect URIs, credentials, scopes and roles. */
final class Applications implements Strategy {

    static final String TYPE = "microsoft.graph.application";

    static final String OWNERS = "owners";

    private final DirectoryKinds kinds;
    private final ServicePrincipals principals;
    private final ApplicationRules rules;
    private final DeletedObjects deleted;
    private final Ids ids;

    Applications(
            DirectoryKinds kinds, ServicePrincipals principals, DeletedObjects deleted, Ids ids) {
        this.kinds = kinds;
        this.principals = principals;
        this.rules = new ApplicationRules(kinds);
        this.deleted = deleted;
        this.ids = ids;
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Members that are not set are printed with their own members, as empty ones. */
    @Override
    public void complete(ObjectNode properties) {
        ObjectNode web = object(properties, "web");
        array(web, "redirectUris");
        ObjectNode implicit = object(web, "implicitGrantSettings");
        flag(implicit, "enableIdTokenIssuance");
        flag(implicit, "enableAccessTokenIssuance");
        array(object(properties, "spa"), "redirectUris");
        array(object(properties, "publicClient"), "redirectUris");
        ObjectNode api = object(properties, "api");
        array(api, "knownClientApplications");
        array(api, "oauth2PermissionScopes");
        array(api, "preAuthorizedApplications");
        object(properties, "info");
        flag(properties, "oauth2RequirePostResponse");
        if (!properties.path("signInAudience").isString()) {
            properties.put("signInAudience", "AzureADMyOrg");
        }
        AppCredentials.normalize(JsonNodeFactory.instance.objectNode(), properties, ids);
    }

    private static ObjectNode object(ObjectNode in, String name) {
        return in.get(name) instanceof ObjectNode present ? present : in.putObject(name);
    }

    private static void array(ObjectNode in, String name) {
        if (!in.path(name).isArray()) {
            in.putArray(name);
        }
    }

    private static void flag(ObjectNode in, String name) {
        if (!in.path(name).isBoolean()) {
            in.put(name, false);
        }
    }

    @Override
    public void merge(ObjectNode before, ObjectNode after) {
        AppCredentials.normalize(before, after, ids);
        Entitlements.requireDisabled(before, after);
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        rules.check(tx, candidate, violations);
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        candidate
                .properties()
                .put("appId", ids.guid().toString())
                .put("createdDateTime", tx.now().toString())
                .put("createdByAppId", tx.actor().clientId())
                .put("publisherDomain", Tenants.current(tx).domains().getFirst());
    }

    @Override
    public boolean owns(ReadTx tx, Actor actor, Entity entity) {
        return Owners.owns(tx, kinds, actor, entity);
    }

    /** Who creates an application owns it. */
    @Override
    public void created(WriteTx tx, Entity entity, Draft draft) {
        String person = tx.actor().userId();
        Optional<Entity> creator =
                person == null
                        ? kinds.principal(tx, tx.actor().clientId())
                        : tx.find(kinds.user(), "", person);
        creator.ifPresent(owner -> tx.linkLater(OWNERS, entity, owner));
    }

    @Override
    public Entity updated(WriteTx tx, Entity before, Entity after, Draft draft) {
        principals.follow(tx, after);
        return after;
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        String appId = entity.properties().path("appId").asString("");
        if (appId.equals(Clients.extensionsAppId(tx))) {
            throw new Refusal(
                    GraphError.INVALID_VALUE,
                    "The application that owns the tenant's custom attributes cannot be deleted.");
        }
    }

    /** Its service principal in the tenant goes with it. */
    @Override
    public void deleted(WriteTx tx, Entity entity) {
        if (DeletedObjects.gone(entity)) {
            DeletedObjects.requireManager(tx, entity);
            return;
        }
        kinds.principal(tx, entity.properties().path("appId").asString(""))
                .flatMap(principal -> tx.lock(kinds.servicePrincipal(), "", principal.id()))
                .ifPresent(principal -> {
                    tx.delete(kinds.servicePrincipal(), principal);
                    principals.deleted(tx, principal);
                });
        deleted.keep(tx, entity);
    }

    @Override
    public ObjectNode shown(ObjectNode stored, Instant now) {
        return AppCredentials.shown(stored);
    }
}
