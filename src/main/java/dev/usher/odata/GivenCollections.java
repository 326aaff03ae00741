package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.store.Entity;
import dev.usher.store.MemoryRows;
import dev.usher.store.Page;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads collections whose members are there without being stored: the given members, with the
 * stored ones laid over them. They are few, so filter, order and page are worked out in memory.
 */
final class GivenCollections {

    private final StoredTypes storedTypes;
    private final Strategies strategies;

    GivenCollections(StoredTypes storedTypes, Strategies strategies) {
        this.storedTypes = storedTypes;
        this.strategies = strategies;
    }

    /**
     * @throws Refusal 400 if the collection cannot be used at present
     */
    void requireOpen(NavigationProperty navigation, Entity owner) {
        String why = of(navigation).closed(owner);
        if (why != null) {
            throw new Refusal(GraphError.INVALID_VALUE, why, navigation.name(), List.of());
        }
    }

    /** The member of that key, ignoring case: the stored one, else the given one. */
    Optional<Entity> find(ReadTx tx, NavigationProperty navigation, Entity owner, String key) {
        requireOpen(navigation, owner);
        Optional<Entity> stored =
                navigation.fixed()
                        ? Optional.empty()
                        : tx.find(storedTypes.kind(navigation.target()), owner.path(), key);
        return stored.map(entity -> counted(navigation, owner, entity))
                .or(() -> given(navigation, owner, key));
    }

    /** The given member of that key. */
    Optional<Entity> given(NavigationProperty navigation, Entity owner, String key) {
        return given(navigation, owner).values().stream()
                .filter(entity -> entity.key().equals(Entity.fold(key)))
                .findFirst();
    }

    /** A stored member as it counts; its tag covers what the owner adds. */
    Entity counted(NavigationProperty navigation, Entity owner, Entity stored) {
        Entity counted = stored.with(of(navigation).counted(owner, stored));
        return counted.withVersion(stored.version() ^ tag(counted));
    }

    /** One page of the members of one owner. */
    Page page(ReadTx tx, NavigationProperty navigation, Entity owner, Query query) {
        requireOpen(navigation, owner);
        return rows(tx, navigation, owner).page(query);
    }

    long count(ReadTx tx, NavigationProperty navigation, Entity owner, Query query) {
        requireOpen(navigation, owner);
        return rows(tx, navigation, owner).count(query);
    }

    private MemoryRows rows(ReadTx tx, NavigationProperty navigation, Entity owner) {
        Map<String, List<Entity>> stored = stored(tx, navigation, List.of(owner));
        return new MemoryRows(
                members(navigation, owner, stored.getOrDefault(owner.path(), List.of())));
    }

    /** As {@link ReadTx#expand}: one statement at most, however many owners. */
    Map<String, List<Entity>> expand(
            ReadTx tx, NavigationProperty navigation, List<Entity> owners, Query query) {
        Map<String, List<Entity>> stored = stored(tx, navigation, owners);
        Map<String, List<Entity>> found = new HashMap<>();
        for (Entity owner : owners) {
            if (of(navigation).closed(owner) == null) {
                List<Entity> own = stored.getOrDefault(owner.path(), List.of());
                MemoryRows rows = new MemoryRows(members(navigation, owner, own));
                found.put(owner.path(), rows.page(query).items());
            }
        }
        return found;
    }

    private Map<String, List<Entity>> stored(
            ReadTx tx, NavigationProperty navigation, List<Entity> owners) {
        if (navigation.fixed()) {
            return Map.of();
        }
        Query all =
                new Query(
                        storedTypes.kind(navigation.target()),
                        List.of(),
                        new Query.Scope.Children(""),
                        null,
                        List.of(),
                        null,
                        GivenMembers.MEMBERS_MAX,
                        0);
        return tx.expand(all, owners.stream().map(Entity::path).toList());
    }

    private List<Entity> members(NavigationProperty navigation, Entity owner, List<Entity> stored) {
        Map<String, Entity> members = given(navigation, owner);
        stored.forEach(entity -> members.put(entity.key(), counted(navigation, owner, entity)));
        return List.copyOf(members.values());
    }

    private Map<String, Entity> given(NavigationProperty navigation, Entity owner) {
        EntityType type = navigation.target();
        Map<String, Entity> members = new LinkedHashMap<>();
        for (GivenMembers.Given given : of(navigation).of(owner)) {
            Entity member =
                    new Entity(
                            storedTypes.kind(type).name(),
                            owner.path(),
                            given.id(),
                            type.qualifiedName(),
                            0,
                            given.properties());
            members.put(member.key(), member.withVersion(tag(member)));
        }
        return members;
    }

    private GivenMembers of(NavigationProperty navigation) {
        return strategies.given(navigation.target());
    }

    private static long tag(Entity entity) {
        String state = entity.id() + entity.properties();
        return Tags.of(state.getBytes(StandardCharsets.UTF_8));
    }
}
