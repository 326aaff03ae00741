package dev.usher.flow;

import dev.usher.edm.Model;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code usher.settings} as they are kept: of a user flow what it sets itself, of the organization
 * what it sets for all flows. What neither sets has its default in the schema. Immutable.
 */
public final class StoredSettings {

    private static final String ID = "settings";

    private final String type;
    private final Kind kind;
    private final ObjectNode defaults;
    private final @Nullable StoredSettings inherited;

    private StoredSettings(Model model, String type, @Nullable StoredSettings inherited) {
        StructuredType settings = (StructuredType) model.type(type).orElseThrow();
        this.type = type;
        this.kind = new Kind(settings.name(), null, Map.of(), Set.of());
        this.defaults = defaults(settings);
        this.inherited = inherited;
    }

    /**
     * Those of the organization.
     *
     * @param model the schema of beta, which alone has settings
     */
    public static StoredSettings ofOrganization(Model model) {
        return new StoredSettings(model, "usher.organizationSettings", null);
    }

    /** Those of the user flows, behind which stand the organization's. */
    public static StoredSettings ofUserFlows(Model model) {
        return new StoredSettings(model, "usher.userFlowSettings", ofOrganization(model));
    }

    private static ObjectNode defaults(StructuredType settings) {
        ObjectNode defaults = JsonNodeFactory.instance.objectNode();
        for (Property property : settings.properties()) {
            String text = property.annotations().text(Terms.DEFAULT).orElse("null");
            defaults.set(property.name(), JsonMapper.shared().readTree(text));
        }
        return defaults;
    }

    /** The kinds of documents that the values are made of. */
    public Set<String> kinds() {
        return inherited == null ? Set.of(kind.name()) : Set.of(kind.name(), inherited.kind.name());
    }

    /** Every value where nothing is set here: the outer settings' or the default. */
    public ObjectNode inherited(ReadTx tx) {
        ObjectNode values = defaults.deepCopy();
        if (inherited != null) {
            inherited.own(tx, "").ifPresent(values::setAll);
        }
        return values;
    }

    /**
     * Every value, as it counts.
     *
     * @param owner path of the flow; of no matter for the organization
     */
    public ObjectNode effective(ReadTx tx, String owner) {
        ObjectNode values = inherited(tx);
        own(tx, owner).ifPresent(values::setAll);
        return values;
    }

    /** What is set here. */
    private Optional<ObjectNode> own(ReadTx tx, String owner) {
        return tx.find(kind, parent(owner), ID).map(Entity::properties);
    }

    /**
     * Sets some, each to a value or, with null, back to what is inherited. A value that is the
     * inherited one anyway is not kept, so it follows the organization's from then on.
     */
    public void change(WriteTx tx, String owner, ObjectNode changes) {
        // there may be no row to lock yet, and nothing computed has one
        tx.hold(type + "/" + parent(owner));
        ObjectNode inheritance = inherited(tx);
        Optional<Entity> before = tx.lock(kind, parent(owner), ID);
        ObjectNode own =
                before.map(entity -> entity.properties().deepCopy())
                        .orElseGet(JsonNodeFactory.instance::objectNode);
        changes.forEachEntry((setting, value) -> {
            if (value.isNull() || value.equals(inheritance.get(setting))) {
                own.remove(setting);
            } else {
                own.set(setting, value);
            }
        });
        Entity settings = new Entity(kind.name(), parent(owner), ID, type, 0, own);
        if (before.isEmpty() && !own.isEmpty()) {
            tx.insert(kind, settings);
        } else if (before.isPresent() && own.isEmpty()) {
            tx.delete(kind, before.get());
        } else if (before.isPresent() && !before.get().properties().equals(own)) {
            tx.replace(kind, settings);
        }
    }

    private String parent(String owner) {
        return inherited == null ? "" : owner;
    }
}
