package dev.usher.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles predicates. Where only truth counts (a WHERE clause and what stands in it under AND and
 * OR), comparisons stay plain, so that indexes serve them: SQL's unknown is left out as false is.
 * Under NOT the difference counts; there ({@code exact}) a comparison is made two-valued, while the
 * text functions pass null on, as OData 4.01 Part 2, 5.1.1 wants.
 */
final class Conditions {

    private final Dialect dialect;
    private final Expressions expressions;
    private final String tenant;
    private final Kind root;
    private int aliases;

    Conditions(Dialect dialect, String tenant, Kind root) {
        this.dialect = dialect;
        this.expressions = new Expressions(dialect);
        this.tenant = tenant;
        this.root = root;
    }

    /** The condition that the entity which {@code ""} stands for fulfils the predicate. */
    SqlText where(Predicate predicate, Map<String, Source> scope) {
        return condition(predicate, scope, false);
    }

    private SqlText condition(Predicate predicate, Map<String, Source> scope, boolean exact) {
        return switch (predicate) {
            case Predicate.And(List<Predicate> parts) ->
                    WordIndexes.narrowed(
                            parts, scope, tenant, joined(parts, " and ", true, scope, exact));
            case Predicate.Or(List<Predicate> parts) -> joined(parts, " or ", false, scope, exact);
            case Predicate.Not(Predicate of) ->
                    new SqlText().add("not (").add(condition(of, scope, true)).add(")");
            case Predicate.Compare compare -> compare(compare, scope, exact);
            case Predicate.In in -> in(in, scope, exact);
            case Predicate.TextMatch match -> match(match, scope);
            case Predicate.True(Operand of) ->
                    Expressions.isNull(of)
                            ? new SqlText().add("cast(null as boolean)")
                            : expressions.operand(of, scope);
            case Predicate.Is(Predicate of, boolean value) ->
                    value
                            ? twoValued(condition(of, scope, exact), exact)
                            : twoValued(
                                    new SqlText()
                                            .add("not (")
                                            .add(condition(of, scope, true))
                                            .add(")"),
                                    exact);
            case Predicate.Constant(boolean value) -> new SqlText().add(value ? "true" : "false");
            case Predicate.AnyItem any ->
                    ItemIndexes.narrowed(
                            any,
                            scope,
                            tenant,
                            items(any.collection(), any.variable(), any.body(), scope, true));
            case Predicate.AllItems(Operand.Property items, String variable, Predicate body) ->
                    items(items, variable, body, scope, false);
            case Predicate.AnyLinked any ->
                    linked(
                            any.link(),
                            any.target(),
                            any.types(),
                            any.variable(),
                            any.body(),
                            scope,
                            true);
            case Predicate.AllLinked all ->
                    linked(
                            all.link(),
                            all.target(),
                            all.types(),
                            all.variable(),
                            all.body(),
                            scope,
                            false);
            case Predicate.AnyContained any ->
                    contained(any.target(), any.types(), any.variable(), any.body(), scope, true);
            case Predicate.AllContained all ->
                    contained(all.target(), all.types(), all.variable(), all.body(), scope, false);
            case Predicate.TypeIn(List<String> types) -> types(row(scope).alias(), types);
        };
    }

    /** By halves: databases limit the depth of an expression, and a chain counts as deep. */
    private SqlText joined(
            List<Predicate> parts,
            String word,
            boolean whenEmpty,
            Map<String, Source> scope,
            boolean exact) {
        if (parts.isEmpty()) {
            return new SqlText().add(String.valueOf(whenEmpty));
        }
        if (parts.size() == 1) {
            return condition(parts.getFirst(), scope, exact);
        }
        int half = parts.size() / 2;
        return new SqlText()
                .add("(")
                .add(joined(parts.subList(0, half), word, whenEmpty, scope, exact))
                .add(word)
                .add(joined(parts.subList(half, parts.size()), word, whenEmpty, scope, exact))
                .add(")");
    }

    /** The condition that a row is of one of the types. */
    static SqlText types(String alias, List<String> types) {
        return types.isEmpty()
                ? new SqlText().add("false")
                : new SqlText().add(alias + ".type_name in ").bindAll(types);
    }

    private static SqlText twoValued(SqlText condition, boolean exact) {
        return exact ? new SqlText().add("coalesce(").add(condition).add(", false)") : condition;
    }

    private SqlText compare(Predicate.Compare compare, Map<String, Source> scope, boolean exact) {
        if (Expressions.isNull(compare.right())) {
            return compareNull(compare.left(), compare.operator(), scope);
        }
        if (Expressions.isNull(compare.left())) {
            return compareNull(compare.right(), mirrored(compare.operator()), scope);
        }
        SqlText left = expressions.operand(compare.left(), scope);
        SqlText right = expressions.operand(compare.right(), scope);
        boolean bothMayBeNull = mayBeNull(compare.left()) && mayBeNull(compare.right());
        return switch (compare.operator()) {
            case NE -> new SqlText().add(left).add(" is distinct from ").add(right);
            case EQ ->
                    bothMayBeNull
                            ? new SqlText().add(left).add(" is not distinct from ").add(right)
                            : equal(compare, left, right, scope, exact);
            case GT -> twoValued(left.add(" > ").add(right), exact);
            case LT -> twoValued(left.add(" < ").add(right), exact);
            case GE -> orEqual(left, " >= ", right, bothMayBeNull, exact);
            case LE -> orEqual(left, " <= ", right, bothMayBeNull, exact);
        };
    }

    private static boolean mayBeNull(Operand operand) {
        return switch (operand) {
            case Operand.Property _ -> true;
            case Operand.Literal _ -> false;
            case Operand.Cast _ -> true;
            case Operand.Lower(Operand of) -> mayBeNull(of);
            case Operand.Upper(Operand of) -> mayBeNull(of);
        };
    }

    /** A key is compared as spelled, and found by its folded form, which the primary key holds. */
    private static SqlText equal(
            Predicate.Compare compare,
            SqlText left,
            SqlText right,
            Map<String, Source> scope,
            boolean exact) {
        SqlText equal = twoValued(new SqlText().add(left).add(" = ").add(right), exact);
        if (Expressions.isId(compare.left(), scope)
                && compare.right() instanceof Operand.Literal(String id, _)) {
            return keyed(((Operand.Property) compare.left()), scope, equal, List.of(id));
        }
        if (Expressions.isId(compare.right(), scope)
                && compare.left() instanceof Operand.Literal(String id, _)) {
            return keyed(((Operand.Property) compare.right()), scope, equal, List.of(id));
        }
        return equal;
    }

    private static SqlText keyed(
            Operand.Property id, Map<String, Source> scope, SqlText condition, List<String> ids) {
        return new SqlText()
                .add("(")
                .add(condition)
                .add(" and " + Expressions.source(id, scope).alias() + ".entity_key in ")
                .bindAll(ids.stream().map(Entity::fold).toList())
                .add(")");
    }

    /** {@code ge} and {@code le} are "greater (less) or equal", and null equals null. */
    private static SqlText orEqual(
            SqlText left, String operator, SqlText right, boolean bothMayBeNull, boolean exact) {
        SqlText plain =
                twoValued(new SqlText().add(left).add(operator).add(right), exact || bothMayBeNull);
        if (!bothMayBeNull) {
            return plain;
        }
        return new SqlText()
                .add("(")
                .add(plain)
                .add(" or (")
                .add(left)
                .add(" is null and ")
                .add(right)
                .add(" is null))");
    }

    private SqlText compareNull(
            Operand operand, Predicate.Operator operator, Map<String, Source> scope) {
        boolean equality =
                switch (operator) {
                    case EQ, GE, LE -> true;
                    case NE, GT, LT -> false;
                };
        if (operator == Predicate.Operator.GT || operator == Predicate.Operator.LT) {
            return new SqlText().add("false");
        }
        if (!mayBeNull(operand)) {
            return new SqlText().add(String.valueOf(Expressions.isNull(operand) == equality));
        }
        return expressions.operand(operand, scope).add(equality ? " is null" : " is not null");
    }

    private static Predicate.Operator mirrored(Predicate.Operator operator) {
        return switch (operator) {
            case EQ, NE -> operator;
            case GT -> Predicate.Operator.LT;
            case GE -> Predicate.Operator.LE;
            case LT -> Predicate.Operator.GT;
            case LE -> Predicate.Operator.GE;
        };
    }

    private SqlText in(Predicate.In in, Map<String, Source> scope, boolean exact) {
        List<Operand.Literal> values =
                in.values().stream().filter(value -> value.value() != null).toList();
        boolean orNull = values.size() < in.values().size();
        if (Expressions.isNull(in.left())) {
            return new SqlText().add(String.valueOf(orNull));
        }
        SqlText sql = new SqlText().add("(");
        if (values.isEmpty()) {
            sql.add("false");
        } else {
            SqlText member = expressions.operand(in.left(), scope).add(" in ");
            member.bindAll(
                    values.stream()
                            .map(value -> Expressions.value(value.value(), value.type()))
                            .toList());
            sql.add(inKeys(in.left(), values, scope, twoValued(member, exact)));
        }
        if (orNull) {
            sql.add(" or ").add(expressions.operand(in.left(), scope)).add(" is null");
        }
        return sql.add(")");
    }

    private static SqlText inKeys(
            Operand left,
            List<Operand.Literal> values,
            Map<String, Source> scope,
            SqlText condition) {
        boolean keys =
                Expressions.isId(left, scope)
                        && values.stream().allMatch(value -> value.value() instanceof String);
        return keys
                ? keyed(
                        (Operand.Property) left,
                        scope,
                        condition,
                        values.stream().map(value -> String.valueOf(value.value())).toList())
                : condition;
    }

    private SqlText match(Predicate.TextMatch match, Map<String, Source> scope) {
        if (Expressions.isNull(match.text()) || Expressions.isNull(match.part())) {
            return new SqlText().add("cast(null as boolean)");
        }
        SqlText text = expressions.operand(match.text(), scope);
        if (match.function() == Predicate.Function.STARTS_WITH
                && (match.text() instanceof Operand.Property
                        || match.text() instanceof Operand.Lower(Operand.Property _))
                && match.part() instanceof Operand.Literal(String prefix, _)) {
            return keyRange(match.text(), prefix, TextMatches.range(text, prefix), scope);
        }
        SqlText part = expressions.operand(match.part(), scope);
        String template =
                switch (match.function()) {
                    case STARTS_WITH -> dialect.startsWith();
                    case ENDS_WITH -> dialect.endsWith();
                    case CONTAINS -> dialect.contains();
                    case HAS_WORD -> dialect.hasWord();
                };
        return TextMatches.fill(template, text, part);
    }

    /**
     * A prefix of a key bounds the folded key too, in which the primary key is ordered. Only ASCII
     * folds alike whatever follows it.
     */
    private static SqlText keyRange(
            Operand text, String prefix, SqlText condition, Map<String, Source> scope) {
        if (!Expressions.isId(text, scope) || !prefix.chars().allMatch(c -> c < 128)) {
            return condition;
        }
        String alias = Expressions.source((Operand.Property) text, scope).alias();
        SqlText key = new SqlText().add(alias + ".entity_key");
        return new SqlText()
                .add("(")
                .add(condition)
                .add(" and ")
                .add(TextMatches.range(key, Entity.fold(prefix)))
                .add(")");
    }

    private SqlText items(
            Operand.Property collection,
            String variable,
            Predicate body,
            Map<String, Source> scope,
            boolean any) {
        Source owner = Expressions.source(collection, scope);
        String json = owner.alias() + (owner instanceof Source.Row ? ".doc" : ".value");
        String alias = alias("i");
        SqlText sql = new SqlText().add(any ? "exists" : "not exists").add(" (select 1 from ");
        sql.add(dialect.items(json, collection.path(), alias)).add(" where ");
        return sql.add(body(body, with(scope, variable, new Source.Item(alias)), any)).add(")");
    }

    private SqlText linked(
            String link,
            Kind target,
            List<String> types,
            String variable,
            Predicate body,
            Map<String, Source> scope,
            boolean any) {
        String links = alias("l");
        String alias = alias("t");
        SqlText sql = new SqlText().add(any ? "exists" : "not exists");
        sql.add(" (select 1 from link " + links);
        sql.add(target.shape().joinTarget(alias, links));
        sql.add(" where " + links + ".tenant_id = ").bind(tenant);
        sql.add(" and " + links + ".link = ").bind(link);
        sql.add(" and " + links + ".source_kind = ").bind(root.name());
        sql.add(" and " + links + ".source_key = " + row(scope).path());
        sql.add(" and " + links + ".target_kind = ").bind(target.name()).add(" and ");
        if (!types.isEmpty()) {
            sql.add(types(alias, types)).add(" and ");
        }
        Source.Row row = new Source.Row(alias, target, alias + ".entity_key");
        return sql.add(body(body, with(scope, variable, row), any)).add(")");
    }

    private SqlText contained(
            Kind target,
            List<String> types,
            String variable,
            Predicate body,
            Map<String, Source> scope,
            boolean any) {
        String alias = alias("c");
        SqlText sql = new SqlText().add(any ? "exists" : "not exists");
        sql.add(" (select 1 from " + target.shape().table() + " " + alias + " where ");
        sql.add(target.shape().ofTenant(alias, tenant));
        sql.add(" and " + alias + ".parent = " + row(scope).path()).add(" and ");
        if (!types.isEmpty()) {
            sql.add(types(alias, types)).add(" and ");
        }
        String path = "(" + alias + ".parent || '/' || " + alias + ".entity_key)";
        Source.Row row = new Source.Row(alias, target, path);
        return sql.add(body(body, with(scope, variable, row), any)).add(")");
    }

    /** For "any", that the body is true; for "all", that it is not. */
    private SqlText body(Predicate body, Map<String, Source> scope, boolean any) {
        return any
                ? condition(body, scope, false)
                : new SqlText().add("(").add(condition(body, scope, true)).add(") is not true");
    }

    private String alias(String prefix) {
        aliases++;
        return prefix + aliases;
    }

    private static Source.Row row(Map<String, Source> scope) {
        if (scope.get("") instanceof Source.Row row) {
            return row;
        }
        throw new IllegalArgumentException("no entity in scope");
    }

    private static Map<String, Source> with(
            Map<String, Source> scope, String variable, Source source) {
        Map<String, Source> inner = new HashMap<>(scope);
        inner.put(variable, source);
        return inner;
    }
}
