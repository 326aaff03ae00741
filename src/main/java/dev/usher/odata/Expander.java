package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.store.Entity;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Embeds what {@code $expand} asks for: one statement a level, whatever the number of entities. */
final class Expander {

    /** The objects that one answer embeds, on all levels together. */
    static final int EMBEDDED_MAX = 50_000;

    private final StoredTypes storedTypes;
    private final Strategies strategies;
    private final GivenCollections givens;
    private final Clock clock;

    /** What an answer has room for yet. */
    private static final class Room {

        private int left = EMBEDDED_MAX;

        void take(int objects) {
            left -= objects;
            if (left < 0) {
                throw new Refusal(
                        GraphError.EXPANDS_TOO_MUCH,
                        "The answer would embed more than "
                                + EMBEDDED_MAX
                                + " objects. Ask for fewer at a time, by $top, or embed less.",
                        "$expand",
                        List.of());
            }
        }
    }

    Expander(StoredTypes storedTypes, Strategies strategies, GivenCollections givens, Clock clock) {
        this.storedTypes = storedTypes;
        this.givens = givens;
        this.strategies = strategies;
        this.clock = clock;
    }

    /**
     * The entities as nodes, with their expansions.
     *
     * @throws Refusal 400 if these hold more than {@link #EMBEDDED_MAX} objects
     */
    List<Node> nodes(ReadTx tx, EntityType declared, List<Entity> entities, Shape shape) {
        return nodes(tx, declared, entities, shape, new Room());
    }

    private List<Node> nodes(
            ReadTx tx, EntityType declared, List<Entity> entities, Shape shape, Room room) {
        Instant now = clock.now(tx.tenant());
        if (shape.expand().isEmpty()) {
            return entities.stream().map(entity -> node(declared, entity, Map.of(), now)).toList();
        }
        List<Map<String, List<Node>>> expanded = new ArrayList<>();
        entities.forEach(_ -> expanded.add(new HashMap<>()));
        for (Shape.Expansion expansion : shape.expand()) {
            if (!entities.isEmpty()) {
                embed(tx, entities, expansion, expanded, room);
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < entities.size(); i++) {
            nodes.add(node(declared, entities.get(i), expanded.get(i), now));
        }
        return nodes;
    }

    private Node node(
            EntityType declared, Entity entity, Map<String, List<Node>> expanded, Instant now) {
        EntityType type = storedTypes.shownAs(declared, entity.type());
        return new Node(shown(type, entity, now), type, expanded);
    }

    private Entity shown(EntityType type, Entity entity, Instant now) {
        return entity.with(strategies.of(storedTypes.viewed(type)).shown(entity.properties(), now));
    }

    Node node(ReadTx tx, EntityType declared, Entity entity, Shape shape) {
        return nodes(tx, declared, List.of(entity), shape).getFirst();
    }

    private void embed(
            ReadTx tx,
            List<Entity> owners,
            Shape.Expansion expansion,
            List<Map<String, List<Node>>> into,
            Room room) {
        EntityType target = expansion.navigation().target();
        StoredTypes.Stored stored = storedTypes.of(target);
        Query.Scope scope =
                expansion.navigation().contained()
                        ? new Query.Scope.Children("")
                        : new Query.Scope.Linked(
                                expansion.navigation().linkName(), owners.getFirst().kind(), "");
        List<Entity> holding =
                owners.stream()
                        .filter(owner ->
                                storedTypes
                                        .holder(owner.properties(), expansion.complex())
                                        .isPresent())
                        .toList();
        if (holding.isEmpty()) {
            return;
        }
        Query query =
                new Query(
                        stored.kind(),
                        stored.types(),
                        scope,
                        expansion.filter(),
                        expansion.orderBy(),
                        null,
                        expansion.skip() + expansion.limit(),
                        0);
        Map<String, List<Entity>> found =
                expansion.navigation().given()
                        ? givens.expand(tx, expansion.navigation(), holding, query)
                        : tx.expand(query, holding.stream().map(Entity::path).toList());
        List<Entity> all = new ArrayList<>();
        owners.forEach(owner -> all.addAll(page(found, owner, expansion)));
        room.take(all.size());
        List<Node> nodes = nodes(tx, target, all, expansion.shape(), room);
        int at = 0;
        for (int i = 0; i < owners.size(); i++) {
            int size = page(found, owners.get(i), expansion).size();
            into.get(i).put(expansion.path(), List.copyOf(nodes.subList(at, at + size)));
            at += size;
        }
    }

    private static List<Entity> page(
            Map<String, List<Entity>> found, Entity owner, Shape.Expansion expansion) {
        List<Entity> all = found.getOrDefault(owner.path(), List.of());
        return all.subList(Math.min(expansion.skip(), all.size()), all.size());
    }
}
