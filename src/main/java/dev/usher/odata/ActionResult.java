package dev.usher.odata;

import dev.usher.store.Entity;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What an action answers with. */
public sealed interface ActionResult {

    /** Nothing: 204. */
    record Nothing() implements ActionResult {}

    /** An entity. */
    record One(Entity entity) implements ActionResult {}

    /** Entities of the type that the action's result declares. */
    record Many(List<Entity> entities) implements ActionResult {}

    /** A value; what follows from it is still under way (202). */
    record Accepted(JsonNode value) implements ActionResult {}

    /** A primitive or complex value, or a collection of them, in the form of the declared type. */
    record Value(JsonNode value) implements ActionResult {}
}
