package dev.usher.odata;

import dev.usher.ids.TenantId;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Carries out one bound action of the schema. Shared between threads; keeps no state. */
public interface ActionHandler {

    /** The qualified name, such as {@code microsoft.graph.uploadClientCertificate}. */
    String name();

    /**
     * Slow work on the arguments, outside any transaction.
     *
     * @param actor who calls, permitted to
     * @return the arguments to run with
     * @throws Refusal 400 when they are of no use
     */
    default Map<String, JsonNode> prepare(
            TenantId tenant, Actor actor, Map<String, JsonNode> arguments) {
        return arguments;
    }

    /**
     * @param bound the entity that the action is bound to, locked; for a collection its owner, null
     *     when that is the tenant
     * @param arguments by parameter name, in canonical form
     * @return the entity that the action answers with, null when it answers nothing (204)
     */
    default @Nullable Entity run(
            WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
        throw new UnsupportedOperationException(name());
    }

    /** As {@link #run}, for actions that answer with something else than the bound type. */
    default ActionResult answer(
            WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
        Entity entity = run(tx, bound, arguments);
        return entity == null ? new ActionResult.Nothing() : new ActionResult.One(entity);
    }
}
