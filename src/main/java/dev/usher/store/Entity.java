package dev.usher.store;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * One stored entity. The properties node belongs to whoever holds the record: the store never keeps
 * or shares it.
 *
 * @param kind the storage kind's name
 * @param parent the folded key path of the entity that contains it, empty at the top; see {@link
 *     #path}
 * @param id the key as its creator spelled it; keys are unique and found ignoring case
 * @param type the qualified name of the entity type
 * @param version random at each write; the ETag
 * @param properties every stored property but the key, under its schema name; secrets are sealed
 *     text
 */
public record Entity(
        String kind, String parent, String id, String type, long version, ObjectNode properties) {

    /** The form in which keys are compared. */
    public static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /** The folded key. */
    public String key() {
        return fold(id);
    }

    /** The same entity in another state. */
    public Entity with(ObjectNode otherProperties) {
        return new Entity(kind, parent, id, type, version, otherProperties);
    }

    /** The same entity under another tag. */
    public Entity withVersion(long otherVersion) {
        return new Entity(kind, parent, id, type, otherVersion, properties);
    }

    /** What the contained entities of this one carry as {@link #parent}. */
    public String path() {
        return parent.isEmpty() ? key() : parent + "/" + key();
    }
}
