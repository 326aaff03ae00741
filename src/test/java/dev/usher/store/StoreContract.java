package dev.usher.store;

import static dev.usher.store.Samples.ACTOR;
import static dev.usher.store.Samples.APPLICATION;
import static dev.usher.store.Samples.FLOW;
import static dev.usher.store.Samples.entity;
import static dev.usher.store.Samples.equal;
import static dev.usher.store.Samples.object;
import static dev.usher.store.Samples.property;
import static dev.usher.store.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.node.ObjectNode;

/** What a store promises for single entities, on each database and in both storage shapes. */
abstract class StoreContract extends StoreFixture {

    static final List<Kind> SHAPES = List.of(FLOW, APPLICATION);

    private static Optional<Entity> find(ReadTx tx, Kind kind, String id) {
        return tx.find(kind, "", id);
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
    void insertsWhatIsAbsentAndGoesOnAfterADuplicate(Kind kind) {
        write(tx -> tx.insert(kind, entity(kind, "a")));
        write(tx -> {
            assertThat(tx.insertIfAbsent(kind, entity(kind, "A"))).isFalse();
            assertThat(tx.insertIfAbsent(kind, entity(kind, "c"))).isTrue();
            return tx.insert(kind, entity(kind, "b"));
        });
        assertThat(found(kind, "c")).isPresent();
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
        List<String> rows = auditRows().stream().sorted().toList();
        assertThat(rows).hasSize(3);
        String[] create = rows.get(0).split(" ");
        String[] delete = rows.get(1).split(" ");
        String[] update = rows.get(2).split(" ");
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
