package dev.usher.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The rows that stand for the items of collections, for finding an entity by one of its items. */
final class ItemIndexes {

    private ItemIndexes() {}

    /** Found by the index of the items if there is one, and checked on the items themselves. */
    static SqlText narrowed(
            Predicate.AnyItem any, Map<String, Source> scope, String tenant, SqlText exact) {
        if (!(scope.get(any.collection().variable()) instanceof Source.Row row)) {
            return exact;
        }
        return candidates(any, row, tenant)
                .map(found -> new SqlText().add("(").add(found).add(" and ").add(exact).add(")"))
                .orElse(exact);
    }

    /**
     * The condition that the entity has a row with the values that a lambda asks for; empty if the
     * collection has no index, or the lambda does not fix every indexed member.
     */
    private static Optional<SqlText> candidates(
            Predicate.AnyItem any, Source.Row row, String tenant) {
        List<String> path = any.collection().path();
        Kind.ItemIndex index =
                path.size() == 1 ? row.kind().indexing().items().get(path.getFirst()) : null;
        if (index == null) {
            return Optional.empty();
        }
        Map<String, String> fixed = new HashMap<>();
        collect(any.body(), any.variable(), fixed);
        if (!fixed.keySet().containsAll(index.columns().keySet())) {
            return Optional.empty();
        }
        SqlText sql = new SqlText().add(row.alias() + ".entity_key in (select entity_key from ");
        sql.add(Shape.identifier(index.table()) + " where tenant_id = ").bind(tenant);
        index.columns()
                .forEach((member, column) ->
                        sql.add(" and " + Shape.identifier(column) + " = ")
                                .bind(Folding.fold(fixed.getOrDefault(member, ""))));
        return Optional.of(sql.add(")"));
    }

    /** The members that a conjunction compares with a text. */
    private static void collect(Predicate body, String variable, Map<String, String> into) {
        switch (body) {
            case Predicate.And(List<Predicate> parts) ->
                    parts.forEach(part -> collect(part, variable, into));
            case Predicate.Compare(Operand left, Predicate.Operator operator, Operand right)
                    when operator == Predicate.Operator.EQ -> {
                equal(left, right, variable, into);
                equal(right, left, variable, into);
            }
            default -> {}
        }
    }

    private static void equal(
            Operand member, Operand value, String variable, Map<String, String> into) {
        Operand plain = member instanceof Operand.Lower(Operand of) ? of : member;
        if (plain instanceof Operand.Property(String of, List<String> path, _)
                && of.equals(variable)
                && path.size() == 1
                && value instanceof Operand.Literal(String text, _)) {
            into.put(path.getFirst(), text);
        }
    }

    /**
     * Writes the rows of the entities' items, in one statement for each collection.
     *
     * @throws WriteTx.DuplicateKey if another entity has such an item, naming the property; as
     *     {@link WriteTx#insert} tells of it
     */
    static void insert(Session session, String tenant, Kind kind, List<Entity> entities) {
        for (Map.Entry<String, Kind.ItemIndex> each : kind.indexing().items().entrySet()) {
            SqlText sql = names(each.getValue());
            int rows = 0;
            for (Entity entity : entities) {
                for (JsonNode item : entity.properties().path(each.getKey())) {
                    sql.add(rows++ == 0 ? "(" : ", (");
                    sql.add(values(tenant, each.getValue(), entity, item)).add(")");
                }
            }
            if (rows > 0) {
                int all = rows;
                session.later(
                        sql.add(" on conflict do nothing"),
                        inserted -> {
                            if (inserted < all) {
                                throw new WriteTx.DuplicateKey(kind.name(), each.getKey());
                            }
                        });
            }
        }
    }

    private static SqlText names(Kind.ItemIndex index) {
        SqlText names =
                new SqlText()
                        .add("insert into " + Shape.identifier(index.table()))
                        .add(" (tenant_id, entity_key");
        index.columns().values().forEach(column -> names.add(", " + Shape.identifier(column)));
        return names.add(") values ");
    }

    private static SqlText values(
            String tenant, Kind.ItemIndex index, Entity entity, JsonNode item) {
        SqlText values = new SqlText().bind(tenant).add(", ").bind(entity.key());
        for (String member : index.columns().keySet()) {
            values.add(", ").bind(Folding.fold(item.path(member).asString("")));
        }
        return values;
    }

    /** Removes the rows of an entity's items. */
    static void delete(Session session, String tenant, Kind kind, Entity entity) {
        for (Kind.ItemIndex index : kind.indexing().items().values()) {
            session.update(
                    new SqlText()
                            .add("delete from " + Shape.identifier(index.table()))
                            .add(" where tenant_id = ")
                            .bind(tenant)
                            .add(" and entity_key = ")
                            .bind(entity.key()));
        }
    }
}
