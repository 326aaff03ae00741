package dev.usher.store;

import static dev.usher.store.Samples.APPLICATION;
import static dev.usher.store.Samples.USER;
import static dev.usher.store.Samples.equal;
import static dev.usher.store.Samples.property;
import static dev.usher.store.Samples.text;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The people of the large tenant of {@link HotPlanContract}, and what is often asked of them. How
 * many there are in all is not: that is counted one by one, and remembered.
 */
final class HotPeople {

    private static final Query.Scope TOP = new Query.Scope.Children("");
    private static final Operand.Property NAME = property("displayName");

    private HotPeople() {}

    static void fill(Statement statement, String tenant, String series, String json, String end)
            throws SQLException {
        statement.execute(
                """
                insert into user_account (tenant_id, entity_key, entity_id, type_name, version,
                       upn_key, mail_key, display_name_key, created_at, doc)
                select '%s', 'user' || i, 'user' || i, 't', i, 'u' || i || '@contoso.example',
                       'm' || i || '@example.com', 'ada number' || i, i,
                       %s'{"displayName":"Ada Number' || i || '"}'%s
                from %s
                """
                        .formatted(tenant, json, end, series));
        statement.execute(
                """
                insert into user_identity (tenant_id, assigned_key, issuer_key, entity_key)
                select '%s', 'm' || i || '@example.com', 'contoso.example', 'user' || i from %s
                """
                        .formatted(tenant, series));
        statement.execute(
                """
                insert into user_word (tenant_id, word, entity_key)
                select '%1$s', 'ada', 'user' || i from %2$s union all
                select '%1$s', 'number', 'user' || i from %2$s union all
                select '%1$s', cast(i as text), 'user' || i from %2$s
                """
                        .formatted(tenant, series));
    }

    static Map<String, Consumer<ReadTx>> questions() {
        Map<String, Consumer<ReadTx>> asked = new LinkedHashMap<>();
        List<Query.Order> byName = List.of(new Query.Order(new Operand.Lower(NAME), false));
        asked.put("person", tx -> tx.find(USER, "", "user77"));
        asked.put("person by mail", filtered(USER, equal(lower("mail"), text("m77@example.com"))));
        asked.put(
                "person by principal name",
                filtered(USER, equal(lower("userPrincipalName"), text("u77@contoso.example"))));
        asked.put("person by identity", filtered(USER, identity()));
        asked.put("people", filtered(USER, null));
        asked.put(
                "next page of people",
                tx -> tx.query(query(USER, null, List.of(), new Query.Cursor(List.of(), "user5"))));
        asked.put("people by name", tx -> tx.query(query(USER, null, byName, null)));
        asked.put(
                "next page of people by name",
                tx ->
                        tx.query(
                                query(
                                        USER,
                                        null,
                                        byName,
                                        new Query.Cursor(List.of("ada number5"), "user5"))));
        asked.put(
                "people by the beginning of a name",
                tx -> tx.query(query(USER, begins("ada number77"), byName, null)));
        asked.put("people by words", filtered(USER, new Predicate.And(List.of(word("77")))));
        asked.put(
                "people by two words",
                filtered(USER, new Predicate.And(List.of(word("ad"), word("7777")))));
        asked.put(
                "count of people by the beginning of a name",
                tx -> tx.count(query(USER, begins("ada number77"), List.of(), null)));
        asked.put("applications", filtered(APPLICATION, null));
        asked.put("application by name", filtered(APPLICATION, equal(NAME, text("Name 77"))));
        return asked;
    }

    private static Predicate identity() {
        return new Predicate.AnyItem(
                property("identities"),
                "c",
                new Predicate.And(
                        List.of(
                                equal(member("issuer"), text("contoso.example")),
                                equal(member("issuerAssignedId"), text("m77@example.com")))));
    }

    private static Predicate begins(String prefix) {
        return new Predicate.TextMatch(
                Predicate.Function.STARTS_WITH, new Operand.Lower(NAME), text(prefix));
    }

    private static Predicate word(String word) {
        return new Predicate.TextMatch(Predicate.Function.HAS_WORD, NAME, text(word));
    }

    private static Operand lower(String name) {
        return new Operand.Lower(property(name));
    }

    private static Operand member(String name) {
        return new Operand.Lower(new Operand.Property("c", List.of(name), property(name).type()));
    }

    private static Consumer<ReadTx> filtered(Kind kind, Predicate filter) {
        return tx -> tx.query(query(kind, filter, List.of(), null));
    }

    private static Query query(
            Kind kind, Predicate filter, List<Query.Order> orders, Query.Cursor after) {
        return new Query(kind, List.of(), TOP, filter, orders, after, 100, 0);
    }
}
