package dev.usher.store;

import static dev.usher.store.Samples.ACTOR;
import static dev.usher.store.Samples.APPLICATION;
import static dev.usher.store.Samples.FLOW;
import static dev.usher.store.Samples.PROVIDER;
import static dev.usher.store.Samples.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.ids.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Filters, orders and pages on random data against {@link Reference}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueryContract {

    static final List<Kind> SHAPES = List.of(FLOW, APPLICATION);
    private static final int ENTITIES = 80;
    private static final int PREDICATES = 500;
    private static final int ORDERINGS = 30;

    /** -Dseed=N plays a failed run again. */
    private final long seed =
            Long.getLong("seed", Boolean.getBoolean("long") ? System.nanoTime() : 1);

    private final Map<String, List<Entity>> all = new HashMap<>();
    private final Map<String, List<Entity>> links = new HashMap<>();
    private final Map<String, List<Entity>> contained = new HashMap<>();
    private Store store;

    abstract StoreSettings fresh();

    @BeforeAll
    void fill() {
        store = TestDatabases.open(fresh());
        PredicateGenerator generator = new PredicateGenerator(seed);
        store.write(
                TENANT,
                ACTOR,
                tx -> {
                    List<Entity> providers = insert(tx, generator, PROVIDER, 8);
                    for (Kind kind : SHAPES) {
                        for (Entity entity : insert(tx, generator, kind, ENTITIES)) {
                            link(tx, generator, entity, providers);
                            contain(tx, generator, entity, Samples.inside(kind));
                        }
                    }
                    return true;
                });
    }

    private List<Entity> insert(WriteTx tx, PredicateGenerator generator, Kind kind, int count) {
        List<Entity> stored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = (generator.chance(0.5) ? "e" : "E") + i;
            stored.add(tx.insert(kind, generator.entity(kind, id)));
        }
        all.put(kind.name(), stored);
        return stored;
    }

    private void link(
            WriteTx tx, PredicateGenerator generator, Entity entity, List<Entity> providers) {
        for (Entity provider : providers) {
            if (generator.chance(0.2)) {
                tx.link("uses", entity.kind(), entity.key(), "identityProvider", provider.key());
                links.computeIfAbsent(entity.kind() + entity.key(), _ -> new ArrayList<>())
                        .add(provider);
            }
        }
    }

    private void contain(WriteTx tx, PredicateGenerator generator, Entity owner, Kind kind) {
        for (int i = generator.below(4); i > 0; i--) {
            Entity made = generator.entity(kind, "c" + i);
            Entity inside =
                    new Entity(
                            made.kind(),
                            owner.path(),
                            made.id(),
                            made.type(),
                            made.version(),
                            made.properties());
            contained
                    .computeIfAbsent(owner.kind() + owner.key(), _ -> new ArrayList<>())
                    .add(tx.insert(kind, inside));
        }
    }

    @AfterAll
    void close() {
        store.close();
    }

    private Reference reference(Kind kind) {
        return new Reference(ofKind(links, kind), ofKind(contained, kind));
    }

    private Map<String, List<Entity>> ofKind(Map<String, List<Entity>> others, Kind kind) {
        Map<String, List<Entity>> ofKind = new HashMap<>();
        all.get(kind.name())
                .forEach(entity ->
                        ofKind.put(
                                entity.key(),
                                others.getOrDefault(kind.name() + entity.key(), List.of())));
        return ofKind;
    }

    /** Letters fold alone or with what follows them; what is compared is the key as spelled. */
    @Test
    void prefixesOfKeys() {
        List<String> ids = List.of("E0x", "e0x\u03a3", "\u0391\u03a3", "\u0391\u03a3\u0391");
        TenantId tenant = TenantId.of("33333333-3333-4333-8333-333333333333");
        store.write(
                tenant,
                ACTOR,
                tx -> {
                    ids.forEach(id -> tx.insert(PROVIDER, Samples.entity(PROVIDER, id)));
                    return true;
                });
        Map<String, List<String>> expected =
                Map.of(
                        "E0", List.of("E0x"),
                        "e0x", List.of("e0x\u03a3"),
                        "e0X", List.of(),
                        "\u0391\u03a3", List.of("\u0391\u03a3\u0391", "\u0391\u03a3"),
                        "", ids);
        expected.forEach((prefix, found) -> {
            Predicate startsWith =
                    new Predicate.TextMatch(
                            Predicate.Function.STARTS_WITH,
                            Samples.property("id"),
                            Samples.text(prefix));
            Query query = query(PROVIDER, startsWith, List.of(), null, 10);
            assertThat(store.read(tenant, tx -> tx.query(query)).items())
                    .extracting(Entity::id)
                    .as(prefix)
                    .containsExactlyInAnyOrderElementsOf(found);
        });
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void filtersAsTheReferenceDoes(Kind kind) {
        PredicateGenerator generator = new PredicateGenerator(seed + 1);
        Reference reference = reference(kind);
        for (int i = 0; i < PREDICATES; i++) {
            Predicate predicate = generator.predicate(kind, 4);
            List<String> expected =
                    all.get(kind.name()).stream()
                            .filter(entity -> reference.holds(predicate, entity))
                            .map(Entity::key)
                            .sorted()
                            .toList();
            Query query = query(kind, predicate, List.of(), null, ENTITIES + 1);
            store.read(
                    TENANT,
                    tx -> {
                        assertThat(keys(tx.query(query).items()))
                                .as("seed %d: %s", seed, predicate)
                                .isEqualTo(expected);
                        assertThat(tx.count(query)).isEqualTo(expected.size());
                        return true;
                    });
        }
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void memoryAnswersAsTheDatabaseDoes(Kind kind) {
        PredicateGenerator generator = new PredicateGenerator(seed + 4);
        MemoryRows rows = new MemoryRows(all.get(kind.name()));
        int compared = 0;
        for (int i = 0; i < PREDICATES; i++) {
            Predicate predicate = generator.predicate(kind, 4);
            List<Query.Order> orders = generator.orders();
            Query query = query(kind, predicate, orders, null, 1 + generator.below(10));
            if (asksForOthers(predicate)) {
                continue;
            }
            compared++;
            assertThat(rows.count(query)).isEqualTo(store.read(TENANT, tx -> tx.count(query)));
            assertThat(walk(query, rows::page))
                    .as("seed %d: %s %s", seed, predicate, orders)
                    .isEqualTo(walk(query, next -> store.read(TENANT, tx -> tx.query(next))));
        }
        assertThat(compared).isGreaterThan(PREDICATES / 4);
        Predicate yes = new Predicate.Constant(true);
        Query linked =
                query(
                        kind,
                        new Predicate.AnyLinked("uses", PROVIDER, List.of(), "p", yes),
                        List.of(),
                        null,
                        1);
        assertThatThrownBy(() -> rows.count(linked)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean asksForOthers(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And(var parts) -> parts.stream().anyMatch(QueryContract::asksForOthers);
            case Predicate.Or(var parts) -> parts.stream().anyMatch(QueryContract::asksForOthers);
            case Predicate.Not(var of) -> asksForOthers(of);
            case Predicate.Is(var of, _) -> asksForOthers(of);
            case Predicate.AnyLinked _, Predicate.AllLinked _ -> true;
            case Predicate.AnyContained _, Predicate.AllContained _ -> true;
            default -> false;
        };
    }

    /** Every page by the cursor of the one before it, in the form in which cursors travel. */
    private static List<String> walk(Query query, Function<Query, Page> source) {
        List<String> pages = new ArrayList<>();
        Query.Cursor after = null;
        do {
            Page page =
                    source.apply(
                            query(
                                    query.kind(),
                                    query.filter(),
                                    query.orderBy(),
                                    after,
                                    query.limit()));
            after = page.next();
            pages.add(keys(page.items()) + " " + after);
        } while (after != null);
        return pages;
    }

    private static List<String> keys(List<Entity> entities) {
        return entities.stream().map(Entity::key).toList();
    }

    private static Query query(
            Kind kind, Predicate filter, List<Query.Order> orders, Query.Cursor after, int limit) {
        Query.Scope top = new Query.Scope.Children("");
        return new Query(kind, List.of(), top, filter, orders, after, limit, 0);
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void ordersAndPagesAsTheReferenceDoes(Kind kind) {
        PredicateGenerator generator = new PredicateGenerator(seed + 2);
        for (int i = 0; i < ORDERINGS; i++) {
            List<Query.Order> orders = generator.orders();
            List<String> expected =
                    all.get(kind.name()).stream()
                            .sorted(comparator(orders))
                            .map(Entity::key)
                            .toList();
            assertThat(pages(kind, orders, 1 + generator.below(30), () -> {}))
                    .as("seed %d: %s", seed, orders)
                    .isEqualTo(expected);
        }
    }

    private static Comparator<Entity> comparator(List<Query.Order> orders) {
        Comparator<Entity> comparator = (one, other) -> 0;
        for (Query.Order order : orders) {
            Comparator<Entity> by =
                    (one, other) ->
                            Reference.order(
                                    Reference.operand(order.by(), Map.of("", one)),
                                    Reference.operand(order.by(), Map.of("", other)));
            comparator = comparator.thenComparing(order.descending() ? by.reversed() : by);
        }
        return comparator.thenComparing(Entity::key);
    }

    private List<String> pages(
            Kind kind, List<Query.Order> orders, int size, Runnable betweenPages) {
        List<String> seen = new ArrayList<>();
        Query.Cursor after = null;
        do {
            Query query = query(kind, null, orders, after, size);
            Page page = store.read(TENANT, tx -> tx.query(query));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size).isNotEmpty();
            seen.addAll(keys(page.items()));
            after = page.next();
            betweenPages.run();
        } while (after != null);
        return seen;
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void pagesShowEachOldEntityOnceWhileOthersComeAndGo(Kind kind) {
        PredicateGenerator generator = new PredicateGenerator(seed + 3);
        Set<String> old = new HashSet<>(keys(all.get(kind.name())));
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Query.Order> orders = generator.orders();
            List<String> seen =
                    pages(
                            kind,
                            orders,
                            7,
                            () -> {
                                if (added.size() % 3 == 2) {
                                    remove(kind, added.removeLast());
                                }
                                String id = "new" + generator.below(1_000_000_000);
                                added.add(id);
                                store.write(
                                        TENANT,
                                        ACTOR,
                                        tx -> tx.insert(kind, generator.entity(kind, id)));
                            });
            assertThat(seen).as("seed %d: %s", seed, orders).doesNotHaveDuplicates();
            assertThat(seen).containsAll(old);
            added.forEach(id -> remove(kind, id));
            added.clear();
        }
    }

    private void remove(Kind kind, String id) {
        store.write(
                TENANT,
                ACTOR,
                tx -> {
                    tx.delete(kind, tx.lock(kind, "", id).orElseThrow());
                    return true;
                });
    }
}
