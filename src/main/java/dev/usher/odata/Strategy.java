package dev.usher.odata;

import dev.usher.ids.Ids;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one entity type adds to the generic engine. For a create the engine calls, in this order:
 * {@link #prepare}, then inside the transaction {@link #key}, {@link #complete}, {@link #relate},
 * {@link #validate}, {@link #creating}, and after the insert {@link #created}. For an update:
 * {@link #prepare}, {@link #merge}, {@link #relate}, {@link #validate}, {@link #changing}, {@link
 * #updated}. For a change of references: {@link #relate}. For a delete: {@link #deleting}, {@link
 * #deleted}. For every answer: {@link #shown}. Inherited by derived types; the nearest one counts.
 * Instances are shared between threads and keep no state. {@code StrategyContractTest} is the test
 * that every one passes.
 */
public interface Strategy {

    /** The qualified name of the entity type. */
    String type();

    /**
     * Slow work on a draft (hashing, certificates), outside any transaction. May change the draft's
     * properties.
     */
    default void prepare(Draft draft) {}

    /**
     * The key of a new entity. By default a random GUID; a type with a key prefix in the schema
     * never gets here with a key of the caller's. The references of the draft carry the keys of
     * their targets as stored; one without target is left out, and refused later.
     */
    default String key(WriteTx tx, Draft draft, Ids ids) {
        return ids.guid().toString();
    }

    /** Fills in what the body left out. May change the properties of a new entity. */
    default void complete(ObjectNode properties) {}

    /**
     * Brings the state after a PATCH into its stored form where the schema's rules do not suffice.
     * May change {@code after}.
     */
    default void merge(ObjectNode before, ObjectNode after) {}

    /** Checks the rules of the type; reports every one that is broken. Must not change anything. */
    default void validate(Candidate candidate, Violations violations) {}

    /** As above, for rules that depend on other entities. The engine calls this one. */
    default void validate(ReadTx tx, Candidate candidate, Violations violations) {
        validate(candidate, violations);
    }

    /**
     * Refuses a create that is right in itself.
     *
     * @throws Refusal 409 for what clashes with another entity
     */
    default void creating(WriteTx tx, Candidate candidate) {}

    /** As above, for rules about the entity that contains the new one; null for the tenant. */
    default void creating(WriteTx tx, Candidate candidate, @Nullable Entity owner) {
        creating(tx, candidate);
    }

    /**
     * Refuses a change that is right in itself.
     *
     * @throws Refusal 409 for what clashes with another entity
     */
    default void changing(WriteTx tx, Candidate candidate) {}

    /**
     * Brings the properties and the references of an entity in step, whichever of them a request
     * changes, and checks them together. May change {@code candidate.properties()}.
     *
     * @param links the references as they will be
     */
    default void relate(ReadTx tx, Candidate candidate, LinkSet links, Violations violations) {}

    /** Adds what belongs to a new entity: default links, contained defaults. */
    default void created(WriteTx tx, Entity entity, Draft draft) {}

    /**
     * Refuses a delete.
     *
     * @throws Refusal 400 for what is never deleted, 409 for what is in use
     */
    default void deleting(ReadTx tx, Entity entity) {}

    /**
     * Follows up a change, in its transaction; also where only references changed.
     *
     * @return the entity as it is now
     */
    default Entity updated(WriteTx tx, Entity before, Entity after, Draft draft) {
        return after;
    }

    /** Follows up a delete, in its transaction. */
    default void deleted(WriteTx tx, Entity entity) {}

    /** The stored properties as they are shown at that time; must not change the given ones. */
    default ObjectNode shown(ObjectNode stored, Instant now) {
        return stored;
    }

    /**
     * Whether what {@link #shown} makes of these properties depends on the time. It may then have
     * changed though the ETag has not, so no read is answered 304.
     */
    default boolean showsTime(ObjectNode stored) {
        return false;
    }

    /** Whether the caller, an application by itself, owns the entity. */
    default boolean owns(ReadTx tx, Actor actor, Entity entity) {
        return false;
    }

    /** Whether {@link #inspect} has anything to say; it costs statements. */
    default boolean inspects() {
        return false;
    }

    /**
     * What is to be said of an entity after a change of it, or when it is read by itself. Called
     * for the outermost entity of an address, whatever in it has changed.
     */
    default Inspection inspect(ReadTx tx, Entity entity) {
        return new Inspection("", List.of());
    }

    /**
     * For the literal reading of the documents' template: by property name, what a placeholder
     * value (the name of the property's type) stands for. Empty where no placeholder is tolerated.
     */
    default Map<String, JsonNode> placeholders() {
        return Map.of();
    }

    /**
     * An entity about to be stored.
     *
     * @param properties as they would be stored, secrets in clear where they are new
     * @param changed what this request sets, a subset of the properties; empty where it sets
     *     references alone
     * @param owner the stored or given entity that contains a new one, or one that may be given;
     *     else null
     */
    record Candidate(
            String type,
            String id,
            ObjectNode properties,
            ObjectNode changed,
            boolean isNew,
            @Nullable Entity owner) {}
}
