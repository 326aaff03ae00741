package dev.usher.graph;

import dev.usher.client.ClientCertificate;
import dev.usher.client.Clients;
import dev.usher.ids.Ids;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.ActionResult;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import dev.usher.token.KeyProof;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code addKey} and {@code removeKey}: an application rolls its certificates, proving each time
 * that it has the key of one that is valid.
 */
final class KeyActions {

    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();
    private static final String PROOF = "proof";
    private static final String CREDENTIAL = "keyCredential";

    private final DirectoryKinds kinds;
    private final Ids ids;

    KeyActions(DirectoryKinds kinds, Ids ids) {
        this.kinds = kinds;
        this.ids = ids;
    }

    List<ActionHandler> all() {
        return List.of(addKey(), removeKey());
    }

    private ActionHandler addKey() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.addKey";
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                Entity holder = Objects.requireNonNull(bound);
                prove(tx, holder, arguments);
                if (keys(holder).size() >= Clients.CREDENTIALS_MAX) {
                    throw AppCredentials.invalid(
                            CREDENTIAL,
                            "There are at most " + Clients.CREDENTIALS_MAX + " certificates.");
                }
                JsonNode wanted = arguments.getOrDefault(CREDENTIAL, NOTHING);
                ObjectNode stored = AppCredentials.certificate(wanted, ids);
                String keyId = stored.path(AppCredentials.KEY_ID).asString("");
                if (position(holder, keyId) >= 0) {
                    throw AppCredentials.invalid(CREDENTIAL, "There is a key of that keyId.");
                }
                keys(holder).add(stored);
                tx.replace(kinds.ofObject(holder.type()), holder);
                ObjectNode shown = stored.deepCopy();
                shown.remove("key");
                return new ActionResult.Value(shown);
            }
        };
    }

    private ActionHandler removeKey() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.removeKey";
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                Entity holder = Objects.requireNonNull(bound);
                prove(tx, holder, arguments);
                String keyId = arguments.getOrDefault(AppCredentials.KEY_ID, NOTHING).asString("");
                int position = position(holder, keyId);
                if (position < 0) {
                    throw AppCredentials.invalid(
                            AppCredentials.KEY_ID, "No key credential found with keyId.");
                }
                keys(holder).remove(position);
                tx.replace(kinds.ofObject(holder.type()), holder);
                return new ActionResult.Nothing();
            }
        };
    }

    private static ArrayNode keys(Entity holder) {
        return holder.properties().withArray(AppCredentials.CERTIFICATES);
    }

    private static int position(Entity holder, String keyId) {
        ArrayNode keys = keys(holder);
        for (int index = 0; index < keys.size(); index++) {
            String one = keys.get(index).path(AppCredentials.KEY_ID).asString("");
            if (one.equalsIgnoreCase(keyId)) {
                return index;
            }
        }
        return -1;
    }

    /** Applications got here without permission, for the sake of their own certificates. */
    private void requireOwn(WriteTx tx, Entity holder) {
        Actor actor = tx.actor();
        String appId = holder.properties().path("appId").asString("");
        boolean own = actor.userId() == null && appId.equalsIgnoreCase(actor.clientId());
        if (!own && !Owners.manages(tx, kinds, actor, holder)) {
            throw new Refusal(
                    GraphError.DENIED,
                    "Without one of the permissions "
                            + String.join(", ", Owners.MANAGING)
                            + " an application rolls its own certificates alone.");
        }
    }

    /**
     * @throws Refusal 403 for somebody else's without permission, 400 unless one of the holder's
     *     keys signed the proof
     */
    private void prove(WriteTx tx, Entity holder, Map<String, JsonNode> arguments) {
        requireOwn(tx, holder);
        List<ClientCertificate> known =
                keys(holder)
                        .valueStream()
                        .flatMap(key -> ClientCertificate.read(key).stream())
                        .toList();
        String proof = arguments.getOrDefault(PROOF, NOTHING).asString("");
        if (!KeyProof.holds(proof, holder.id(), known, tx.now())) {
            throw AppCredentials.invalid(
                    PROOF,
                    "The proof of possession is no token signed by a valid key of the application"
                            + " for at most "
                            + KeyProof.LIFETIME_MAX.toMinutes()
                            + " minutes.");
        }
    }
}
