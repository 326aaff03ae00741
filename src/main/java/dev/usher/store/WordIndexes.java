package dev.usher.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The rows that stand for the words of a text, for finding an entity by one of its words. */
final class WordIndexes {

    /** Rows of one statement; databases limit the values that it binds. */
    private static final int ROWS_MAX = 1000;

    private record Row(String key, String word) {}

    private WordIndexes() {}

    /**
     * What all words are looked for in is found by the longest one, which is likely to be the
     * rarest, and checked on the text itself.
     */
    static SqlText narrowed(
            List<Predicate> parts, Map<String, Source> scope, String tenant, SqlText exact) {
        return parts.stream()
                .flatMap(part -> candidates(part, scope).stream())
                .max(Comparator.comparingInt(candidates -> candidates.word().length()))
                .map(found ->
                        new SqlText()
                                .add(
                                        "("
                                                + found.row().alias()
                                                + ".entity_key in (select entity_key")
                                .add(" from " + Shape.identifier(found.table()))
                                .add(" where tenant_id = ")
                                .bind(tenant)
                                .add(" and ")
                                .add(TextMatches.range(new SqlText().add("word"), found.word()))
                                .add(") and ")
                                .add(exact)
                                .add(")"))
                .orElse(exact);
    }

    private record Candidates(Source.Row row, String table, String word) {}

    private static Optional<Candidates> candidates(Predicate part, Map<String, Source> scope) {
        if (part instanceof Predicate.TextMatch(var function, var text, var word)
                && function == Predicate.Function.HAS_WORD
                && text instanceof Operand.Property(String variable, List<String> path, _)
                && path.size() == 1
                && word instanceof Operand.Literal(String wanted, _)
                && scope.get(variable) instanceof Source.Row row) {
            return Optional.ofNullable(row.kind().indexing().words().get(path.getFirst()))
                    .map(table -> new Candidates(row, table, wanted));
        }
        return Optional.empty();
    }

    /** Writes the rows of the entities' words. */
    static void insert(Session session, String tenant, Kind kind, List<Entity> entities) {
        kind.indexing()
                .words()
                .forEach((property, table) -> {
                    List<Row> rows = new ArrayList<>();
                    for (Entity entity : entities) {
                        new LinkedHashSet<>(Words.of(text(entity, property)))
                                .forEach(word -> rows.add(new Row(entity.key(), word)));
                    }
                    insert(session, tenant, table, rows);
                });
    }

    private static void insert(Session session, String tenant, String table, List<Row> rows) {
        for (int from = 0; from < rows.size(); from += ROWS_MAX) {
            SqlText sql = new SqlText().add("insert into " + Shape.identifier(table));
            sql.add(" (tenant_id, word, entity_key) values ");
            String comma = "";
            for (Row row : rows.subList(from, Math.min(from + ROWS_MAX, rows.size()))) {
                sql.add(comma + "(").bind(tenant).add(", ").bind(row.word());
                sql.add(", ").bind(row.key()).add(")");
                comma = ", ";
            }
            session.later(sql, _ -> {});
        }
    }

    /** Writes the rows anew of what reads otherwise than before. */
    static void replace(Session session, String tenant, Kind kind, Entity before, Entity after) {
        boolean same =
                kind.indexing().words().keySet().stream()
                        .allMatch(name -> Objects.equals(text(before, name), text(after, name)));
        if (!same) {
            delete(session, tenant, kind, after);
            insert(session, tenant, kind, List.of(after));
        }
    }

    /** Removes the rows of an entity's words. */
    static void delete(Session session, String tenant, Kind kind, Entity entity) {
        for (String table : kind.indexing().words().values()) {
            session.update(
                    new SqlText()
                            .add("delete from " + Shape.identifier(table))
                            .add(" where tenant_id = ")
                            .bind(tenant)
                            .add(" and entity_key = ")
                            .bind(entity.key()));
        }
    }

    private static String text(Entity entity, String property) {
        return entity.properties().path(property).asString("");
    }
}
