package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Terms;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.odata.Violation.Rule;
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
import org.jspecify.annotations.Nullable;
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
    private final LinkWriter links;
    private final Creator creator;
    private final Inspector inspector;

    ChangeExecutor(
            Store store, Strategies strategies, StoredTypes storedTypes, Clock clock, Ids ids) {
        this.store = store;
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        this.locator = new Locator(storedTypes);
        this.expander = new Expander(storedTypes, strategies, clock);
        this.links = new LinkWriter(locator);
        this.inspector = new Inspector(strategies, storedTypes, locator);
        this.creator = new Creator(strategies, storedTypes, locator, links, ids);
    }

    Outcome execute(TenantId tenant, Actor actor, ODataRequest request, Plan.Change plan) {
        Plan.Change prepared = prepare(plan);
        try {
            return store.write(
                    tenant,
                    actor,
                    tx -> {
                        Outcome outcome = change(tx, request.preconditions(), prepared);
                        return inspector.changed(tx, prepared, outcome, request.prefer().strict());
                    });
        } catch (WriteTx.NoTarget gone) {
            throw Refusal.notFound("The object to refer to, '" + gone.key() + "', does not exist.");
        }
    }

    /** Slow work, before the transaction. */
    private Plan.Change prepare(Plan.Change plan) {
        switch (plan) {
            case Plan.Create create -> creator.prepare(create.draft());
            case Plan.Update update ->
                    strategies
                            .of(storedTypes.viewed(update.draft().type()))
                            .prepare(update.draft());
            case Plan.Invoke invoke -> {
                return new Plan.Invoke(
                        invoke.operation(),
                        invoke.address(),
                        action(invoke).prepare(invoke.arguments()),
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
            case Plan.Update update -> update(tx, preconditions, update);
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
        List<String> placeholders = new ArrayList<>(plan.draft().placeholders());
        Entity owner = lockOwnerOf(tx, plan.address());
        Entity entity = creator.create(tx, plan.address(), owner, plan.draft(), placeholders);
        Node node = expander.node(tx, plan.address().type(), entity, plan.shape());
        return new Outcome.Created(
                plan.address(),
                node,
                plan.shape(),
                plan.seed() && plan.shape().plain(),
                placeholders);
    }

    private Outcome update(WriteTx tx, Preconditions preconditions, Plan.Update plan) {
        Entity before = lock(tx, plan.address());
        preconditions.check(before);
        EntityType shown = storedTypes.shownAs(plan.address().type(), before.type());
        EntityType type = storedTypes.viewed(shown);
        allowed(type, Terms.UPDATE, "Updatable", "changed");
        Draft draft = plan.draft();
        Kind kind = storedTypes.kind(type);
        Violations violations = new Violations(Views.targets(plan.address().type()));
        checkIdentity(draft, before, shown, violations);
        Views.keepUnchanged(type, draft.properties(), violations);
        Merge.checkUpdate(type, before.properties(), draft.properties(), violations);
        ObjectNode after =
                Merge.patch(
                        type,
                        before.properties(),
                        Creator.withoutComputed(type, draft.properties()));
        Views.keep(type, after, violations);
        Merge.unmask(kind, before.properties(), after, violations);
        List<LinkWriter.Resolved> resolved =
                links.changing(
                        tx, before, links.resolve(tx, draft.links(), violations), violations);
        Strategy strategy = strategies.of(type);
        strategy.merge(before.properties(), after);
        strategy.validate(
                tx,
                new Strategy.Candidate(
                        before.type(), before.id(), after, draft.properties(), false),
                violations);
        violations.refuse();
        Entity entity =
                after.equals(before.properties())
                        ? before
                        : tx.replace(
                                kind,
                                new Entity(
                                        before.kind(),
                                        before.parent(),
                                        before.id(),
                                        before.type(),
                                        before.version(),
                                        after));
        links.add(tx, entity, resolved);
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

    private static void checkIdentity(
            Draft draft, Entity before, EntityType type, Violations violations) {
        if (draft.key() != null && !draft.key().equalsIgnoreCase(before.id())) {
            violations.add(type.key(), Rule.IMMUTABLE, "'" + type.key() + "' cannot be changed.");
        }
        if (!type.isA(draft.type())) {
            violations.add(
                    "@odata.type",
                    Rule.IMMUTABLE,
                    "The object is a " + type.qualifiedName() + "; its type cannot be changed.");
        }
        for (Draft.Links links : draft.links()) {
            if (links.navigation().collection()) {
                violations.add(
                        links.path(),
                        Rule.NOT_ALLOWED,
                        "'" + links.path() + "' is changed through its own address, with $ref.");
            }
        }
    }

    private Outcome delete(WriteTx tx, Preconditions preconditions, Plan.Delete plan) {
        lockOwnerOf(tx, plan.address().of());
        Entity entity = lock(tx, plan.address());
        preconditions.check(entity);
        EntityType type =
                storedTypes.viewed(storedTypes.shownAs(plan.address().type(), entity.type()));
        allowed(type, Terms.DELETE, "Deletable", "deleted");
        strategies.of(type).deleting(tx, entity);
        tx.delete(storedTypes.kind(type), entity);
        return new Outcome.Done(null, null);
    }

    private Outcome acknowledge(WriteTx tx, Plan.Acknowledge plan) {
        Entity owner = locator.owner(tx, plan.address());
        Reference reference = plan.target();
        Entity entity =
                locator.byKey(
                                tx,
                                reference.type(),
                                owner == null ? "" : owner.path(),
                                reference.key())
                        .orElseThrow(() -> missing(reference));
        return new Outcome.Done(plan.address(), entity);
    }

    private Outcome link(WriteTx tx, Preconditions preconditions, Plan.Link plan) {
        Entity owner = lockOwner(tx, plan.address().owner(), preconditions);
        Entity target = target(tx, plan.target());
        links.link(tx, owner, plan.address().navigation(), target);
        return new Outcome.Done(null, null);
    }

    private Outcome unlink(WriteTx tx, Preconditions preconditions, Plan.Unlink plan) {
        Entity owner = lockOwner(tx, plan.address().owner(), preconditions);
        Entity target = target(tx, plan.target());
        boolean removed =
                tx.unlink(
                        plan.address().navigation().linkName(),
                        owner.kind(),
                        owner.path(),
                        target.kind(),
                        target.path());
        if (!removed) {
            throw missing(plan.target());
        }
        return new Outcome.Done(null, null);
    }

    private Outcome setLink(WriteTx tx, Preconditions preconditions, Plan.SetLink plan) {
        Entity owner = lockOwner(tx, plan.address().owner(), preconditions);
        Reference reference = plan.target();
        Optional<Entity> target =
                reference == null ? Optional.empty() : Optional.of(target(tx, reference));
        links.set(tx, owner, plan.address().navigation(), target);
        return new Outcome.Done(null, null);
    }

    private Outcome invoke(WriteTx tx, Preconditions preconditions, Plan.Invoke plan) {
        Entity bound =
                switch (plan.address()) {
                    case Address.One one -> lock(tx, one);
                    case Address.Members members -> lockOwnerOf(tx, members);
                };
        if (bound != null) {
            preconditions.check(bound);
        }
        Entity result = action(plan).run(tx, bound, plan.arguments());
        return result == null
                ? new Outcome.Done(null, null)
                : new Outcome.Found(
                        (Address.One) plan.address(),
                        expander.node(tx, plan.address().type(), result, Shape.ALL),
                        Shape.ALL);
    }

    private Outcome changeResult(WriteTx tx, Preconditions preconditions, Plan.ChangeResult plan) {
        Entity bound = plan.address() instanceof Address.One one ? lock(tx, one) : null;
        if (bound != null) {
            preconditions.check(bound);
        }
        ChangeableResult handler =
                (ChangeableResult) strategies.function(plan.operation()).orElseThrow();
        Violations violations = new Violations();
        handler.change(tx, bound, plan.changes(), violations);
        violations.refuse();
        String key = bound == null ? null : bound.path();
        return new Outcome.ResultChanged(plan.operation(), handler.call(tx, key, Map.of()));
    }

    /** Members of a stored entity come, go and change places one transaction after the other. */
    private @Nullable Entity lockOwnerOf(WriteTx tx, Address.Members members) {
        return members.nested() ? lockOwner(tx, members.owner(), Preconditions.NONE) : null;
    }

    private Entity lockOwner(WriteTx tx, Address.@Nullable One owner, Preconditions preconditions) {
        if (owner == null) {
            throw new IllegalStateException("a link needs a stored owner");
        }
        Entity entity = lock(tx, owner);
        preconditions.check(entity);
        return entity;
    }

    private Entity lock(WriteTx tx, Address.One address) {
        Entity found = locator.require(tx, address);
        return tx.lock(storedTypes.kind(address.type()), found.parent(), found.id())
                .orElseThrow(() -> Locator.notFound(address));
    }

    private Entity target(WriteTx tx, Reference reference) {
        return locator.byKey(tx, reference.type(), "", reference.key())
                .orElseThrow(() -> missing(reference));
    }

    private static Refusal missing(Reference reference) {
        return Refusal.notFound("Resource '" + reference.written() + "' does not exist.");
    }
}
