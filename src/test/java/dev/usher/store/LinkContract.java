package dev.usher.store;

import static dev.usher.store.Samples.APPLICATION;
import static dev.usher.store.Samples.FLOW;
import static dev.usher.store.Samples.LANGUAGE;
import static dev.usher.store.Samples.PAGE;
import static dev.usher.store.Samples.PROVIDER;
import static dev.usher.store.Samples.child;
import static dev.usher.store.Samples.entity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What a store promises for links and containment, on each database and from both storage shapes.
 */
abstract class LinkContract extends StoreFixture {

    static final List<Kind> SHAPES = List.of(FLOW, APPLICATION);
    private static final String LINK = "userFlowIdentityProviders";

    @Test
    void deletesWhatAnEntityContainsAndItsLinks() {
        Entity flow = write(tx -> tx.insert(FLOW, entity(FLOW, "F")));
        Entity neighbour = write(tx -> tx.insert(FLOW, entity(FLOW, "F-2")));
        write(tx -> tx.insert(PROVIDER, entity(PROVIDER, "F")));
        write(tx -> {
            for (Entity owner : List.of(flow, neighbour)) {
                Entity language = tx.insert(LANGUAGE, child(LANGUAGE, owner, "en"));
                tx.insert(PAGE, child(PAGE, language, "start"));
                tx.link(LINK, "userFlow", owner.key(), "identityProvider", "f");
                tx.link("from", "language", language.path(), "identityProvider", "f");
            }
            return true;
        });

        write(tx -> delete(tx, FLOW, locked(tx, FLOW, "f")));

        assertThat(found(LANGUAGE, "f", "en")).isEmpty();
        assertThat(found(PAGE, "f/en", "start")).isEmpty();
        assertThat(found(LANGUAGE, "f-2", "en")).isPresent();
        assertThat(found(PAGE, "f-2/en", "start")).isPresent();
        assertThat(found(PROVIDER, "", "F")).isPresent();
        assertThat(this.<List<ReadTx.Incoming>>read(tx -> tx.incoming("identityProvider", "F", 10)))
                .containsExactly(
                        new ReadTx.Incoming("from", "language", "f-2/en"),
                        new ReadTx.Incoming(LINK, "userFlow", "f-2"));
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void linksInOrderAndBothWays(Kind source) {
        write(tx -> {
            tx.insert(source, entity(source, "S"));
            for (String id : List.of("C", "A", "B")) {
                tx.insert(PROVIDER, entity(PROVIDER, id));
                assertThat(tx.link(LINK, source.name(), "s", "identityProvider", id)).isTrue();
            }
            return true;
        });
        assertThat(linkedIds(source, "s")).containsExactly("C", "A", "B");
        assertThat(did(tx -> tx.link(LINK, source.name(), "S", "identityProvider", "a"))).isFalse();
        assertThat(did(tx -> tx.unlink(LINK, source.name(), "S", "identityProvider", "c")))
                .isTrue();
        assertThat(did(tx -> tx.unlink(LINK, source.name(), "S", "identityProvider", "c")))
                .isFalse();
        assertThat(did(tx -> tx.link(LINK, source.name(), "S", "identityProvider", "c"))).isTrue();
        assertThat(linkedIds(source, "s")).containsExactly("A", "B", "C");
        assertThat(
                        this.<List<ReadTx.Outgoing>>read(
                                tx -> tx.outgoing(List.of("x", LINK), source.name(), "S", 2)))
                .containsExactly(
                        new ReadTx.Outgoing(LINK, "identityProvider", "a"),
                        new ReadTx.Outgoing(LINK, "identityProvider", "b"));
        assertThat(
                        this.<List<ReadTx.Target>>read(
                                tx -> tx.targets(List.of("x", LINK), source.name(), "S", 2)))
                .extracting(ReadTx.Target::link, to -> to.entity().kind(), to -> to.entity().id())
                .containsExactly(
                        tuple(LINK, "identityProvider", "A"), tuple(LINK, "identityProvider", "B"));
        assertThat(is(tx -> tx.linked(LINK, source.name(), "s", "identityProvider", "B"))).isTrue();
        assertThat(is(tx -> tx.linked("x", source.name(), "s", "identityProvider", "B"))).isFalse();
        assertThat(this.<List<ReadTx.Incoming>>read(tx -> tx.incoming("identityProvider", "B", 1)))
                .containsExactly(new ReadTx.Incoming(LINK, source.name(), "s"));
        assertThat(this.<Integer>write(tx -> tx.unlinkAll(LINK, source.name(), "S"))).isEqualTo(3);
        assertThat(linkedIds(source, "s")).isEmpty();
    }

    private List<String> linkedIds(Kind source, String key) {
        return read(tx ->
                tx.query(linked(source, key, List.of(), null, 10)).items().stream()
                        .map(Entity::id)
                        .toList());
    }

    private static Query linked(
            Kind source, String key, List<Query.Order> order, Query.Cursor after, int limit) {
        return new Query(
                PROVIDER,
                List.of(),
                new Query.Scope.Linked(LINK, source.name(), key),
                null,
                order,
                after,
                limit,
                0);
    }

    @Test
    void linksToRowsOfATableAndRefusesAbsentTargets() {
        write(tx -> tx.insert(FLOW, entity(FLOW, "f")));
        write(tx -> tx.insert(APPLICATION, entity(APPLICATION, "app")));
        boolean linked =
                write(tx -> {
                    tx.find(APPLICATION, "", "APP").orElseThrow();
                    return tx.link("apps", "userFlow", "f", "application", "APP");
                });
        assertThat(linked).isTrue();
        assertThatThrownBy(
                        () -> write(tx -> tx.link("apps", "userFlow", "f", "apiConnector", "no")))
                .isInstanceOfSatisfying(
                        WriteTx.NoTarget.class, e -> assertThat(e.key()).isEqualTo("no"));
    }

    @Test
    void linksWithoutAnAnswer() {
        write(tx -> tx.insert(FLOW, entity(FLOW, "f")));
        for (String id : List.of("a", "b")) {
            write(tx -> tx.insert(PROVIDER, entity(PROVIDER, id)));
        }
        write(tx -> {
            for (String id : List.of("B", "a", "b")) {
                tx.linkLater(LINK, "userFlow", "F", "identityProvider", id);
            }
            return true;
        });
        assertThat(linkedIds(FLOW, "f")).containsExactly("b", "a");
        assertThatThrownBy(() ->
                        write(tx -> {
                            tx.insert(FLOW, entity(FLOW, "g"));
                            tx.linkLater(LINK, "userFlow", "g", "identityProvider", "no");
                            return true;
                        }))
                .isInstanceOfSatisfying(
                        WriteTx.NoTarget.class, e -> assertThat(e.key()).isEqualTo("no"));
        assertThat(this.<Optional<Entity>>read(tx -> tx.find(FLOW, "", "g"))).isEmpty();
    }

    @Test
    void pagesLinksByPosition() {
        write(tx -> {
            tx.insert(FLOW, entity(FLOW, "f"));
            for (String id : List.of("e", "d", "c", "b", "a")) {
                tx.insert(PROVIDER, entity(PROVIDER, id));
                tx.link(LINK, "userFlow", "f", "identityProvider", id);
            }
            return true;
        });
        List<String> seen = new ArrayList<>();
        Query.Cursor after = null;
        do {
            Query query = linked(FLOW, "f", List.of(), after, 2);
            Page page = read(tx -> tx.query(query));
            page.items().forEach(item -> seen.add(item.id()));
            after = page.next();
        } while (after != null);
        assertThat(seen).containsExactly("e", "d", "c", "b", "a");
    }

    @Test
    void expandsManyOwnersInOneStatement() {
        write(tx -> {
            for (String id : List.of("x", "y", "z")) {
                tx.insert(PROVIDER, entity(PROVIDER, id));
            }
            for (String id : List.of("One", "Two", "Three")) {
                Entity flow = tx.insert(FLOW, entity(FLOW, id));
                tx.insert(LANGUAGE, child(LANGUAGE, flow, "en"));
            }
            for (String to : List.of("z", "y", "x")) {
                tx.link(LINK, "userFlow", "one", "identityProvider", to);
            }
            tx.link(LINK, "userFlow", "two", "identityProvider", "x");
            return true;
        });
        Query links = linked(FLOW, "", List.of(), null, 2);
        Map<String, List<Entity>> found =
                read(tx -> tx.expand(links, List.of("One", "two", "three")));
        assertThat(found).containsOnlyKeys("one", "two");
        assertThat(found.get("one")).extracting(Entity::id).containsExactly("z", "y");
        assertThat(found.get("two")).extracting(Entity::id).containsExactly("x");
        Map<String, List<Entity>> children =
                read(tx -> tx.expand(Query.all(LANGUAGE, 5), List.of("one", "three", "four")));
        assertThat(children).containsOnlyKeys("one", "three");
        assertThat(this.<Map<String, List<Entity>>>read(tx -> tx.expand(links, List.of())))
                .isEmpty();
    }
}
