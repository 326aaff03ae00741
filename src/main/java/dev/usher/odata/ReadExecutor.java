package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.ids.TenantId;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.Page;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import dev.usher.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Plan.Read -> Outcome}, in one read transaction. */
final class ReadExecutor {

    private final Store store;
    private final Counts counts;
    private final Strategies strategies;
    private final StoredTypes storedTypes;
    private final Locator locator;
    private final Expander expander;
    private final Ownership ownership;
    private final SkipTokens skipTokens;
    private final Inspector inspector;

    ReadExecutor(
            Store store,
            Strategies strategies,
            StoredTypes storedTypes,
            Clock clock,
            SkipTokens skipTokens) {
        this.store = store;
        this.counts = new Counts(store);
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        GivenCollections givens = new GivenCollections(storedTypes, strategies);
        this.locator = new Locator(storedTypes, strategies, givens);
        this.expander = new Expander(storedTypes, strategies, givens, clock);
        this.ownership = new Ownership(strategies, storedTypes, locator);
        this.skipTokens = skipTokens;
        this.inspector = new Inspector(strategies, storedTypes, locator);
    }

    Outcome execute(TenantId tenant, Actor actor, ODataRequest request, Plan.Read plan) {
        Counts.Before before = counts.before(tenant, kind(plan));
        if (oneStatement(request, plan) && !Ownership.matters(actor, plan)) {
            return store.readOnce(tenant, tx -> read(tx, request, plan, before));
        }
        return store.read(
                tenant,
                tx -> {
                    ownership.require(tx, actor, plan, plan.address());
                    return read(tx, request, plan, before);
                });
    }

    /** The kind that a plan counts; empty if it counts none, or several. */
    private String kind(Plan.Read plan) {
        boolean counts =
                plan instanceof Plan.Count
                        || (plan instanceof Plan.ReadMany many && many.selection().count());
        return counts
                        && plan.address() instanceof Address.Members members
                        && atTop(members)
                        && !storedTypes.union(members.type())
                ? storedTypes.of(members).kind().name()
                : "";
    }

    /** Whether the plan needs no other snapshot than that of its only statement. */
    private boolean oneStatement(ODataRequest request, Plan.Read plan) {
        return switch (plan) {
            case Plan.ReadOne one ->
                    one.shape().expand().isEmpty()
                            && one.address() instanceof Address.Item item
                            && storedTypes.oneLookUp(item)
                            && atTop(item.of())
                            && !inspected(request, item);
            case Plan.ReadMany many ->
                    many.shape().expand().isEmpty()
                            && !many.selection().count()
                            && atTop(many.address());
            case Plan.Count count -> atTop(count.address());
            default -> false;
        };
    }

    /** A read costs more with it, so it is only for who asks. */
    private boolean inspected(ODataRequest request, Address address) {
        return request.prefer().check() && inspector.inspects(address);
    }

    /** Whether the members are the tenant's own, so that there is no owner to look for. */
    private boolean atTop(Address.Members members) {
        return members.navigation().contained()
                && !members.nested()
                && strategies.source(members).isEmpty();
    }

    private Outcome read(ReadTx tx, ODataRequest request, Plan.Read plan, Counts.Before before) {
        return switch (plan) {
            case Plan.ReadOne one -> one(tx, request, one);
            case Plan.ReadMany many -> many(tx, many, before);
            case Plan.Count count -> count(tx, count, before);
            case Plan.ReadProperty property -> property(tx, property);
            case Plan.ReadReferences references -> references(tx, references);
            case Plan.ReadReference reference ->
                    new Outcome.References(
                            reference.address(),
                            List.of(locator.require(tx, reference.address())),
                            null,
                            null);
            case Plan.ReadStream stream -> stream(tx, request, stream);
            case Plan.Call call -> call(tx, call);
        };
    }

    private Outcome count(ReadTx tx, Plan.Count plan, Counts.Before before) {
        Address.Members address = plan.address();
        Optional<MemberSource> source = strategies.source(address);
        if (source.isPresent()) {
            return new Outcome.Counted(source.get().members(tx, locator.owner(tx, address)).size());
        }
        Locator.Reach reach = locator.reach(tx, address);
        Query query = query(tx, address, reach, selection(plan.filter()), null);
        return new Outcome.Counted(
                before.count(query, () -> locator.count(tx, address, reach, query)));
    }

    private Outcome stream(ReadTx tx, ODataRequest request, Plan.ReadStream plan) {
        MediaHandler.Subject subject =
                Streams.subject(locator.chain(tx, plan.address()), plan.address());
        MediaHandler.Media media = strategies.media(plan.address().type()).read(tx, subject);
        String etag = Preconditions.etag(Tags.of(media.content()));
        return request.preconditions().notModified(etag)
                ? new Outcome.NotModified(etag)
                : new Outcome.Stream(media, etag);
    }

    private Outcome one(ReadTx tx, ODataRequest request, Plan.ReadOne plan) {
        Entity entity = locator.require(tx, plan.address());
        EntityType shown = storedTypes.shownAs(plan.address().type(), entity.type());
        boolean selfContained =
                plan.shape().expand().isEmpty()
                        && !strategies.of(storedTypes.viewed(shown)).showsTime(entity.properties());
        if (selfContained && request.preconditions().notModified(entity)) {
            return new Outcome.NotModified(Preconditions.etag(entity));
        }
        Outcome found =
                new Outcome.Found(
                        plan.address(),
                        expander.node(tx, plan.address().type(), entity, plan.shape()),
                        plan.shape());
        return inspected(request, plan.address()) ? inspector.read(tx, entity, found) : found;
    }

    private Outcome many(ReadTx tx, Plan.ReadMany plan, Counts.Before before) {
        Address.Members address = plan.address();
        Plan.Selection selection = plan.selection();
        Optional<MemberSource> source = strategies.source(address);
        if (source.isPresent()) {
            return supplied(tx, source.get(), plan);
        }
        Locator.Reach reach = locator.reach(tx, address);
        Query query = query(tx, address, reach, selection, selection.skipToken());
        Page page = locator.page(tx, address, reach, query);
        return new Outcome.Listed(
                address,
                expander.nodes(tx, address.type(), page.items(), plan.shape()),
                plan.shape(),
                selection.count()
                        ? (Long) before.count(query, () -> locator.count(tx, address, reach, query))
                        : null,
                token(tx, address, page),
                selection.pageSizeHonoured(),
                selection.pageSize());
    }

    /** A collection that follows from other data: its members are at hand, all of them. */
    private Outcome supplied(ReadTx tx, MemberSource source, Plan.ReadMany plan) {
        Address.Members address = plan.address();
        List<Entity> members = ofType(source.members(tx, locator.owner(tx, address)), address);
        Plan.Selection selection = plan.selection();
        return new Outcome.Listed(
                address,
                expander.nodes(tx, address.type(), members, plan.shape()),
                plan.shape(),
                selection.count() ? (Long) (long) members.size() : null,
                null,
                false,
                selection.pageSize());
    }

    private List<Entity> ofType(List<Entity> members, Address.Members address) {
        return members.stream()
                .filter(entity ->
                        storedTypes.shownAs(address.type(), entity.type()).isA(address.type()))
                .toList();
    }

    private Outcome references(ReadTx tx, Plan.ReadReferences plan) {
        Plan.Selection selection = plan.selection();
        Optional<MemberSource> source = strategies.source(plan.address());
        if (source.isPresent()) {
            return new Outcome.References(
                    plan.address(),
                    source.get().members(tx, locator.owner(tx, plan.address())),
                    null,
                    null);
        }
        Locator.Reach reach = locator.reach(tx, plan.address());
        Query query = query(tx, plan.address(), reach, selection, selection.skipToken());
        Page page = locator.page(tx, plan.address(), reach, query);
        return new Outcome.References(
                plan.address(),
                page.items(),
                selection.count() ? (Long) locator.count(tx, plan.address(), reach, query) : null,
                token(tx, plan.address(), page));
    }

    private Outcome property(ReadTx tx, Plan.ReadProperty plan) {
        Entity entity = locator.require(tx, plan.address());
        int casts = plan.path().size();
        while (casts > 0 && !plan.path().get(casts - 1).cast()) {
            casts--;
        }
        if (storedTypes.holder(entity.properties(), plan.path().subList(0, casts)).isEmpty()) {
            throw Locator.notFound(plan.address());
        }
        Shape inOwner = Expansions.below(plan.path(), plan.shape());
        Node node = expander.node(tx, plan.address().type(), entity, inOwner);
        return new Outcome.PropertyFound(
                plan.address(), node, plan.path(), plan.raw(), plan.shape());
    }

    private Outcome call(ReadTx tx, Plan.Call plan) {
        String boundKey = null;
        if (plan.address() instanceof Address.One one) {
            boundKey = locator.require(tx, one).path();
        } else if (plan.address() instanceof Address.Members members) {
            Entity owner = locator.owner(tx, members);
            boundKey = owner == null ? null : owner.path();
        }
        FunctionHandler handler = strategies.function(plan.operation()).orElseThrow();
        return new Outcome.Returned(
                plan.operation(), handler.call(tx, boundKey, plan.arguments()), false);
    }

    private @Nullable String token(ReadTx tx, Address.Members address, Page page) {
        Query.Cursor next = page.next();
        return next == null ? null : skipTokens.seal(tx.tenant(), address, next);
    }

    private Query query(
            ReadTx tx,
            Address.Members address,
            Locator.Reach reach,
            Plan.Selection selection,
            @Nullable String skipToken) {
        StoredTypes.Stored stored = storedTypes.of(address);
        Query.Cursor after =
                skipToken == null
                        ? null
                        : skipTokens.open(
                                tx.tenant(), address, skipToken, selection.orderBy().size());
        return new Query(
                stored.kind(),
                stored.types(),
                reach.scope(),
                reach.and(selection.filter()),
                selection.orderBy(),
                after,
                selection.pageSize(),
                after == null ? selection.skip() : 0);
    }

    private static Plan.Selection selection(dev.usher.store.@Nullable Predicate filter) {
        return new Plan.Selection(filter, List.of(), 1, false, 0, false, null);
    }
}
