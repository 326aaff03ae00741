package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code identityCustomUserFlowAttribute}: what a tenant asks of people beyond the built-in
 * attributes. Its key names the extension property that holds the answers: {@code
 * extension_{application}_{name}}.
 */
final class CustomAttributes implements Strategy {

    private static final String CUSTOM = "microsoft.graph.identityCustomUserFlowAttribute";

    private final Kind kind;
    private final Clients clients;
    private final DirectoryKinds kinds;
    private final ExtensionProperties extensions;
    private final Ids ids;
    private final ObjectLimits limits;

    CustomAttributes(
            Model model,
            Clients clients,
            ExtensionProperties extensions,
            Ids ids,
            ObjectLimits limits) {
        this.kinds = DirectoryKinds.of(model);
        this.extensions = extensions;
        this.ids = ids;
        this.limits = limits;
        this.kind = Kinds.of(model.entityType("microsoft.graph.identityUserFlowAttribute"));
        this.clients = clients;
    }

    @Override
    public String type() {
        return "microsoft.graph.identityUserFlowAttribute";
    }

    /** From here on no other transaction of the tenant creates an attribute. */
    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        Tenants.serialize(tx);
        return "extension_"
                + clients.extensionsApp(tx).replace("-", "")
                + "_"
                + name(draft.properties());
    }

    @Override
    public void complete(ObjectNode properties) {
        properties.put("userFlowAttributeType", "custom");
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        if (candidate.isNew() && name(candidate.properties()).isEmpty()) {
            violations.add(
                    DisplayNames.NAME,
                    Rule.NOT_ALLOWED,
                    "'"
                            + DisplayNames.NAME
                            + "' needs a letter or a digit, for the attribute's id.");
        }
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        ObjectLimits.require(
                tx, kind, List.of(CUSTOM), limits.attributes(), "custom user-flow attributes");
        DisplayNames.requireFree(tx, kind, candidate, "an attribute");
    }

    /** People keep their answers in an extension property of the same name. */
    @Override
    public void created(WriteTx tx, Entity entity, Draft draft) {
        owner(tx)
                .ifPresent(application ->
                        extensions.add(
                                tx,
                                application,
                                entity.id(),
                                entity.properties().path("dataType").asString(""),
                                ids));
    }

    @Override
    public void deleted(WriteTx tx, Entity entity) {
        owner(tx).ifPresent(application -> extensions.remove(tx, application, entity.id()));
    }

    private Optional<Entity> owner(WriteTx tx) {
        Map<String, String> byAppId = Map.of("appId", clients.extensionsApp(tx));
        return DirectoryKinds.where(tx, kinds.application(), byAppId).stream().findFirst();
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "user-flow attribute");
    }

    /** The display name as part of a key: its letters, digits and underscores. */
    private static String name(ObjectNode properties) {
        return properties.path(DisplayNames.NAME).asString("").replaceAll("[^\\p{L}\\p{N}_]", "");
    }
}
