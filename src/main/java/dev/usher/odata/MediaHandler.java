package dev.usher.odata;

import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The streams of one media entity type (OData 4.01 Part 1, 11.1.2): what stands at {@code /$value}.
 * The content of a stream is kept in the properties of its entity. Instances are shared between
 * threads and keep no state.
 */
public interface MediaHandler {

    /** The qualified name of the entity type. */
    String type();

    /** The media types of a body, in lower case; one without a type is read as well. */
    List<String> accepts();

    /** The longest body, in bytes. */
    int bytesMax();

    /** The stream as it is read. */
    record Media(String contentType, byte[] content) {}

    /**
     * Whose stream it is.
     *
     * @param navigation the collection that the entity was reached through
     * @param owners the stored or given entities that contain it, outermost first
     */
    record Subject(String navigation, List<Entity> owners, Entity entity) {}

    Media read(ReadTx tx, Subject subject);

    /**
     * Reads a body, outside any transaction.
     *
     * @throws Refusal 400 for what can be no stream of this type
     */
    ObjectNode prepare(byte[] body);

    /**
     * The entity's properties with that content. Must not change the given ones.
     *
     * @throws Refusal 400 for content that does not fit the entity
     */
    ObjectNode replaced(ReadTx tx, Subject subject, ObjectNode prepared);

    /**
     * The entity's properties without content; null if the entity is a given one that need not be
     * stored any more.
     */
    @Nullable ObjectNode removed(Subject subject);
}
