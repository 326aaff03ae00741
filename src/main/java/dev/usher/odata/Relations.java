package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Navigations;
import dev.usher.edm.Step;
import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps an entity's references in step with its properties: with the complex values that hold the
 * references, and with what the type's strategy says.
 */
final class Relations {

    private final Strategies strategies;
    private final StoredTypes storedTypes;
    private final Locator locator;
    private final LinkWriter links;
    private final Creator creator;

    Relations(
            Strategies strategies,
            StoredTypes storedTypes,
            Locator locator,
            LinkWriter links,
            Creator creator) {
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        this.locator = locator;
        this.links = links;
        this.creator = creator;
    }

    /** The references of a stored entity. */
    LinkSet linksOf(WriteTx tx, EntityType type, Entity entity) {
        return new LinkSet(tx, locator, storedTypes.navigations(type), entity);
    }

    /**
     * A request that changes references alone.
     *
     * @param owner the entity whose references change, locked
     * @param request what the request wants
     * @param write stores that
     */
    void change(
            WriteTx tx, Address address, Entity owner, Consumer<LinkSet> request, Runnable write) {
        Address.One declared = owner(address);
        EntityType type = storedTypes.shownAs(declared.type(), owner.type());
        LinkSet related = linksOf(tx, type, owner);
        request.accept(related);
        ObjectNode properties = owner.properties().deepCopy();
        if (!storedTypes.hold(properties, complex(address))) {
            throw Locator.notFound(address);
        }
        Violations violations = new Violations();
        strategies
                .of(type)
                .relate(
                        tx,
                        new Strategy.Candidate(
                                owner.type(),
                                owner.id(),
                                properties,
                                JsonNodeFactory.instance.objectNode(),
                                false,
                                null),
                        related,
                        violations);
        violations.refuse();
        replace(tx, type, owner, properties);
        write.run();
        links.write(tx, owner, List.of(), related);
    }

    /** Makes sure that there is a complex value for what it is about to hold. */
    void hold(WriteTx tx, EntityType declared, Entity owner, List<Step> steps) {
        ObjectNode properties = owner.properties().deepCopy();
        storedTypes.hold(properties, steps);
        replace(tx, storedTypes.shownAs(declared, owner.type()), owner, properties);
    }

    private void replace(WriteTx tx, EntityType type, Entity entity, ObjectNode properties) {
        if (!properties.equals(entity.properties())) {
            tx.replace(storedTypes.kind(type), entity.with(properties));
        }
    }

    /** Removes what stood inside complex values that are no longer there. */
    void dropBelow(WriteTx tx, EntityType type, Entity before, Entity after) {
        for (Navigations.Reached reached : storedTypes.navigations(type)) {
            boolean gone =
                    storedTypes.holder(before.properties(), reached.steps()).isPresent()
                            && storedTypes.holder(after.properties(), reached.steps()).isEmpty();
            if (!gone) {
                continue;
            }
            if (reached.navigation().contained()) {
                creator.removeAllBut(tx, after, reached.navigation(), Set.of());
            } else {
                tx.unlinkAll(reached.navigation().linkName(), after.kind(), after.path());
            }
        }
    }

    private static Address.One owner(Address address) {
        Address.One owner =
                switch (address) {
                    case Address.Members members -> members.owner();
                    case Address.Single single -> single.owner();
                    case Address.Item _, Address.Singleton _ -> null;
                };
        if (owner == null) {
            throw new IllegalStateException("references without an owner: " + address.path());
        }
        return owner;
    }

    private static List<Step> complex(Address address) {
        return switch (address) {
            case Address.Members members -> members.complex();
            case Address.Single single -> single.complex();
            case Address.Item _, Address.Singleton _ -> List.of();
        };
    }
}
