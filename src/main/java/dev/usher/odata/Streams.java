package dev.usher.odata;

import dev.usher.odata.Holder.Held;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Replaces and removes the streams of media entities, for {@link ChangeExecutor}. */
final class Streams {

    private final Strategies strategies;
    private final StoredTypes storedTypes;
    private final Locator locator;
    private final Holder holder;

    Streams(Strategies strategies, StoredTypes storedTypes, Locator locator, Holder holder) {
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        this.locator = locator;
        this.holder = holder;
    }

    /** Whose stream it is, from the entity and those that contain it. */
    static MediaHandler.Subject subject(List<Entity> chain, Address.Item address) {
        return new MediaHandler.Subject(
                address.of().navigation().name(),
                List.copyOf(chain.subList(0, chain.size() - 1)),
                chain.getLast());
    }

    /** The part that needs no transaction. */
    Plan.WriteStream prepare(Plan.WriteStream plan) {
        MediaHandler media = media(plan.address());
        return new Plan.WriteStream(
                plan.address(), plan.body(), media.prepare(plan.body()), plan.permissions());
    }

    Outcome replace(WriteTx tx, Preconditions preconditions, Plan.WriteStream plan) {
        ObjectNode prepared = plan.prepared();
        if (prepared == null) {
            throw new IllegalStateException("the body of a stream was not looked at");
        }
        Held held = hold(tx, preconditions, plan.address());
        MediaHandler media = media(plan.address());
        ObjectNode properties = media.replaced(tx, subject(tx, plan.address(), held), prepared);
        holder.save(tx, plan.address(), held, held.entity().with(properties));
        return new Outcome.StreamChanged(etag(tx, plan.address()));
    }

    Outcome remove(WriteTx tx, Preconditions preconditions, Plan.RemoveStream plan) {
        Held held = hold(tx, preconditions, plan.address());
        ObjectNode properties = media(plan.address()).removed(subject(tx, plan.address(), held));
        if (properties != null) {
            holder.save(tx, plan.address(), held, held.entity().with(properties));
        } else if (held.stored()) {
            tx.delete(storedTypes.kind(plan.address().type()), held.entity());
        }
        return new Outcome.StreamChanged(null);
    }

    private Held hold(WriteTx tx, Preconditions preconditions, Address.Item address) {
        Held held = holder.hold(tx, address, Preconditions.NONE);
        if (!preconditions.equals(Preconditions.NONE)) {
            preconditions.check(etag(tx, address));
        }
        return held;
    }

    private MediaHandler.Subject subject(ReadTx tx, Address.Item address, Held held) {
        MediaHandler.Subject found = subject(locator.chain(tx, address), address);
        return new MediaHandler.Subject(found.navigation(), found.owners(), held.entity());
    }

    private String etag(ReadTx tx, Address.Item address) {
        MediaHandler.Subject subject = subject(locator.chain(tx, address), address);
        return Preconditions.etag(Tags.of(media(address).read(tx, subject).content()));
    }

    private MediaHandler media(Address.Item address) {
        return strategies.media(address.type());
    }
}
