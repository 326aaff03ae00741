package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles one {@link Query} of one tenant to SQL. The entity's alias is {@code e}. */
final class QueryCompiler {

    private final Dialect dialect;
    private final String tenant;
    private final Query query;
    private final Shape shape;
    private final Map<String, Source> scope;
    private final List<SortKey> sortKeys;

    QueryCompiler(Dialect dialect, String tenant, Query query) {
        this.dialect = dialect;
        this.tenant = tenant;
        this.query = query;
        shape = query.kind().shape();
        scope = new HashMap<>();
        scope.put("", new Source.Row("e", query.kind(), path(query.scope())));
        sortKeys = sortKeys();
    }

    /** One sort key; the folded key follows them all. */
    record SortKey(SqlText expression, PrimitiveType type, boolean descending) {}

    List<SortKey> keys() {
        return sortKeys;
    }

    Shape shape() {
        return shape;
    }

    private static String path(Query.Scope scope) {
        return switch (scope) {
            case Query.Scope.Children(String parent) when !parent.isEmpty() ->
                    "(e.parent || '/' || e.entity_key)";
            case Query.Scope.Children _, Query.Scope.Linked _ -> "e.entity_key";
        };
    }

    private List<SortKey> sortKeys() {
        if (query.orderBy().isEmpty() && query.scope() instanceof Query.Scope.Linked) {
            return List.of(
                    new SortKey(new SqlText().add("l.position"), PrimitiveType.INT64, false));
        }
        Expressions expressions = new Expressions(dialect);
        return query.orderBy().stream()
                .filter(order -> !(order.by() instanceof Operand.Literal))
                .map(order ->
                        new SortKey(
                                expressions.operand(order.by(), scope),
                                order.by().type(),
                                order.descending()))
                .toList();
    }

    /** One row more than the limit, so that the reader sees whether there is a next page. */
    SqlText page() {
        SqlText sql = new SqlText().add("select ").add(shape.selected());
        sortKeys.forEach(key -> sql.add(", ").add(key.expression()));
        sql.add(from()).add(owner()).add(conditions());
        if (query.after() != null) {
            sql.add(" and ").add(after(query.after()));
        }
        sql.add(" order by ").add(order());
        // as text: without the number, PostgreSQL expects a tenth of all rows, and plans anew each
        // time rather than believe that
        sql.add(" limit " + (query.limit() + 1L));
        if (query.skip() > 0) {
            sql.add(" offset ").bind((long) query.skip());
        }
        return sql;
    }

    SqlText count() {
        return new SqlText().add("select count(*)").add(from()).add(owner()).add(conditions());
    }

    /** The first entities of each owner; its column "owner" says whose. */
    SqlText expand(Collection<String> owners) {
        boolean linked = query.scope() instanceof Query.Scope.Linked;
        String owner = linked ? "l.source_key" : "e.parent";
        SqlText sql = new SqlText().add("select * from (select ").add(shape.selected());
        sql.add(", " + owner + " as owner, row_number() over (partition by " + owner);
        sql.add(" order by ").add(order()).add(") as place").add(from());
        String among = dialect.among(owner);
        int at = among.indexOf('?');
        sql.add(" and " + among.substring(0, at)).bind(dialect.texts(owners));
        sql.add(among.substring(at + 1)).add(conditions());
        sql.add(") ranked where place > ").bind((long) query.skip());
        sql.add(" and place <= ").bind((long) query.skip() + query.limit());
        return sql.add(" order by owner, place");
    }

    /** FROM and the conditions that do not depend on the owner. */
    private SqlText from() {
        if (query.scope() instanceof Query.Scope.Linked(String link, String sourceKind, _)) {
            return new SqlText()
                    .add(" from link l" + shape.joinTarget("e", "l"))
                    .add(" where l.tenant_id = ")
                    .bind(tenant)
                    .add(" and l.link = ")
                    .bind(link)
                    .add(" and l.source_kind = ")
                    .bind(sourceKind)
                    .add(" and l.target_kind = ")
                    .bind(query.kind().name());
        }
        return new SqlText()
                .add(" from " + shape.table() + " e where ")
                .add(shape.ofTenant("e", tenant));
    }

    private SqlText owner() {
        return switch (query.scope()) {
            case Query.Scope.Children(String parent) -> shape.inParent("e", Entity.fold(parent));
            case Query.Scope.Linked(_, _, String key) ->
                    new SqlText().add(" and l.source_key = ").bind(Entity.fold(key));
        };
    }

    private SqlText conditions() {
        SqlText sql = new SqlText();
        if (!query.types().isEmpty()) {
            sql.add(" and ").add(Conditions.types("e", query.types()));
        }
        if (query.filter() != null) {
            Conditions conditions = new Conditions(dialect, tenant, query.kind());
            sql.add(" and ").add(conditions.where(query.filter(), scope));
        }
        return sql;
    }

    private SqlText order() {
        SqlText sql = new SqlText();
        for (SortKey key : sortKeys) {
            sql.add(key.expression());
            sql.add(key.descending() ? " desc nulls last, " : " nulls first, ");
        }
        return sql.add("e.entity_key");
    }

    /**
     * What comes after the cursor: a greater first key, or the same first key and a greater second
     * one, and so on. That is no range to an index; the range of the first key is. "is true" keeps
     * a planner from answering each alternative by itself and sorting them all.
     */
    private SqlText after(Query.Cursor cursor) {
        List<@Nullable Object> values = cursor.values();
        if (values.size() != sortKeys.size()) {
            throw new IllegalArgumentException("the cursor belongs to another ordering");
        }
        SqlText sql = range(values).add("(");
        SqlText same = new SqlText();
        for (int i = 0; i < sortKeys.size(); i++) {
            SortKey key = sortKeys.get(i);
            Object value = Expressions.value(values.get(i), key.type());
            sql.add("(").add(same).add(beyond(key, value)).add(") or ");
            same.add(key.expression());
            if (value == null) {
                same.add(" is null and ");
            } else {
                same.add(" = ").bind(value).add(" and ");
            }
        }
        sql.add("(").add(same).add("e.entity_key > ").bind(cursor.key()).add("))");
        return sortKeys.isEmpty() ? sql : sql.add(" is true");
    }

    private SqlText range(List<@Nullable Object> values) {
        SqlText sql = new SqlText();
        if (!sortKeys.isEmpty() && !sortKeys.getFirst().descending() && values.getFirst() != null) {
            SortKey first = sortKeys.getFirst();
            sql.add(first.expression()).add(" >= ");
            sql.bind(Expressions.value(values.getFirst(), first.type())).add(" and ");
        }
        return sql;
    }

    private static SqlText beyond(SortKey key, @Nullable Object value) {
        if (value == null) {
            return key.descending()
                    ? new SqlText().add("false")
                    : new SqlText().add(key.expression()).add(" is not null");
        }
        SqlText sql = new SqlText().add(key.expression());
        return key.descending()
                ? new SqlText()
                        .add("(")
                        .add(sql)
                        .add(" < ")
                        .bind(value)
                        .add(" or ")
                        .add(key.expression())
                        .add(" is null)")
                : sql.add(" > ").bind(value);
    }

    /** The sort key values of the current row, as a cursor holds them. */
    List<@Nullable Object> values(java.sql.ResultSet row) throws java.sql.SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        int at = shape.width();
        for (SortKey key : sortKeys) {
            at++;
            Object value =
                    switch (key.type()) {
                        case BOOLEAN -> row.getBoolean(at);
                        case INT32, INT64, DATE_TIME_OFFSET -> row.getLong(at);
                        case SINGLE, DOUBLE -> row.getDouble(at);
                        case STRING, GUID, BINARY, STREAM -> row.getString(at);
                    };
            values.add(row.wasNull() ? null : value);
        }
        return values;
    }
}
