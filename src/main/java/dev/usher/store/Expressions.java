package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles operands. A scope maps the variables that may be named, "" being the entity itself. */
final class Expressions {

    private static final List<String> ID = List.of("id");

    /** Where a structured value names its type. */
    private static final String TYPE = "@odata.type";

    private final Dialect dialect;

    Expressions(Dialect dialect) {
        this.dialect = dialect;
    }

    SqlText operand(Operand operand, Map<String, Source> scope) {
        return switch (operand) {
            case Operand.Property property -> new SqlText().add(property(property, scope));
            case Operand.Literal literal when literal.value() == null -> new SqlText().add("null");
            case Operand.Literal(Object value, PrimitiveType type) ->
                    new SqlText().bind(value(value, type));
            case Operand.Cast(Operand of, Operand.Property object, List<String> types) ->
                    new SqlText()
                            .add("case when " + typeName(object, scope) + " in ")
                            .bindAll(types)
                            .add(" then ")
                            .add(operand(of, scope))
                            .add(" end");
            case Operand.Lower(Operand of) -> lower(of, scope);
            case Operand.Upper(Operand of) -> mapped(dialect.upper(Dialect.TEXT), of, scope);
        };
    }

    private SqlText lower(Operand of, Map<String, Source> scope) {
        if (of instanceof Operand.Property property
                && property.path().size() == 1
                && source(property, scope) instanceof Source.Row(String alias, Kind kind, _)) {
            String column = kind.indexing().folded().get(property.path().getFirst());
            if (column != null) {
                return new SqlText().add(alias + "." + column);
            }
        }
        return mapped(dialect.lower(Dialect.TEXT), of, scope);
    }

    private SqlText mapped(String template, Operand of, Map<String, Source> scope) {
        int at = template.indexOf(Dialect.TEXT);
        return new SqlText()
                .add(template.substring(0, at))
                .add(operand(of, scope))
                .add(template.substring(at + Dialect.TEXT.length()));
    }

    private String typeName(Operand.Property object, Map<String, Source> scope) {
        if (object.path().isEmpty() && source(object, scope) instanceof Source.Row row) {
            return row.alias() + ".type_name";
        }
        List<String> path = new ArrayList<>(object.path());
        path.add(TYPE);
        return property(new Operand.Property(object.variable(), path, PrimitiveType.STRING), scope);
    }

    private String property(Operand.Property property, Map<String, Source> scope) {
        List<String> path = property.path();
        return switch (source(property, scope)) {
            case Source.Item(String alias) ->
                    path.isEmpty()
                            ? dialect.item(alias, property.type())
                            : dialect.member(alias + ".value", path, property.type());
            case Source.Row row when path.equals(ID) -> row.alias() + ".entity_id";
            case Source.Row(String alias, Kind kind, _) -> {
                Kind.Column column = path.size() == 1 ? kind.columns().get(path.getFirst()) : null;
                yield column == null
                        ? dialect.member(alias + ".doc", path, property.type())
                        : alias + "." + column.name();
            }
        };
    }

    static Source source(Operand.Property property, Map<String, Source> scope) {
        Source source = scope.get(property.variable());
        if (source == null) {
            throw new IllegalArgumentException("no variable " + property.variable());
        }
        return source;
    }

    /** Whether the operand is the key of an entity. */
    static boolean isId(Operand operand, Map<String, Source> scope) {
        return operand instanceof Operand.Property property
                && property.path().equals(ID)
                && source(property, scope) instanceof Source.Row;
    }

    /** Whether the operand is null whatever the entity. */
    static boolean isNull(Operand operand) {
        return switch (operand) {
            case Operand.Literal literal -> literal.value() == null;
            case Operand.Cast(Operand of, _, _) -> isNull(of);
            case Operand.Lower(Operand of) -> isNull(of);
            case Operand.Upper(Operand of) -> isNull(of);
            case Operand.Property _ -> false;
        };
    }

    /**
     * A literal or cursor value in the form in which the database keeps values of that type.
     *
     * @throws IllegalArgumentException if the value is not of that type
     */
    static @Nullable Object value(@Nullable Object value, PrimitiveType type) {
        return switch (value) {
            case null -> null;
            case String text when type == PrimitiveType.DATE_TIME_OFFSET -> millis(text);
            case String text when textual(type) -> text;
            case Boolean flag when type == PrimitiveType.BOOLEAN -> flag;
            case Integer number when countable(type) -> number.longValue();
            case Long number when countable(type) -> number;
            case Double number when type.numeric() -> number;
            default ->
                    throw new IllegalArgumentException(
                            "not a value of " + type.qualifiedName() + ": " + value.getClass());
        };
    }

    private static boolean textual(PrimitiveType type) {
        return !countable(type) && type != PrimitiveType.BOOLEAN;
    }

    private static boolean countable(PrimitiveType type) {
        return type.numeric() || type == PrimitiveType.DATE_TIME_OFFSET;
    }

    private static long millis(String text) {
        try {
            return Json.instant(text).toEpochMilli();
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("not a date and time: " + text, e);
        }
    }
}
