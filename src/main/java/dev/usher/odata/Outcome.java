package dev.usher.odata;

import dev.usher.edm.Operation;
import dev.usher.edm.Step;
import dev.usher.store.Entity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came of a plan, before it is written. */
public sealed interface Outcome {

    record Metadata() implements Outcome {}

    record ServiceDocument() implements Outcome {}

    /** An entity as it was found (200). */
    record Found(Address.One address, Node node, Shape shape) implements Outcome {}

    /** One page. {@code skipToken} is null on the last one. */
    record Listed(
            Address.Members address,
            List<Node> nodes,
            Shape shape,
            @Nullable Long count,
            @Nullable String skipToken,
            boolean pageSizeHonoured,
            int pageSize)
            implements Outcome {}

    record Counted(long count) implements Outcome {}

    /** A structural property of an entity. */
    record PropertyFound(Address.One address, Node node, List<Step> path, boolean raw, Shape shape)
            implements Outcome {}

    /** References; of a collection, or of one target. */
    record References(
            Address address, List<Entity> targets, @Nullable Long count, @Nullable String skipToken)
            implements Outcome {}

    /** What an operation returned (200, or 202 if it was accepted only). */
    record Returned(Operation operation, JsonNode result, boolean accepted) implements Outcome {}

    /** A new entity (201, or 204 with its address). */
    record Created(
            Address.Members address,
            Node node,
            Shape shape,
            boolean minimalByDefault,
            List<String> placeholders)
            implements Outcome {}

    /** A changed entity (204, or 200 with it). */
    record Updated(Address.One address, Node node, Shape shape) implements Outcome {}

    /** A changed result of a function (204, or 200 with it). */
    record ResultChanged(Operation operation, JsonNode result) implements Outcome {}

    /** 204; {@code entity} is the one whose address the answer repeats, null for none. */
    record Done(Address.@Nullable Members address, @Nullable Entity entity) implements Outcome {}

    /** Another outcome, and what is to be said of the entity that it is about. */
    record Inspected(Outcome outcome, Inspection inspection) implements Outcome {}

    /** The stream of a media entity (200). */
    record Stream(MediaHandler.Media media, String etag) implements Outcome {}

    /** A replaced or removed stream (204); {@code etag} is null where none is left. */
    record StreamChanged(@Nullable String etag) implements Outcome {}

    record NotModified(String etag) implements Outcome {}
}
