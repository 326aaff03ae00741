package dev.usher.graph;

import dev.usher.odata.ActionHandler;
import dev.usher.odata.ActionResult;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Actions on directory objects of any type. */
final class ObjectActions {

    /** Objects asked for in one request. */
    static final int IDS_MAX = 1000;

    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    private final DirectoryKinds kinds;

    ObjectActions(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    List<ActionHandler> all() {
        return List.of(getByIds(), restore(), extensionProperties());
    }

    private ActionHandler getByIds() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.getByIds";
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                JsonNode ids = arguments.getOrDefault("ids", NOTHING);
                if (ids.isEmpty() || ids.size() > IDS_MAX) {
                    throw AppCredentials.invalid("ids", "'ids' takes 1 to " + IDS_MAX + " ids.");
                }
                List<String> types =
                        arguments
                                .getOrDefault("types", NOTHING)
                                .valueStream()
                                .map(type -> type.asString("").toLowerCase(Locale.ROOT))
                                .toList();
                return new ActionResult.Many(
                        ids.valueStream()
                                .flatMap(id -> find(tx, id.asString("")).stream())
                                .filter(found -> wanted(found, types))
                                .toList());
            }
        };
    }

    private Optional<Entity> find(ReadTx tx, String id) {
        return kinds.object(tx, id).or(() -> tx.find(kinds.directoryRole(), "", id));
    }

    private static boolean wanted(Entity entity, List<String> types) {
        String name = entity.type().substring(DirectoryKinds.NAMESPACE.length());
        return types.isEmpty()
                || types.contains(name.toLowerCase(Locale.ROOT))
                || types.contains("directoryobject");
    }

    /** Puts a deleted object back to where it was. */
    private ActionHandler restore() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.restore";
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                Entity deleted = Objects.requireNonNull(bound);
                if (!DeletedObjects.gone(deleted)) {
                    throw AppCredentials.invalid("id", "Only a deleted object can be restored.");
                }
                DeletedObjects.requireManager(tx, deleted);
                tx.delete(DirectoryKinds.DELETED, deleted);
                Kind kind = kinds.ofObject(deleted.type());
                Entity restored =
                        new Entity(
                                kind.name(),
                                "",
                                deleted.id(),
                                deleted.type(),
                                0,
                                deleted.properties().deepCopy());
                restored.properties().remove(DeletedObjects.DELETED_AT);
                JsonNode name = arguments.getOrDefault("newUserPrincipalName", NOTHING);
                if (name.isString() && kind.equals(kinds.user())) {
                    rename(tx, restored, name.stringValue());
                }
                return new ActionResult.One(tx.insert(kind, restored));
            }
        };
    }

    /** The name under which a person comes back, for when the old one is taken. */
    private void rename(ReadTx tx, Entity user, String name) {
        ObjectNode before = user.properties().deepCopy();
        user.properties().put(Users.UPN, name);
        UserIdentities.keepPrincipal(before, user.properties());
        Violations violations = new Violations();
        ObjectNode changed = JsonNodeFactory.instance.objectNode().put(Users.UPN, name);
        new UserRules(kinds)
                .check(
                        tx,
                        new Strategy.Candidate(
                                user.type(), user.id(), user.properties(), changed, false, null),
                        violations);
        violations.refuse();
    }

    private ActionHandler extensionProperties() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.getAvailableExtensionProperties";
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                boolean synced =
                        arguments.getOrDefault("isSyncedFromOnPremises", NOTHING).asBoolean(false);
                List<Entity> found = new ArrayList<>();
                if (!synced) {
                    applications(tx)
                            .forEach(application ->
                                    found.addAll(
                                            DirectoryKinds.where(
                                                    tx,
                                                    kinds.extensionProperty(),
                                                    application.path(),
                                                    Map.of())));
                }
                return new ActionResult.Many(found);
            }
        };
    }

    private List<Entity> applications(ReadTx tx) {
        return tx.query(Query.all(kinds.application(), DirectoryKinds.FOUND_MAX)).items();
    }
}
