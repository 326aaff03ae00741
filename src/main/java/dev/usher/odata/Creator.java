package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Property;
import dev.usher.edm.Terms;
import dev.usher.ids.Ids;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Query;
import dev.usher.store.WriteTx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes new entities, with their references and their contained members, in one transaction. */
final class Creator {

    private final Strategies strategies;
    private final StoredTypes storedTypes;
    private final Locator locator;
    private final Holder holder;
    private final LinkWriter links;
    private final Ids ids;

    Creator(
            Strategies strategies,
            StoredTypes storedTypes,
            Locator locator,
            Holder holder,
            LinkWriter links,
            Ids ids) {
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        this.locator = locator;
        this.holder = holder;
        this.links = links;
        this.ids = ids;
    }

    /** Slow work, before the transaction. */
    void prepare(Draft draft) {
        strategies.of(draft.type()).prepare(draft);
        draft.contained().forEach(each -> each.members().forEach(this::prepare));
    }

    /** As the next, at an address, whose type may be a view. */
    Entity create(
            WriteTx tx,
            Address.Members at,
            @Nullable Entity owner,
            Draft draft,
            List<String> placeholders) {
        return create(tx, at.navigation(), owner, draft, placeholders, Views.targets(at.type()));
    }

    /**
     * @param owner the entity that will contain it, locked; null for the tenant
     * @param placeholders gathers the members that were made up
     * @param targets how violations name their places
     * @throws Refusal 400 with every violation, 409 when it clashes with another entity
     */
    private Entity create(
            WriteTx tx,
            NavigationProperty navigation,
            @Nullable Entity owner,
            Draft draft,
            List<String> placeholders,
            UnaryOperator<String> targets) {
        EntityType type = draft.type();
        Kind kind = storedTypes.kind(type);
        Strategy strategy = strategies.of(type);
        Violations violations = new Violations(targets);
        List<LinkWriter.Resolved> resolved = links.resolve(tx, draft.links(), violations);
        String id =
                newKey(
                        tx,
                        draft.withLinks(resolved.stream().map(LinkWriter.Resolved::links).toList()),
                        strategy,
                        placeholders,
                        violations);
        ObjectNode properties = withoutComputed(type, draft.properties());
        Views.keep(type, properties, violations);
        Optional<String> referrer = navigation.annotations().text(Terms.REFERRER);
        if (owner != null) {
            referrer.ifPresent(name -> refer(properties, name, owner, violations));
        }
        strategy.complete(properties);
        Merge.checkComputed(type, draft.properties(), properties, violations);
        Merge.unmask(kind, JsonNodeFactory.instance.objectNode(), properties, violations);
        var candidate =
                new Strategy.Candidate(
                        type.qualifiedName(), id, properties, properties, true, owner);
        LinkSet related = new LinkSet(tx, locator, storedTypes.navigations(type), null);
        resolved.forEach(each -> related.giving(each.navigation(), each.targets()));
        strategy.relate(tx, candidate, related, violations);
        strategy.validate(tx, candidate, violations);
        violations.refuse();
        strategy.creating(tx, candidate, owner);
        String parent = owner == null || referrer.isPresent() ? "" : owner.path();
        Places.append(
                tx,
                locator,
                navigation,
                navigation.target(),
                new Query.Scope.Children(parent),
                properties);
        Entity entity =
                holder.insert(
                        tx,
                        navigation,
                        owner,
                        new Entity(kind.name(), parent, id, type.qualifiedName(), 0, properties));
        links.write(tx, entity, resolved, related);
        strategy.created(tx, entity, draft);
        contain(tx, entity, draft.contained());
        return entity;
    }

    private void contain(WriteTx tx, Entity owner, List<Draft.Contained> contained) {
        for (Draft.Contained collection : contained) {
            for (Draft member : collection.members()) {
                create(tx, owner, collection, member);
            }
        }
    }

    private void create(WriteTx tx, Entity owner, Draft.Contained of, Draft member) {
        String place = of.path() + "/" + of.members().indexOf(member) + "/";
        // the places of references were found in the whole body
        UnaryOperator<String> targets = name -> name.startsWith(place) ? name : place + name;
        create(tx, of.navigation(), owner, member, new ArrayList<>(), targets);
    }

    /** Makes the members the only ones. One of which no more than the key is given stays. */
    void replaceContained(WriteTx tx, Entity owner, List<Draft.Contained> contained) {
        for (Draft.Contained collection : contained) {
            Set<String> kept = new HashSet<>();
            for (Draft member : collection.members()) {
                if (member.key() != null && member.properties().isEmpty()) {
                    kept.add(Entity.fold(member.key()));
                }
            }
            Set<String> present = removeAllBut(tx, owner, collection.navigation(), kept);
            for (Draft member : collection.members()) {
                if (member.key() == null || !present.contains(Entity.fold(member.key()))) {
                    create(tx, owner, collection, member);
                }
            }
        }
    }

    /** Returns the keys of those that stay. */
    Set<String> removeAllBut(
            WriteTx tx, Entity owner, NavigationProperty navigation, Set<String> kept) {
        EntityType declared = navigation.target();
        Kind kind = storedTypes.kind(declared);
        Query query =
                locator.query(
                        declared, new Query.Scope.Children(owner.path()), ValueBinder.ITEMS_MAX);
        Set<String> present = new HashSet<>();
        for (Entity member : tx.all(query)) {
            if (kept.contains(member.key())) {
                present.add(member.key());
                continue;
            }
            Entity locked = tx.lock(kind, member.parent(), member.id()).orElseThrow();
            strategies.of(storedTypes.shownAs(declared, member.type())).deleting(tx, locked);
            tx.delete(kind, locked);
        }
        return present;
    }

    private String newKey(
            WriteTx tx,
            Draft draft,
            Strategy strategy,
            List<String> placeholders,
            Violations violations) {
        String given = draft.key();
        String keyName = draft.type().key();
        if (Keys.chosenByCaller(draft.type())) {
            if (given == null || given.isEmpty()) {
                placeholders.add(keyName);
                given = ids.hex32();
            }
            return Keys.withPrefix(draft.type(), given);
        }
        String made = strategy.key(tx, draft, ids);
        if (given != null && !given.equalsIgnoreCase(made)) {
            violations.add(keyName, Rule.READ_ONLY, "'" + keyName + "' is set by the service.");
        }
        return made;
    }

    static Refusal taken(WriteTx.DuplicateKey duplicate) {
        return new Refusal(
                GraphError.CONFLICT,
                "An object with the id '" + duplicate.id() + "' exists already.",
                "id",
                List.of());
    }

    /** A new member names its owner, by itself or because it is created there. */
    private static void refer(
            ObjectNode properties, String name, Entity owner, Violations violations) {
        String given = properties.path(name).asString("");
        if (!given.isEmpty() && !given.equalsIgnoreCase(owner.id())) {
            violations.add(
                    name, Rule.NOT_ALLOWED, "'" + name + "' must be the id in the request's path.");
        }
        properties.put(name, owner.id());
    }

    /** What a body gives of the properties that callers choose. */
    static ObjectNode withoutComputed(EntityType type, ObjectNode given) {
        ObjectNode properties = given.deepCopy();
        type.properties().stream()
                .filter(Property::computed)
                .forEach(property -> properties.remove(property.name()));
        return properties;
    }
}
