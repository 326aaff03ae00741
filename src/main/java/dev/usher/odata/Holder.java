package dev.usher.odata;

import dev.usher.edm.NavigationProperty;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.WriteTx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a change is about and holds it locked; puts the changed state back. */
final class Holder {

    private final StoredTypes storedTypes;
    private final Locator locator;
    private final GivenCollections givens;

    Holder(StoredTypes storedTypes, Locator locator, GivenCollections givens) {
        this.storedTypes = storedTypes;
        this.locator = locator;
        this.givens = givens;
    }

    /**
     * An entity that nobody else changes until commit.
     *
     * @param owner of a member that may be given, else null
     * @param stored whether there is a row of it
     */
    record Held(Entity entity, @Nullable Entity owner, boolean stored) {}

    /**
     * What is there from the first moment, in a collection or alone, counts as found. What is
     * computed has no row; whoever changes something beside it holds that.
     *
     * @throws Refusal 404, 412
     */
    Held hold(WriteTx tx, Address.One address, Preconditions preconditions) {
        if (address instanceof Address.Item item && item.of().navigation().given()) {
            Held held =
                    holdMember(tx, item, lockOwner(tx, item.of().owner(), Preconditions.NONE))
                            .orElseThrow(() -> Locator.notFound(address));
            preconditions.check(held.entity());
            return held;
        }
        if (storedTypes.computed(address.type())) {
            Entity found = locator.require(tx, address);
            preconditions.check(found);
            return new Held(found, null, false);
        }
        return new Held(lock(tx, address, preconditions), null, true);
    }

    private Entity lock(WriteTx tx, Address.One address, Preconditions preconditions) {
        Entity found = locator.require(tx, address);
        Kind kind = storedTypes.kind(address, found);
        if (found.version() == 0) {
            // what is there from the first moment is stored by the first who changes it
            preconditions.check(found);
            if (tx.insertIfAbsent(kind, found)) {
                return tx.lock(kind, found.parent(), found.id()).orElseThrow();
            }
        }
        Entity locked =
                tx.lock(kind, found.parent(), found.id())
                        .orElseThrow(() -> Locator.notFound(address));
        preconditions.check(locked);
        return locked;
    }

    /** The member of that key, if there is one, in a collection whose owner is held already. */
    Optional<Held> holdMember(WriteTx tx, Address.Item item, @Nullable Entity owner) {
        NavigationProperty navigation = item.of().navigation();
        Kind kind = storedTypes.kind(item.type());
        if (!navigation.given() || owner == null) {
            return locator.byKey(tx, item.type(), owner == null ? "" : owner.path(), item.key())
                    .flatMap(found -> tx.lock(kind, found.parent(), found.id()))
                    .map(entity -> new Held(entity, null, true));
        }
        givens.requireOpen(navigation, owner);
        Optional<Entity> row =
                navigation.fixed() ? Optional.empty() : tx.lock(kind, owner.path(), item.key());
        return row.map(entity -> new Held(givens.counted(navigation, owner, entity), owner, true))
                .or(() ->
                        givens.given(navigation, owner, item.key())
                                .map(entity -> new Held(entity, owner, false)));
    }

    /** Members of a stored entity come, go and change places one transaction after the other. */
    @Nullable Entity lockOwnerOf(WriteTx tx, Address.Members members) {
        if (!members.nested()) {
            return null;
        }
        Entity owner = lockOwner(tx, members.owner(), Preconditions.NONE);
        if (members.navigation().given()) {
            givens.requireOpen(members.navigation(), owner);
        }
        return owner;
    }

    /** The owner of links or members, in the state that the caller expects. */
    Entity lockOwner(WriteTx tx, Address.@Nullable One owner, Preconditions preconditions) {
        if (owner == null) {
            throw new IllegalStateException("a link needs a stored owner");
        }
        return hold(tx, owner, preconditions).entity();
    }

    /** Stores a new member of the collection. */
    Entity insert(
            WriteTx tx, NavigationProperty navigation, @Nullable Entity owner, Entity entity) {
        Entity stored = tx.insert(storedTypes.kind(navigation.target()), entity);
        return navigation.given() && owner != null
                ? givens.counted(navigation, owner, stored)
                : stored;
    }

    /** Stores the next state of what is held; a given member gets a row of its own. */
    Entity save(WriteTx tx, Address.One address, Held held, Entity next) {
        Kind kind = storedTypes.kind(address);
        Entity stored = held.stored() ? tx.replace(kind, next) : tx.insert(kind, next);
        return held.owner() != null && address instanceof Address.Item item
                ? givens.counted(item.of().navigation(), held.owner(), stored)
                : stored;
    }
}
