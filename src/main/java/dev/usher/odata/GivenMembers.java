package dev.usher.odata;

import dev.usher.store.Entity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members that a contained collection has without anything being stored ({@code usher.Given}).
 * They follow from their owner alone. Where the collection may be changed, a member is stored when
 * it is first written, and stands in the place of the given one of the same key. Instances are
 * shared between threads and keep no state.
 */
public interface GivenMembers {

    /** Members of one collection, given and stored. */
    int MEMBERS_MAX = 1000;

    /** The qualified name of the members' entity type. */
    String type();

    /** One given member; undeclared properties are kept with it and never shown. */
    record Given(String id, ObjectNode properties) {}

    /** What the owner's collection holds from the start, by distinct keys. */
    List<Given> of(Entity owner);

    /**
     * Why the collection of this owner cannot be used at present; null when it can. Embedded, such
     * a collection is empty.
     */
    default @Nullable String closed(Entity owner) {
        return null;
    }

    /** The properties of a stored member as they count under its owner. */
    default ObjectNode counted(Entity owner, Entity stored) {
        return stored.properties();
    }
}
