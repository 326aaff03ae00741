package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.store.Entity;
import java.util.List;
import java.util.Map;

/**
 * An entity with what was expanded into it.
 *
 * @param type the entity's own type, perhaps derived from the declared one
 * @param expanded by {@link Shape.Expansion#path}; a single-valued navigation has at most one node
 */
public record Node(Entity entity, EntityType type, Map<String, List<Node>> expanded) {}
