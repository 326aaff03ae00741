package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;

/** Adds to an outcome what the strategy of the outermost entity has to say of it. */
final class Inspector {

    private final Strategies strategies;
    private final StoredTypes storedTypes;
    private final Locator locator;

    Inspector(Strategies strategies, StoredTypes storedTypes, Locator locator) {
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        this.locator = locator;
    }

    /** Whether entities at that address are inspected when they are read. */
    boolean inspects(Address address) {
        return address instanceof Address.Item item && inspects(item);
    }

    private boolean inspects(Address.Item item) {
        return storedTypes.viewed(item.type()).family().stream()
                .anyMatch(type -> strategies.of((EntityType) type).inspects());
    }

    /** For a read of one entity. */
    Outcome read(ReadTx tx, Entity entity, Outcome outcome) {
        return inspected(tx, entity, outcome, false);
    }

    /**
     * For a change, in its own transaction.
     *
     * @param strict whether findings refuse it
     */
    Outcome changed(ReadTx tx, Plan.Change plan, Outcome outcome, boolean strict) {
        if (outcome instanceof Outcome.Created created && !created.address().nested()) {
            return inspected(tx, created.node().entity(), outcome, strict);
        }
        Address.Item outermost = plan.address().outermost();
        if (outermost == null || !inspects(outermost)) {
            return outcome;
        }
        return locator.find(tx, outermost)
                .map(entity -> inspected(tx, entity, outcome, strict))
                .orElse(outcome);
    }

    private Outcome inspected(ReadTx tx, Entity entity, Outcome outcome, boolean strict) {
        Strategy strategy = strategies.of(storedTypes.stored(entity.type()));
        if (!strategy.inspects()) {
            return outcome;
        }
        Inspection inspection = strategy.inspect(tx, entity);
        if (inspection.findings().isEmpty()) {
            return outcome;
        }
        if (strict) {
            inspection.refuse();
        }
        return new Outcome.Inspected(outcome, inspection);
    }
}
