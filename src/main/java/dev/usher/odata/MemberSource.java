package dev.usher.odata;

import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the members of a collection that is not kept as such but follows from other data. Such a
 * collection is read as a whole, in the order given here. Shared between threads; keeps no state.
 */
public interface MemberSource {

    /**
     * The collection: the qualified name of the type that declares the navigation property, a
     * slash, its name; or the name of an entity set.
     */
    String collection();

    /**
     * The members, at most as many as the source's own limit.
     *
     * @param owner the entity that has them; null when that is the tenant
     */
    List<Entity> members(ReadTx tx, @Nullable Entity owner);

    /** One member by its key. */
    default Optional<Entity> member(ReadTx tx, @Nullable Entity owner, String key) {
        return members(tx, owner).stream()
                .filter(entity -> entity.key().equals(Entity.fold(key)))
                .findFirst();
    }

    /**
     * Adds a member by reference; the owner is locked.
     *
     * @throws Refusal where the collection cannot be changed so
     */
    default void add(WriteTx tx, Entity owner, Entity target) {
        throw fixed();
    }

    /**
     * Removes a member by reference; the owner is locked.
     *
     * @return false if it was none
     * @throws Refusal where the collection cannot be changed so
     */
    default boolean remove(WriteTx tx, Entity owner, Entity target) {
        throw fixed();
    }

    private static Refusal fixed() {
        return new Refusal(
                GraphError.UNSUPPORTED_REQUEST, "References cannot be changed in this collection.");
    }
}
