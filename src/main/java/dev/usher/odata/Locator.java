package dev.usher.odata;

import dev.usher.edm.AnnotationValue;
import dev.usher.edm.EntityType;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Terms;
import dev.usher.store.Entity;
import dev.usher.store.Folding;
import dev.usher.store.Kind;
import dev.usher.store.Operand;
import dev.usher.store.Page;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds what an address names, in one transaction. */
final class Locator {

    private final StoredTypes storedTypes;
    private final Strategies strategies;
    private final GivenCollections givens;

    Locator(StoredTypes storedTypes, Strategies strategies, GivenCollections givens) {
        this.storedTypes = storedTypes;
        this.strategies = strategies;
        this.givens = givens;
    }

    /**
     * How the members of a collection are reached.
     *
     * @param filter what narrows the scope down to them, null for nothing
     * @param owner null when the tenant itself is the owner
     */
    record Reach(Query.Scope scope, @Nullable Predicate filter, @Nullable Entity owner) {

        /** The reach's own filter together with another one. */
        @Nullable Predicate and(@Nullable Predicate other) {
            if (filter == null || other == null) {
                return filter == null ? other : filter;
            }
            return new Predicate.And(List.of(filter, other));
        }
    }

    /**
     * @throws Refusal 404, in the same words for what never existed, what is gone and what is
     *     another tenant's
     */
    Entity require(ReadTx tx, Address.One address) {
        return find(tx, address).orElseThrow(() -> notFound(address));
    }

    Optional<Entity> find(ReadTx tx, Address.One address) {
        if (address.container()) {
            return Optional.of(container(tx, address));
        }
        return switch (address) {
            case Address.Singleton singleton -> Optional.of(container(tx, singleton));
            case Address.Item item -> item(tx, item);
            case Address.Single single when single.navigation().contained() ->
                    Optional.of(only(tx, single));
            case Address.Single single -> {
                Entity owner = require(tx, single.owner());
                Query query =
                        query(
                                single.type(),
                                new Query.Scope.Linked(
                                        single.navigation().linkName(), owner.kind(), owner.path()),
                                1);
                yield tx.query(query).items().stream().findFirst();
            }
        };
    }

    /** How the members of a collection are reached; 404 when their owner does not exist. */
    Reach reach(ReadTx tx, Address.Members members) {
        Entity owner = owner(tx, members);
        Optional<String> referrer = referrer(members);
        if (referrer.isPresent() && owner != null) {
            return new Reach(
                    new Query.Scope.Children(""), equal(referrer.get(), owner.id(), false), owner);
        }
        if (members.navigation().contained()) {
            return new Reach(
                    new Query.Scope.Children(owner == null ? "" : owner.path()), null, owner);
        }
        if (owner == null) {
            throw new IllegalStateException("links without an owner: " + members.path());
        }
        return new Reach(
                new Query.Scope.Linked(members.navigation().linkName(), owner.kind(), owner.path()),
                null,
                owner);
    }

    /** The property of the members that holds the key of their owner, if that is how they hang. */
    static Optional<String> referrer(Address.Members members) {
        return members.navigation().annotations().text(Terms.REFERRER);
    }

    /** The stored owner of a collection; null when the tenant itself is the owner. */
    @Nullable Entity owner(ReadTx tx, Address.Members members) {
        Address.One owner = members.owner();
        return owner == null || owner.container() ? null : require(tx, owner);
    }

    /** The entity of that key that may stand where the type is expected. */
    Optional<Entity> byKey(ReadTx tx, EntityType type, String parent, String key) {
        for (StoredTypes.Stored stored : storedTypes.parts(type)) {
            Optional<Entity> found = byKey(tx, stored, parent, key);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Entity> byKey(
            ReadTx tx, StoredTypes.Stored stored, String parent, String key) {
        Optional<Entity> found =
                tx.find(stored.kind(), parent, key)
                        .filter(entity ->
                                stored.types().isEmpty() || stored.types().contains(entity.type()));
        Optional<String> alias = stored.viewed().inherited(Terms.KEY_ALIAS).map(Locator::text);
        return found.isPresent() || alias.isEmpty()
                ? found
                : byProperty(tx, stored, parent, alias.get(), key);
    }

    private static Optional<Entity> byProperty(
            ReadTx tx, StoredTypes.Stored stored, String parent, String property, String value) {
        boolean fold = stored.viewed().inherited(Terms.IGNORE_CASE).isPresent();
        Query query =
                new Query(
                        stored.kind(),
                        stored.types(),
                        new Query.Scope.Children(parent),
                        equal(
                                property,
                                fold ? Folding.fold(value) : value,
                                fold && !lowerCase(stored, property)),
                        List.of(),
                        null,
                        1,
                        0);
        return tx.query(query).items().stream().findFirst();
    }

    private static boolean lowerCase(StoredTypes.Stored stored, String property) {
        return stored.viewed()
                .property(property)
                .filter(found -> found.annotations().flag(Terms.LOWER_CASE))
                .isPresent();
    }

    private static Predicate equal(String property, String value, boolean lower) {
        Operand operand = new Operand.Property("", List.of(property), PrimitiveType.STRING);
        return new Predicate.Compare(
                lower ? new Operand.Lower(operand) : operand,
                Predicate.Operator.EQ,
                new Operand.Literal(value, PrimitiveType.STRING));
    }

    private static String text(AnnotationValue value) {
        return value instanceof AnnotationValue.Text(String text) ? text : "";
    }

    Query query(EntityType type, Query.Scope scope, int limit) {
        StoredTypes.Stored stored = storedTypes.of(type);
        return new Query(stored.kind(), stored.types(), scope, null, List.of(), null, limit, 0);
    }

    static Refusal notFound(Address address) {
        return Refusal.notFound("Resource '" + address.path() + "' does not exist.");
    }

    /** One page of the members, by a query along their reach. */
    Page page(ReadTx tx, Address.Members members, Reach reach, Query query) {
        return members.navigation().given()
                ? givens.page(tx, members.navigation(), owner(members, reach), query)
                : tx.query(query);
    }

    /** How many members the query's filter leaves. */
    long count(ReadTx tx, Address.Members members, Reach reach, Query query) {
        return members.navigation().given()
                ? givens.count(tx, members.navigation(), owner(members, reach), query)
                : tx.count(query);
    }

    private static Entity owner(Address.Members members, Reach reach) {
        if (reach.owner() == null) {
            throw new IllegalStateException("nothing is given at the top: " + members.path());
        }
        return reach.owner();
    }

    /**
     * The entity and those that contain it, outermost first.
     *
     * @throws Refusal 404
     */
    List<Entity> chain(ReadTx tx, Address.Item item) {
        List<Entity> chain = new ArrayList<>();
        if (item.of().owner() instanceof Address.Item owner) {
            chain.addAll(chain(tx, owner));
        }
        Entity owner = chain.isEmpty() ? null : chain.getLast();
        chain.add(member(tx, item, owner).orElseThrow(() -> notFound(item)));
        return chain;
    }

    private Optional<Entity> item(ReadTx tx, Address.Item item) {
        return member(tx, item, owner(tx, item.of()));
    }

    private Optional<Entity> member(ReadTx tx, Address.Item item, @Nullable Entity owner) {
        Address.Members members = item.of();
        if (members.navigation().given() && owner != null) {
            return givens.find(tx, members.navigation(), owner, item.key());
        }
        Optional<MemberSource> source = strategies.source(members);
        if (source.isPresent()) {
            return source.get().member(tx, owner, item.key());
        }
        if (item.by() != null) {
            String parent = owner == null ? "" : owner.path();
            return byProperty(tx, storedTypes.of(members), parent, item.by(), item.key());
        }
        Optional<String> referrer = referrer(members);
        if (referrer.isPresent() && owner != null) {
            return byKey(tx, item.type(), "", item.key())
                    .filter(target ->
                            target.properties()
                                    .path(referrer.get())
                                    .asString("")
                                    .equals(owner.id()));
        }
        if (members.navigation().annotations().text(Terms.KEPT_AS).isPresent()) {
            return byKey(tx, storedTypes.of(members), "", item.key());
        }
        if (members.navigation().contained()) {
            return byKey(tx, item.type(), owner == null ? "" : owner.path(), item.key());
        }
        return byKey(tx, item.type(), "", item.key())
                .filter(target ->
                        owner != null
                                && tx.linked(
                                        members.navigation().linkName(),
                                        owner.kind(),
                                        owner.path(),
                                        target.kind(),
                                        target.path()));
    }

    /** The stored instance, else the one that there is from the first moment: of version 0. */
    private Entity only(ReadTx tx, Address.Single single) {
        String parent = single.owner().container() ? "" : require(tx, single.owner()).path();
        EntityType type = single.type();
        Kind kind = storedTypes.kind(type);
        String key = type.annotations().text(Terms.FIXED_KEY).orElseThrow();
        return tx.find(kind, parent, key)
                .orElseGet(() -> {
                    ObjectNode properties = JsonNodeFactory.instance.objectNode();
                    strategies.of(type).complete(properties);
                    return new Entity(
                            kind.name(), parent, key, type.qualifiedName(), 0, properties);
                });
    }

    private static Entity container(ReadTx tx, Address.One address) {
        return new Entity(
                "singleton",
                "",
                tx.tenant().toString(),
                address.type().qualifiedName(),
                0,
                JsonNodeFactory.instance.objectNode());
    }
}
