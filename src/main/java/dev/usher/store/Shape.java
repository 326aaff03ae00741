package dev.usher.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the entities of one kind lie in the columns of their table. */
final class Shape {

    private static final String DOCUMENTS = "document";
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** The columns that all documents have; for statements about several kinds of them. */
    static final Shape DOCUMENT = new Shape("", null, Map.of(), Map.of());

    private final String kind;
    private final boolean document;
    private final String table;

    /** The table's own columns, by name, so that one kind always has one statement. */
    private final List<Map.Entry<String, Kind.Column>> columns;

    /** Property to the column of its folded value. */
    private final List<Map.Entry<String, String>> folded;

    private final String selected;
    private final String found;

    Shape(
            String kind,
            @Nullable String ofTable,
            Map<String, Kind.Column> ofKind,
            Map<String, String> foldedOfKind) {
        this.kind = kind;
        document = ofTable == null;
        table = identifier(ofTable == null ? DOCUMENTS : ofTable);
        columns = ofKind.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        columns.forEach(column -> identifier(column.getValue().name()));
        folded = foldedOfKind.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        folded.forEach(column -> identifier(column.getValue()));
        selected = select("e").text();
        found =
                "select %s from %s e where %s"
                        .formatted(selected, table, byKey("e", "", "", "").text());
    }

    static String identifier(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("not a table or column: " + name);
        }
        return name;
    }

    String table() {
        return table;
    }

    /** The select list that {@link #entity} reads, of the alias {@code e}. */
    String selected() {
        return selected;
    }

    /** The statement that reads one entity, without anything to follow. */
    String find() {
        return found;
    }

    /** The values of {@link #find}. */
    List<String> findValues(String tenant, String parent, String id) {
        return document
                ? List.of(tenant, kind, parent, Entity.fold(id))
                : List.of(tenant, Entity.fold(id));
    }

    /** Whether there can be such entities at all: those of a table are at the top. */
    boolean holds(String parent) {
        return document || parent.isEmpty();
    }

    /** As {@link #selected}, of that alias. */
    SqlText select(String alias) {
        SqlText sql = new SqlText();
        sql.add(document ? alias + ".parent" : "'' as parent");
        for (String column : List.of("entity_id", "type_name", "version", "doc")) {
            sql.add(", " + alias + "." + column);
        }
        columns.forEach(column -> sql.add(", " + alias + "." + column.getValue().name()));
        return sql;
    }

    /** How many columns {@link #select} has. */
    int width() {
        return 5 + columns.size();
    }

    /** The condition that picks the kind's rows of one tenant, ready to be narrowed by AND. */
    SqlText ofTenant(String alias, String tenant) {
        SqlText sql = new SqlText().add(alias + ".tenant_id = ").bind(tenant);
        return document ? sql.add(" and " + alias + ".kind = ").bind(kind) : sql;
    }

    /**
     * The condition that picks the rows contained in an owner; all rows of a table are at the top.
     */
    SqlText inParent(String alias, String parent) {
        if (document) {
            return new SqlText().add(" and " + alias + ".parent = ").bind(parent);
        }
        return new SqlText().add(parent.isEmpty() ? "" : " and false");
    }

    /** The condition that picks one entity. */
    SqlText byKey(String alias, String tenant, String parent, String id) {
        return ofTenant(alias, tenant)
                .add(inParent(alias, parent))
                .add(" and " + alias + ".entity_key = ")
                .bind(Entity.fold(id));
    }

    /** Joins the rows that links point to; these are at the top. */
    String joinTarget(String alias, String link) {
        String join =
                " join %s %s on %s.tenant_id = %s.tenant_id and %s.entity_key = %s.target_key"
                        .formatted(table, alias, alias, link, alias, link);
        return document
                ? join
                        + " and %s.kind = %s.target_kind and %s.parent = ''"
                                .formatted(alias, link, alias)
                : join;
    }

    /** Reads the current row of a {@link #select}. */
    Entity entity(ResultSet row) throws SQLException {
        return entity(row, kind);
    }

    /** As above, of another kind that lies alike. */
    Entity entity(ResultSet row, String ofKind) throws SQLException {
        ObjectNode properties = Json.parse(row.getBytes(5));
        int at = 5;
        for (Map.Entry<String, Kind.Column> column : columns) {
            at++;
            read(row, at, column.getKey(), column.getValue().type(), properties);
        }
        return new Entity(
                ofKind,
                Objects.requireNonNull(text(row, 1)),
                Objects.requireNonNull(text(row, 2)),
                Objects.requireNonNull(text(row, 3)),
                row.getLong(4),
                properties);
    }

    /** SQLite's driver makes and decodes a buffer for each text, but copies bytes as they are. */
    private static @Nullable String text(ResultSet row, int at) throws SQLException {
        byte[] utf8 = row.getBytes(at);
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    private static void read(
            ResultSet row, int at, String property, Kind.Column.Type type, ObjectNode into)
            throws SQLException {
        switch (type) {
            case TEXT -> {
                String text = text(row, at);
                if (text != null) {
                    into.put(property, text);
                }
            }
            case INTEGER -> {
                long number = row.getLong(at);
                if (!row.wasNull()) {
                    into.put(property, number);
                }
            }
            case BOOLEAN -> {
                boolean flag = row.getBoolean(at);
                if (!row.wasNull()) {
                    into.put(property, flag);
                }
            }
            case INSTANT -> {
                long millis = row.getLong(at);
                if (!row.wasNull()) {
                    into.put(property, Instant.ofEpochMilli(millis).toString());
                }
            }
        }
    }

    /** Inserts unless one of the table's unique keys is taken; then it touches no row. */
    SqlText insert(String tenant, Entity entity, Dialect dialect) {
        return insert(tenant, List.of(entity), dialect);
    }

    /** As above, of several; those whose keys are free are inserted. */
    SqlText insert(String tenant, List<Entity> entities, Dialect dialect) {
        SqlText names = new SqlText().add("insert into " + table + " (tenant_id, ");
        names.add(document ? "kind, parent, " : "")
                .add("entity_key, entity_id, type_name, version");
        folded.forEach(column -> names.add(", " + column.getValue()));
        columns.forEach(column -> names.add(", " + column.getValue().name()));
        names.add(", doc) values ");
        for (int i = 0; i < entities.size(); i++) {
            names.add(i == 0 ? "(" : ", (").add(values(tenant, entities.get(i), dialect)).add(")");
        }
        return names.add(" on conflict do nothing");
    }

    private SqlText values(String tenant, Entity entity, Dialect dialect) {
        SqlText values = new SqlText().bind(tenant).add(", ");
        if (document) {
            values.bind(kind).add(", ").bind(entity.parent()).add(", ");
        }
        values.bind(entity.key()).add(", ").bind(entity.id()).add(", ");
        values.bind(entity.type()).add(", ").bind(entity.version());
        for (Map.Entry<String, String> column : folded) {
            values.add(", ").bind(foldedValue(entity, column.getKey()));
        }
        ObjectNode rest = entity.properties().deepCopy();
        for (Map.Entry<String, Kind.Column> column : columns) {
            values.add(", ").bind(take(rest, column));
        }
        values.add(", ");
        json(values, dialect, rest);
        return values;
    }

    SqlText update(String tenant, Entity entity, Dialect dialect) {
        SqlText sql = new SqlText().add("update " + table + " as e set type_name = ");
        sql.bind(entity.type()).add(", version = ").bind(entity.version());
        for (Map.Entry<String, String> column : folded) {
            sql.add(", " + column.getValue() + " = ").bind(foldedValue(entity, column.getKey()));
        }
        ObjectNode rest = entity.properties().deepCopy();
        for (Map.Entry<String, Kind.Column> column : columns) {
            sql.add(", " + column.getValue().name() + " = ").bind(take(rest, column));
        }
        sql.add(", doc = ");
        json(sql, dialect, rest);
        return sql.add(" where ").add(byKey("e", tenant, entity.parent(), entity.id()));
    }

    private static @Nullable String foldedValue(Entity entity, String property) {
        JsonNode value = entity.properties().path(property);
        return value.isString() ? Folding.fold(value.stringValue()) : null;
    }

    SqlText delete(String tenant, Entity entity) {
        return new SqlText()
                .add("delete from " + table + " as e where ")
                .add(byKey("e", tenant, entity.parent(), entity.id()));
    }

    private static void json(SqlText sql, Dialect dialect, ObjectNode document) {
        String placeholder = dialect.jsonPlaceholder();
        int at = placeholder.indexOf('?');
        sql.add(placeholder.substring(0, at)).bind(Json.text(document));
        sql.add(placeholder.substring(at + 1));
    }

    private static @Nullable Object take(
            ObjectNode properties, Map.Entry<String, Kind.Column> column) {
        JsonNode value = properties.remove(column.getKey());
        if (value == null || value.isNull()) {
            return null;
        }
        return switch (column.getValue().type()) {
            case TEXT -> value.stringValue();
            case INTEGER -> value.longValue();
            case BOOLEAN -> value.booleanValue();
            case INSTANT -> Json.instant(value.stringValue());
        };
    }
}
