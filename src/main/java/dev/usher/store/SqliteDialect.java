package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** SQLite 3.45 or newer. Booleans are 0 and 1, JSON is text, text compares by its bytes. */
final class SqliteDialect implements Dialect {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Gives a new connection the functions that the expressions below call. */
    static void install(Connection connection) throws SQLException {
        create(connection, "usher_lower", text -> mapped(text, Character::toLowerCase));
        create(connection, "usher_upper", text -> mapped(text, Character::toUpperCase));
        create(connection, "usher_words", Words::joined);
        create(connection, "usher_millis", SqliteDialect::millis);
    }

    @Override
    public String folder() {
        return "db/sqlite";
    }

    @Override
    public String member(String json, List<String> path, PrimitiveType type) {
        return typed("json_extract(" + json + ", " + pointer(path) + ")", type);
    }

    @Override
    public String item(String alias, PrimitiveType type) {
        return typed(alias + ".value", type);
    }

    private static String typed(String value, PrimitiveType type) {
        return type == PrimitiveType.DATE_TIME_OFFSET ? "usher_millis(" + value + ")" : value;
    }

    @Override
    public String items(String json, List<String> path, String alias) {
        String pointer = pointer(path);
        return "json_each(case json_type(%s, %s) when 'array' then json_extract(%s, %s) else '[]' end) as %s"
                .formatted(json, pointer, json, pointer, alias);
    }

    private static String pointer(List<String> path) {
        StringBuilder pointer = new StringBuilder("'$");
        for (String name : path) {
            pointer.append('.');
            if (PLAIN.matcher(name).matches()) {
                pointer.append(name);
            } else {
                pointer.append('"').append(Dialect.name(name)).append('"');
            }
        }
        return pointer.append('\'').toString();
    }

    @Override
    public String lower(String text) {
        return "usher_lower(" + text + ")";
    }

    @Override
    public String upper(String text) {
        return "usher_upper(" + text + ")";
    }

    @Override
    public String startsWith() {
        return "substr({text}, 1, length({part})) = {part}";
    }

    @Override
    public String endsWith() {
        return "substr({text}, length({text}) - length({part}) + 1) = {part}";
    }

    @Override
    public String contains() {
        return "instr({text}, {part}) > 0";
    }

    @Override
    public String hasWord() {
        return "instr(usher_words({text}), ' ' || {part}) > 0";
    }

    @Override
    public String among(String text) {
        return text + " in (select value from json_each(?))";
    }

    @Override
    public Object texts(Collection<String> list) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        list.forEach(array::add);
        return array.toString();
    }

    @Override
    public boolean uniqueViolation(@Nullable Throwable cause) {
        return cause instanceof SQLiteException failure
                && failure.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE;
    }

    @Override
    public String jsonPlaceholder() {
        return "?";
    }

    @Override
    public String rows(List<String> tables) {
        return tables.stream()
                .map(table -> "select '" + table + "', count(*) from " + table)
                .collect(Collectors.joining(" union all "));
    }

    @Override
    public boolean pipelines() {
        return false;
    }

    @Override
    public @Nullable String holdName() {
        return null;
    }

    /** The one writer needs no row locks. */
    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public String forShare() {
        return "";
    }

    @Override
    public void bind(PreparedStatement statement, int position, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setObject(position, null);
            case String text -> statement.setString(position, UnstorableText.check(text));
            case Boolean flag -> statement.setInt(position, flag ? 1 : 0);
            case Integer number -> statement.setLong(position, number);
            case Long number -> statement.setLong(position, number);
            case Double number -> statement.setDouble(position, number);
            case Instant instant -> statement.setLong(position, instant.toEpochMilli());
            case UUID guid -> statement.setString(position, guid.toString());
            case byte[] bytes -> statement.setBytes(position, bytes);
            default -> throw new IllegalArgumentException("cannot bind " + value.getClass());
        }
    }

    private interface TextFunction {
        @Nullable Object apply(String text);
    }

    private static void create(Connection connection, String name, TextFunction body)
            throws SQLException {
        Function function =
                new Function() {
                    @Override
                    protected void xFunc() throws SQLException {
                        String text = value_text(0);
                        Object result = text == null ? null : body.apply(text);
                        switch (result) {
                            case String mapped -> result(mapped);
                            case Long number -> result(number);
                            case null, default -> result();
                        }
                    }
                };
        Function.create(connection, name, function, 1, Function.FLAG_DETERMINISTIC);
    }

    private static String mapped(String text, IntUnaryOperator mapping) {
        return text.codePoints()
                .map(mapping)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static @Nullable Long millis(String text) {
        try {
            return Json.instant(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
