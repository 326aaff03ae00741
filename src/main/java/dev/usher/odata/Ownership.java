package dev.usher.odata;

import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.util.Optional;

/** Holds callers who are permitted what they own, and no more, to that. */
final class Ownership {

    private final Strategies strategies;
    private final StoredTypes storedTypes;
    private final Locator locator;

    Ownership(Strategies strategies, StoredTypes storedTypes, Locator locator) {
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        this.locator = locator;
    }

    /** Whether the caller may carry the plan out only where it owns the object. */
    static boolean matters(Actor actor, Plan plan) {
        return plan.permissions().stream()
                .anyMatch(needed ->
                        !needed.ofOwnClient()
                                && !needed.suffices(actor.permissions())
                                && needed.sufficesForOwned(actor.permissions()));
    }

    /**
     * Looks at the outermost object of the address. One that is not there is told so by whoever
     * looks for it next, or is created.
     *
     * @throws Refusal 403 unless the caller owns it
     */
    void require(ReadTx tx, Actor actor, Plan plan, Address address) {
        if (!matters(actor, plan)) {
            return;
        }
        Address.Item outermost = address.outermost();
        if (outermost == null) {
            // the creation that a change of what is absent came to; its own permission was asked
            // for
            if (plan instanceof Plan.Create) {
                return;
            }
            throw refused(address);
        }
        Optional<Entity> object = locator.find(tx, outermost);
        if (object.isPresent() && !owns(tx, actor, outermost, object.get())) {
            throw refused(outermost);
        }
    }

    private boolean owns(ReadTx tx, Actor actor, Address.Item at, Entity object) {
        return strategies
                .of(storedTypes.viewed(storedTypes.shownAs(at.type(), object.type())))
                .owns(tx, actor, object);
    }

    private static Refusal refused(Address address) {
        return new Refusal(
                GraphError.DENIED,
                "Insufficient privileges to complete the operation. The application may do this to"
                        + " what it owns alone, and '"
                        + address.path()
                        + "' it does not.");
    }
}
