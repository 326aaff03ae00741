package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Operation;
import dev.usher.edm.Terms;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code Plan.Change -> Outcome}, in one write transaction; it returns when the change is durable.
 */
final class ChangeExecutor {

    private final Store store;
    private final Strategies strategies;
    private final StoredTypes storedTypes;
    private final Locator locator;
    private final Expander expander;
    private final Ownership ownership;
    private final LinkWriter links;
    private final Holder holder;
    private final Streams streams;
    private final Creator creator;
    private final Inspector inspector;
    private final Relations relations;

    ChangeExecutor(
            Store store, Strategies strategies, StoredTypes storedTypes, Clock clock, Ids ids) {
        this.store = store;
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        GivenCollections givens = new GivenCollections(storedTypes, strategies);
        this.locator = new Locator(storedTypes, strategies, givens);
        this.expander = new Expander(storedTypes, strategies, givens, clock);
        this.ownership = new Ownership(strategies, storedTypes, locator);
        this.links = new LinkWriter(locator);
        this.holder = new Holder(storedTypes, locator, givens);
        this.streams = new Streams(strategies, storedTypes, locator, holder);
        this.inspector = new Inspector(strategies, storedTypes, locator);
        this.creator = new Creator(strategies, storedTypes, locator, holder, links, ids);
        this.relations = new Relations(strategies, storedTypes, locator, links, creator);
    }

    Outcome execute(TenantId tenant, Actor actor, ODataRequest request, Plan.Change plan) {
        Plan.Change prepared = prepare(tenant, actor, decided(tenant, plan));
        try {
            return store.write(
                    tenant,
                    actor,
                    tx -> {
                        ownership.require(tx, actor, prepared, prepared.address());
                        Outcome outcome = change(tx, request.preconditions(), prepared);
                        return inspector.changed(tx, prepared, outcome, request.prefer().strict());
                    });
        } catch (WriteTx.DuplicateKey duplicate) {
            throw Creator.taken(duplicate);
        } catch (WriteTx.NoTarget gone) {
            throw Refusal.notFound("The object to refer to, '" + gone.key() + "', does not exist.");
        }
    }

    /** Asked once, beforehand: whoever creates it in between makes this request a conflict. */
    private Plan.Change decided(TenantId tenant, Plan.Change plan) {
        if (!(plan instanceof Plan.UpdateOrCreate either)) {
            return plan;
        }
        return store.read(tenant, tx -> locator.find(tx, either.address())).isPresent()
                ? either.update()
                : either.create();
    }

    /** Slow work, before the transaction. */
    private Plan.Change prepare(TenantId tenant, Actor actor, Plan.Change plan) {
        switch (plan) {
            case Plan.Create create -> creator.prepare(create.draft());
            case Plan.Update update ->
                    strategies
                            .of(storedTypes.viewed(update.draft().type()))
                            .prepare(update.draft());
            case Plan.Upsert upsert -> creator.prepare(upsert.draft());
            case Plan.WriteStream stream -> {
                return streams.prepare(stream);
            }
            case Plan.Invoke invoke -> {
                return new Plan.Invoke(
                        invoke.operation(),
                        invoke.address(),
                        action(invoke).prepare(tenant, actor, invoke.arguments()),
                        invoke.permissions());
            }
            default -> {}
        }
        return plan;
    }

    private ActionHandler action(Plan.Invoke plan) {
        return strategies.action(plan.operation().qualifiedName()).orElseThrow();
    }

    private Outcome change(WriteTx tx, Preconditions preconditions, Plan.Change plan) {
        return switch (plan) {
            case Plan.Create create -> create(tx, create);
            case Plan.Update update ->
                    change(tx, update, holder.hold(tx, update.address(), preconditions), false);
            case Plan.UpdateOrCreate either ->
                    throw new IllegalStateException(
                            "undecided until now: " + either.address().path());
            case Plan.Upsert upsert -> upsert(tx, preconditions, upsert);
            case Plan.WriteStream stream -> streams.replace(tx, preconditions, stream);
            case Plan.RemoveStream stream -> streams.remove(tx, preconditions, stream);
            case Plan.Delete delete -> delete(tx, preconditions, delete);
            case Plan.Acknowledge acknowledge -> acknowledge(tx, acknowledge);
            case Plan.Link link -> link(tx, preconditions, link);
            case Plan.Unlink unlink -> unlink(tx, preconditions, unlink);
            case Plan.Invoke invoke -> invoke(tx, preconditions, invoke);
            case Plan.ChangeResult result -> changeResult(tx, preconditions, result);
            case Plan.SetLink setLink -> setLink(tx, preconditions, setLink);
        };
    }

    private Outcome create(WriteTx tx, Plan.Create plan) {
        Address.Members address = plan.address();
        Entity owner = holder.lockOwnerOf(tx, address);
        List<String> placeholders = new ArrayList<>(plan.draft().placeholders());
        Entity entity = creator.create(tx, address, owner, plan.draft(), placeholders);
        if (owner != null && address.owner() != null) {
            relations.hold(tx, address.owner().type(), owner, address.complex());
        }
        Node node = expander.node(tx, address.type(), entity, plan.shape());
        return new Outcome.Created(
                address, node, plan.shape(), plan.seed() && plan.shape().plain(), placeholders);
    }

    private Outcome upsert(WriteTx tx, Preconditions preconditions, Plan.Upsert plan) {
        Address.Item item = plan.address();
        Entity owner = holder.lockOwnerOf(tx, item.of());
        Optional<Holder.Held> held = holder.holdMember(tx, item, owner);
        if (held.isEmpty()) {
            if (plan.ifAbsent() != null) {
                throw plan.ifAbsent();
            }
            preconditions.checkAbsent();
            return create(
                    tx,
                    new Plan.Create(
                            item.of(), plan.draft(), plan.shape(), false, plan.permissions()));
        }
        preconditions.check(held.get().entity());
        Plan.Update update = new Plan.Update(item, plan.draft(), plan.shape(), plan.permissions());
        return change(tx, update, held.get(), true);
    }

    /**
     * @param whole whether the body is the whole new state, not only what changes of it
     */
    private Outcome change(WriteTx tx, Plan.Update plan, Holder.Held held, boolean whole) {
        Entity before = held.entity();
        EntityType shown = storedTypes.shownAs(plan.address().type(), before.type());
        EntityType type = storedTypes.viewed(shown);
        allowed(type, Terms.UPDATE, "Updatable", "changed");
        Draft draft = plan.draft();
        Kind kind = storedTypes.kind(type);
        Violations violations = new Violations(Views.targets(plan.address().type()));
        Merge.checkIdentity(draft, before, shown, violations);
        Views.keepUnchanged(type, draft.properties(), violations);
        Merge.checkUpdate(type, before.properties(), draft.properties(), violations);
        Strategy strategy = strategies.of(type);
        ObjectNode given = Creator.withoutComputed(type, draft.properties());
        if (whole) {
            strategy.complete(given);
        }
        ObjectNode after =
                whole
                        ? Merge.replace(type, before.properties(), given)
                        : Merge.patch(type, before.properties(), given);
        Views.keep(type, after, violations);
        Merge.unmask(kind, before.properties(), after, violations);
        List<LinkWriter.Resolved> resolved =
                links.changing(
                        tx, before, links.resolve(tx, draft.links(), violations), violations);
        strategy.merge(before.properties(), after);
        var candidate =
                new Strategy.Candidate(
                        before.type(), before.id(), after, draft.properties(), false, held.owner());
        LinkSet related = relations.linksOf(tx, type, before);
        resolved.forEach(each -> related.giving(each.navigation(), each.targets()));
        strategy.relate(tx, candidate, related, violations);
        strategy.validate(tx, candidate, violations);
        violations.refuse();
        strategy.changing(tx, candidate);
        Entity entity =
                after.equals(before.properties())
                        ? before
                        : holder.save(tx, plan.address(), held, before.with(after));
        relations.dropBelow(tx, type, before, entity);
        links.write(tx, entity, resolved, related);
        creator.replaceContained(tx, entity, draft.contained());
        entity = strategy.updated(tx, before, entity, draft);
        return new Outcome.Updated(
                plan.address(),
                expander.node(tx, plan.address().type(), entity, plan.shape()),
                plan.shape());
    }

    private static void allowed(EntityType type, String term, String member, String what) {
        if (!type.annotations().flag(term, member, true)) {
            throw new Refusal(
                    GraphError.INVALID_VALUE,
                    "Objects of type " + type.qualifiedName() + " cannot be " + what + ".");
        }
    }

    private Outcome delete(WriteTx tx, Preconditions preconditions, Plan.Delete plan) {
        holder.lockOwnerOf(tx, plan.address().of());
        Entity entity = holder.hold(tx, plan.address(), preconditions).entity();
        EntityType type =
                storedTypes.viewed(storedTypes.shownAs(plan.address().type(), entity.type()));
        allowed(type, Terms.DELETE, "Deletable", "deleted");
        strategies.of(type).deleting(tx, entity);
        tx.delete(storedTypes.kind(plan.address()), entity);
        strategies.of(type).deleted(tx, entity);
        return new Outcome.Done(null, null);
    }

    private Outcome acknowledge(WriteTx tx, Plan.Acknowledge plan) {
        Reference reference = plan.target();
        Address.Item named = new Address.Item(plan.address(), reference.key(), reference.type());
        Entity entity = locator.find(tx, named).orElseThrow(() -> missing(reference));
        return new Outcome.Done(plan.address(), entity);
    }

    private Outcome link(WriteTx tx, Preconditions preconditions, Plan.Link plan) {
        Address.Members address = plan.address();
        Entity owner = holder.lockOwner(tx, address.owner(), preconditions);
        Entity target = target(tx, plan.target());
        Optional<MemberSource> source = strategies.source(address);
        if (source.isPresent()) {
            source.get().add(tx, owner, target);
            return new Outcome.Done(null, null);
        }
        NavigationProperty navigation = address.navigation();
        relations.change(
                tx,
                address,
                owner,
                links -> links.adding(navigation, target),
                () -> links.link(tx, owner, navigation, target));
        return new Outcome.Done(null, null);
    }

    private Outcome unlink(WriteTx tx, Preconditions preconditions, Plan.Unlink plan) {
        Address.Members address = plan.address();
        Entity owner = holder.lockOwner(tx, address.owner(), preconditions);
        Entity target = target(tx, plan.target());
        Optional<MemberSource> source = strategies.source(address);
        if (source.isPresent()) {
            if (!source.get().remove(tx, owner, target)) {
                throw missing(plan.target());
            }
            return new Outcome.Done(null, null);
        }
        NavigationProperty navigation = address.navigation();
        if (!links.linked(tx, owner, navigation, target)) {
            throw missing(plan.target());
        }
        relations.change(
                tx,
                address,
                owner,
                links -> links.removing(navigation, target),
                () -> links.unlink(tx, owner, navigation, target));
        return new Outcome.Done(null, null);
    }

    private Outcome setLink(WriteTx tx, Preconditions preconditions, Plan.SetLink plan) {
        Address.Single address = plan.address();
        Entity owner = holder.lockOwner(tx, address.owner(), preconditions);
        Reference reference = plan.target();
        Optional<Entity> target =
                reference == null ? Optional.empty() : Optional.of(target(tx, reference));
        NavigationProperty navigation = address.navigation();
        relations.change(
                tx,
                address,
                owner,
                links -> links.giving(navigation, target.stream().toList()),
                () -> links.set(tx, owner, navigation, target));
        return new Outcome.Done(null, null);
    }

    private Outcome invoke(WriteTx tx, Preconditions preconditions, Plan.Invoke plan) {
        Entity bound =
                switch (plan.address()) {
                    // what follows from other data is not locked; the handler locks that
                    case Address.Item item when strategies.source(item.of()).isPresent() ->
                            locator.require(tx, item);
                    case Address.One one -> holder.hold(tx, one, preconditions).entity();
                    case Address.Members members when members.nested() ->
                            holder.lockOwner(tx, members.owner(), preconditions);
                    case Address.Members _ -> null;
                };
        return answered(tx, plan, action(plan).answer(tx, bound, plan.arguments()));
    }

    private Outcome answered(WriteTx tx, Plan.Invoke plan, ActionResult result) {
        return switch (result) {
            case ActionResult.Nothing() -> new Outcome.Done(null, null);
            case ActionResult.One(Entity entity) ->
                    new Outcome.Found(
                            (Address.One) plan.address(),
                            expander.node(tx, plan.address().type(), entity, Shape.ALL),
                            Shape.ALL);
            case ActionResult.Many(List<Entity> found) ->
                    new Outcome.Listed(
                            (Address.Members) plan.address(),
                            expander.nodes(tx, declared(plan.operation()), found, Shape.ALL),
                            Shape.ALL,
                            null,
                            null,
                            false,
                            0);
            case ActionResult.Value(JsonNode value) ->
                    new Outcome.Returned(plan.operation(), value, false);
            case ActionResult.Accepted(JsonNode value) ->
                    new Outcome.Returned(plan.operation(), value, true);
        };
    }

    private static EntityType declared(Operation operation) {
        if (operation.result() != null && operation.result().type() instanceof EntityType type) {
            return type;
        }
        throw new IllegalStateException(operation.name() + " declares no entities");
    }

    private Outcome changeResult(WriteTx tx, Preconditions preconditions, Plan.ChangeResult plan) {
        Entity bound =
                plan.address() instanceof Address.One one
                        ? holder.hold(tx, one, preconditions).entity()
                        : null;
        ChangeableResult handler =
                (ChangeableResult) strategies.function(plan.operation()).orElseThrow();
        Violations violations = new Violations();
        handler.change(tx, bound, plan.changes(), violations);
        violations.refuse();
        String key = bound == null ? null : bound.path();
        return new Outcome.ResultChanged(plan.operation(), handler.call(tx, key, Map.of()));
    }

    private Entity target(WriteTx tx, Reference reference) {
        return locator.byKey(tx, reference.type(), "", reference.key())
                .orElseThrow(() -> missing(reference));
    }

    private static Refusal missing(Reference reference) {
        return Refusal.notFound("Resource '" + reference.written() + "' does not exist.");
    }
}
