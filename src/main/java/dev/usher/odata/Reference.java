package dev.usher.odata;

import dev.usher.edm.EntityType;

/**
 * A reference to an entity by its key.
 *
 * @param type the type that the target must have
 * @param written what the client wrote, for messages
 */
public record Reference(EntityType type, String key, String written) {}
