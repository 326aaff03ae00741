package dev.usher.odata;

import dev.usher.edm.Operation;
import dev.usher.edm.Step;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request means, held against the schema. The type says whether the database is touched:
 * {@link Describe} needs none, {@link Read} a read transaction, {@link Change} a write transaction.
 */
public sealed interface Plan {

    /** Every permission that the caller must hold: the operation's, and each expand's. */
    List<Permission> permissions();

    /** Answered from the schema alone. */
    sealed interface Describe extends Plan {
        @Override
        default List<Permission> permissions() {
            return List.of();
        }
    }

    record Metadata() implements Describe {}

    record ServiceDocument() implements Describe {}

    sealed interface Read extends Plan {
        Address address();
    }

    record ReadOne(Address.One address, Shape shape, List<Permission> permissions)
            implements Read {}

    /** A page. {@code after} is the opened {@code $skiptoken}. */
    record ReadMany(
            Address.Members address, Shape shape, Selection selection, List<Permission> permissions)
            implements Read {}

    record Count(Address.Members address, @Nullable Predicate filter, List<Permission> permissions)
            implements Read {}

    /** A structural property; {@code raw} is its bare value. The shape is that of a complex one. */
    record ReadProperty(
            Address.One address,
            List<Step> path,
            boolean raw,
            Shape shape,
            List<Permission> permissions)
            implements Read {}

    /** The references of a collection, one page. */
    record ReadReferences(
            Address.Members address, Selection selection, List<Permission> permissions)
            implements Read {}

    /** The reference of a single-valued navigation property. */
    record ReadReference(Address.Single address, List<Permission> permissions) implements Read {}

    /** The stream of a media entity. */
    record ReadStream(Address.Item address, List<Permission> permissions) implements Read {}

    /** A bound function. */
    record Call(
            Operation operation,
            Address address,
            Map<String, JsonNode> arguments,
            List<Permission> permissions)
            implements Read {}

    sealed interface Change extends Plan {
        Address address();
    }

    /**
     * @param seed whether this is the documents' "add to {@code $ref}": 204 unless a representation
     *     is asked for, placeholders stand for values, and a missing key is made up
     */
    record Create(
            Address.Members address,
            Draft draft,
            Shape shape,
            boolean seed,
            List<Permission> permissions)
            implements Change {}

    record Update(Address.One address, Draft draft, Shape shape, List<Permission> permissions)
            implements Change {}

    /**
     * Changes the member of that alternate key, or creates one that has it.
     *
     * @param draft binds the body to a new member; refuses what is missing only then
     */
    record UpdateOrCreate(
            Address.Item address,
            Update update,
            Supplier<Draft> draft,
            List<Permission> permissions)
            implements Change {

        Create create() {
            return new Create(address.of(), draft.get(), update.shape(), false, permissions);
        }
    }

    /**
     * Replaces the member of that key, or creates it (OData 4.01 Part 1, 11.4.3 and 11.4.4).
     *
     * @param toCreate what the caller must hold besides where it creates
     * @param ifAbsent why it does not create; null if it does
     */
    record Upsert(
            Address.Item address,
            Draft draft,
            Shape shape,
            List<Permission> permissions,
            Permission toCreate,
            @Nullable Refusal ifAbsent)
            implements Change {

        /** The same without creating, for that reason. */
        public Upsert refusing(Refusal reason) {
            return new Upsert(address, draft, shape, permissions, toCreate, reason);
        }
    }

    /**
     * Replaces the stream of a media entity.
     *
     * @param prepared what became of the body, null before it was looked at
     */
    record WriteStream(
            Address.Item address,
            byte[] body,
            @Nullable ObjectNode prepared,
            List<Permission> permissions)
            implements Change {}

    record RemoveStream(Address.Item address, List<Permission> permissions) implements Change {}

    record Delete(Address.Item address, List<Permission> permissions) implements Change {}

    /** A reference sent where entities are contained: states that it exists, changes nothing. */
    record Acknowledge(Address.Members address, Reference target, List<Permission> permissions)
            implements Change {}

    record Link(Address.Members address, Reference target, List<Permission> permissions)
            implements Change {}

    record Unlink(Address.Members address, Reference target, List<Permission> permissions)
            implements Change {}

    /** A bound action. */
    record Invoke(
            Operation operation,
            Address address,
            Map<String, JsonNode> arguments,
            List<Permission> permissions)
            implements Change {}

    /** Changes what a bound function gives. */
    record ChangeResult(
            Operation operation, Address address, ObjectNode changes, List<Permission> permissions)
            implements Change {}

    /** Sets or, with null, clears a single-valued navigation property. */
    record SetLink(Address.Single address, @Nullable Reference target, List<Permission> permissions)
            implements Change {}

    /** Which members, in what order. */
    record Selection(
            @Nullable Predicate filter,
            List<Query.Order> orderBy,
            int pageSize,
            boolean pageSizeHonoured,
            int skip,
            boolean count,
            @Nullable String skipToken) {}
}
