package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.ActionResult;
import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code addPassword} and {@code removePassword} of applications and service principals. */
final class CredentialActions {

    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    private final DirectoryKinds kinds;
    private final Clients clients;

    CredentialActions(DirectoryKinds kinds, Clients clients) {
        this.kinds = kinds;
        this.clients = clients;
    }

    /** Adds a secret, which only this answer shows. */
    ActionHandler addPassword() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.addPassword";
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                JsonNode wanted = arguments.getOrDefault("passwordCredential", NOTHING);
                return new ActionResult.Value(add(tx, Objects.requireNonNull(bound), wanted));
            }
        };
    }

    private JsonNode add(WriteTx tx, Entity holder, JsonNode wanted) {
        Instant start = time(wanted.path("startDateTime"), tx.now());
        Instant end =
                time(
                        wanted.path("endDateTime"),
                        start.atOffset(ZoneOffset.UTC).plus(Clients.SECRET_VALIDITY).toInstant());
        if (!end.isAfter(start)) {
            throw AppCredentials.invalid(
                    "endDateTime", "The end of a secret must come after its start.");
        }
        if (holder.properties().path(AppCredentials.SECRETS).size() >= Clients.CREDENTIALS_MAX) {
            throw AppCredentials.invalid(
                    AppCredentials.SECRETS,
                    "There are at most " + Clients.CREDENTIALS_MAX + " secrets.");
        }
        JsonNode name = wanted.path("displayName");
        Clients.AddedSecret added =
                clients.putSecret(holder.properties(), name.asString(""), start, end);
        tx.replace(kinds.ofObject(holder.type()), holder);
        ObjectNode shown = JsonNodeFactory.instance.objectNode().putNull("customKeyIdentifier");
        shown.set("displayName", name.isString() ? name : JsonNodeFactory.instance.nullNode());
        return shown.put("endDateTime", end.toString())
                .put("hint", added.secret().substring(0, 3))
                .put("keyId", added.keyId())
                .put("secretText", added.secret())
                .put("startDateTime", start.toString());
    }

    private static Instant time(JsonNode given, Instant otherwise) {
        return given.isString() ? Instant.parse(given.stringValue()) : otherwise;
    }

    /** Removes a secret. */
    ActionHandler removePassword() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.removePassword";
            }

            @Override
            public ActionResult answer(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                Entity holder = Objects.requireNonNull(bound);
                String keyId = arguments.getOrDefault("keyId", NOTHING).asString("");
                if (!Clients.takeSecret(holder.properties(), keyId)) {
                    throw AppCredentials.invalid(
                            AppCredentials.KEY_ID, "No password credential found with keyId.");
                }
                tx.replace(kinds.ofObject(holder.type()), holder);
                return new ActionResult.Nothing();
            }
        };
    }
}
