package dev.usher.store;

import static dev.usher.store.Samples.ACTOR;
import static dev.usher.store.Samples.APPLICATION;
import static dev.usher.store.Samples.FLOW;
import static dev.usher.store.Samples.LANGUAGE;
import static dev.usher.store.Samples.PAGE;
import static dev.usher.store.Samples.PROVIDER;
import static dev.usher.store.Samples.child;
import static dev.usher.store.Samples.entity;
import static dev.usher.store.Samples.equal;
import static dev.usher.store.Samples.object;
import static dev.usher.store.Samples.property;
import static dev.usher.store.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.ids.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.node.ObjectNode;

/** What a store promises for entities and links, on each database and in both storage shapes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {

    static final List<Kind> SHAPES = List.of(FLOW, APPLICATION);
    private static final String LINK = "userFlowIdentityProviders";

    private StoreSettings settings;
    private Store store;

    /** Each test has tenants of its own. */
    private TenantId tenant;

    private TenantId other;

    abstract StoreSettings fresh();

    @BeforeAll
    void open() {
        settings = fresh();
        store = TestDatabases.open(settings);
    }

    @BeforeEach
    void newTenants() {
        tenant = new TenantId(TestDatabases.ids().guid());
        other = new TenantId(TestDatabases.ids().guid());
    }

    @AfterAll
    void close() {
        store.close();
    }

    private <T> T write(Function<WriteTx, T> work) {
        return store.write(tenant, ACTOR, work);
    }

    private <T> T read(Function<ReadTx, T> work) {
        return store.read(tenant, work);
    }

    private boolean is(Function<ReadTx, Boolean> work) {
        return store.read(tenant, work);
    }

    private boolean did(Function<WriteTx, Boolean> work) {
        return store.write(tenant, ACTOR, work);
    }

    private long count(Kind kind) {
        return store.<Long>read(tenant, tx -> tx.count(Query.all(kind, 1)));
    }

    private Optional<Entity> found(Kind kind, String id) {
        return found(kind, "", id);
    }

    private Optional<Entity> found(Kind kind, String parent, String id) {
        return store.read(tenant, tx -> tx.find(kind, parent, id));
    }

    private static Optional<Entity> find(ReadTx tx, Kind kind, String id) {
        return tx.find(kind, "", id);
    }

    private static Entity locked(WriteTx tx, Kind kind, String id) {
        return tx.lock(kind, "", id).orElseThrow();
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void keepsWhatIsInserted(Kind kind) {
        ObjectNode properties = Samples.properties(kind, "A");
        properties.put("createdDateTime", "2026-01-02T03:04:05.678Z").put("number", 7);
        properties.put("flag", true).putNull("nothing").put("text", "äöü 🦊 \"quoted\"");
        properties.putObject("inner").putArray("list").add(1).add("two").addNull();
        Entity stored = write(tx -> tx.insert(kind, entity(kind, "Mixed-Case", properties)));

        Entity found = read(tx -> find(tx, kind, "mixed-CASE")).orElseThrow();

        assertThat(found).isEqualTo(stored);
        assertThat(found.id()).isEqualTo("Mixed-Case");
        assertThat(found.properties()).isEqualTo(properties);
        assertThat(found.type()).isEqualTo("test." + kind.name());
        assertThat(found.version()).isNotNegative();
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void refusesAKeyThatDiffersInCaseOnly(Kind kind) {
        write(tx -> tx.insert(kind, entity(kind, "Same")));
        assertThatThrownBy(() -> write(tx -> tx.insert(kind, entity(kind, "sAME"))))
                .isInstanceOfSatisfying(
                        WriteTx.DuplicateKey.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(kind.name());
                            assertThat(e.id()).isEqualTo("sAME");
                        });
        assertThat(count(kind)).isEqualTo(1);
    }

    @Test
    void refusesASecondValueOfAUniqueColumn() {
        write(tx -> tx.insert(APPLICATION, entity(APPLICATION, "one")));
        Entity two = entity(APPLICATION, "two", Samples.properties(APPLICATION, "one"));
        assertThatThrownBy(() -> write(tx -> tx.insert(APPLICATION, two)))
                .isInstanceOf(WriteTx.DuplicateKey.class);
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void goesOnAfterADuplicateThatTheWorkHandles(Kind kind) {
        write(tx -> tx.insert(kind, entity(kind, "a")));
        write(tx -> {
            assertThatThrownBy(() -> tx.insert(kind, entity(kind, "A")))
                    .isInstanceOf(WriteTx.DuplicateKey.class);
            return tx.insert(kind, entity(kind, "b"));
        });
        assertThat(found(kind, "b")).isPresent();
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void replacesUnderANewVersionAndKeepsTheSpellingOfTheKey(Kind kind) {
        Entity first = write(tx -> tx.insert(kind, entity(kind, "Key")));
        Entity second =
                write(tx -> {
                    locked(tx, kind, "KEY");
                    ObjectNode changed = first.properties().deepCopy();
                    changed.put("displayName", "other").remove("nothing");
                    return tx.replace(kind, entity(kind, "KEY", changed));
                });
        assertThat(second.version()).isNotEqualTo(first.version());
        Entity found = read(tx -> find(tx, kind, "key")).orElseThrow();
        assertThat(found).isEqualTo(second);
        assertThat(found.id()).isEqualTo("Key");
        assertThat(found.properties().get("displayName").stringValue()).isEqualTo("other");
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void replacesAndDeletesOnlyWhatIsLocked(Kind kind) {
        Entity stored = write(tx -> tx.insert(kind, entity(kind, "a")));
        assertThatThrownBy(() -> write(tx -> tx.replace(kind, stored)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> write(tx -> delete(tx, kind, stored)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(found(kind, "a")).contains(stored);
    }

    private static boolean delete(WriteTx tx, Kind kind, Entity entity) {
        tx.delete(kind, entity);
        return true;
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void rollsBackWhatFails(Kind kind) {
        assertThatThrownBy(() ->
                        write(tx -> {
                            tx.insert(kind, entity(kind, "a"));
                            throw new UnsupportedOperationException("mine");
                        }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("mine");
        assertThat(found(kind, "a")).isEmpty();
        assertThat(auditRows()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void keepsTenantsApart(Kind kind) {
        write(tx -> tx.insert(kind, entity(kind, "a")));
        assertThat(store.<Boolean>read(other, tx -> find(tx, kind, "a").isPresent())).isFalse();
        assertThat(store.<Long>read(other, tx -> tx.count(Query.all(kind, 1)))).isZero();
        Entity theirs = store.write(other, ACTOR, tx -> tx.insert(kind, entity(kind, "A")));
        write(tx -> delete(tx, kind, locked(tx, kind, "a")));
        assertThat(store.<Entity>read(other, tx -> find(tx, kind, "a").orElseThrow()))
                .isEqualTo(theirs);
    }

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

    @ParameterizedTest
    @FieldSource("SHAPES")
    void filtersByKeyAsSpelled(Kind kind) {
        write(tx -> tx.insert(kind, entity(kind, "Key")));
        assertThat(ids(kind, equal(property("id"), text("Key")))).containsExactly("Key");
        assertThat(ids(kind, equal(text("key"), property("id")))).isEmpty();
        assertThat(ids(kind, new Predicate.In(property("id"), List.of(text("a"), text("Key")))))
                .containsExactly("Key");
        assertThat(ids(kind, new Predicate.Not(equal(property("id"), text("key")))))
                .containsExactly("Key");
    }

    private List<String> ids(Kind kind, Predicate filter) {
        Query query =
                new Query(
                        kind,
                        List.of(),
                        new Query.Scope.Children(""),
                        filter,
                        List.of(),
                        null,
                        100,
                        0);
        return read(tx -> tx.query(query).items().stream().map(Entity::id).toList());
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void sealsSecretsOnceAndNothingElse(Kind kind) {
        ObjectNode clear = Samples.properties(kind, "a").put("secret", "s3cret");
        clear.putObject("authentication").put("user", "u").put("password", "p4ss");
        Entity stored = write(tx -> tx.insert(kind, entity(kind, "a", clear)));
        String sealed = stored.properties().get("secret").stringValue();
        assertThat(stored.properties().toString()).doesNotContain("s3cret", "p4ss");
        assertThat(opened(kind, stored, "secret")).isEqualTo("s3cret");
        assertThat(clear.get("secret").stringValue()).isEqualTo("s3cret");

        Entity kept = replaced(kind, stored.properties().deepCopy().put("note", "n"));
        assertThat(kept.properties().get("secret").stringValue()).isEqualTo(sealed);

        String forged = "sealed:1:" + "A".repeat(60);
        Entity again = replaced(kind, kept.properties().deepCopy().put("secret", forged));
        assertThat(again.properties().get("secret").stringValue()).isNotEqualTo(forged);
        assertThat(opened(kind, again, "secret")).isEqualTo(forged);

        ObjectNode without = again.properties().deepCopy();
        without.remove("secret");
        assertThat(replaced(kind, without).properties().has("secret")).isFalse();
    }

    private Entity replaced(Kind kind, ObjectNode properties) {
        return write(tx -> {
            locked(tx, kind, "a");
            return tx.replace(kind, entity(kind, "a", properties));
        });
    }

    private String opened(Kind kind, Entity entity, String property) {
        String context = Secrets.context(tenant, kind.name(), entity.path(), List.of(property));
        return new String(
                TestDatabases.sealer()
                        .open(context, entity.properties().get(property).stringValue()),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void leavesAnAuditRowForEachChange(Kind kind) {
        write(tx -> tx.insert(kind, entity(kind, "A", number(kind, 1.50))));
        write(tx -> {
            locked(tx, kind, "a");
            return tx.replace(kind, entity(kind, "a", number(kind, 2)));
        });
        write(tx -> delete(tx, kind, locked(tx, kind, "a")));
        List<String> rows = auditRows();
        assertThat(rows).hasSize(3);
        String[] create = rows.get(0).split(" ");
        String[] update = rows.get(1).split(" ");
        String[] delete = rows.get(2).split(" ");
        assertThat(create).startsWith("create", kind.name(), "a", "null");
        assertThat(update).startsWith("update", kind.name(), "a", create[4]);
        assertThat(delete).startsWith("delete", kind.name(), "a", update[4], "null");
        assertThat(List.of(create[4], update[4])).doesNotHaveDuplicates();
        assertThat(create).endsWith("tests", "null", "request-1");
    }

    private static ObjectNode number(Kind kind, double value) {
        return Samples.properties(kind, "a").put("number", value).set("o", object());
    }

    /** The audit trail in order. */
    private List<String> auditRows() {
        return read(tx ->
                tx.sql(
                                "select * from audit where tenant_id = :tenant"
                                        + " order by logged_at, position")
                        .list(row ->
                                String.join(
                                        " ",
                                        row.text("operation"),
                                        row.text("kind"),
                                        row.text("entity_key"),
                                        String.valueOf(row.textOrNull("before_hash")),
                                        String.valueOf(row.textOrNull("after_hash")),
                                        row.text("client_id"),
                                        String.valueOf(row.textOrNull("user_id")),
                                        row.text("request_id"))));
    }

    @Test
    void refusesStatementsWithoutATenant() {
        assertThatThrownBy(() -> read(tx -> tx.sql("select * from document")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(tx -> tx.sql("select ':tenant' from document")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsOneSnapshot() {
        write(tx -> tx.insert(FLOW, entity(FLOW, "a")));
        read(tx -> {
            assertThat(tx.count(Query.all(FLOW, 1))).isEqualTo(1);
            write(later -> later.insert(FLOW, entity(FLOW, "b")));
            assertThat(tx.count(Query.all(FLOW, 1))).isEqualTo(1);
            assertThat(tx.find(FLOW, "", "b")).isEmpty();
            return true;
        });
        assertThat(count(FLOW)).isEqualTo(2);
    }

    @Test
    void survivesReopening() {
        Entity stored = write(tx -> tx.insert(FLOW, entity(FLOW, "a")));
        store.close();
        store = TestDatabases.open(settings);
        assertThat(found(FLOW, "a")).contains(stored);
    }

    @Test
    void refusesUseOutsideTheCallback() {
        ReadTx leaked = read(tx -> tx);
        assertThatThrownBy(() -> leaked.find(FLOW, "", "a"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readTransactionsDoNotWrite() {
        assertThatThrownBy(() ->
                        read(tx ->
                                tx.sql("delete from document where" + " tenant_id = :tenant")
                                        .execute()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesTextThatNotEveryDatabaseKeeps() {
        for (String text : List.of("a\u0000b", "half \uD83D", "\uDE00 half")) {
            ObjectNode nested = object();
            nested.putArray("list").addObject().put("name", text);
            for (Entity bad :
                    List.of(
                            entity(FLOW, "a", object().put("name", text)),
                            entity(FLOW, "a", object().put(text, "value")),
                            entity(FLOW, "a", nested),
                            entity(FLOW, text, object()))) {
                assertThatThrownBy(() -> write(tx -> tx.insert(FLOW, bad)))
                        .isInstanceOf(UnstorableText.class);
            }
            assertThatThrownBy(() -> found(FLOW, text)).isInstanceOf(UnstorableText.class);
        }
        write(tx -> tx.insert(FLOW, entity(FLOW, "a", object().put("name", "\\u0000 😀"))));
        assertThat(found(FLOW, "a")).isPresent();
    }

    @Test
    void answersThePing() {
        store.ping();
    }
}
