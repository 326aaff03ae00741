package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 17 or newer (for {@code pg_c_utf8}). JSON is {@code jsonb}, text collates "C". */
final class PostgresDialect implements Dialect {

    @Override
    public String folder() {
        return "db/postgresql";
    }

    @Override
    public String member(String json, List<String> path, PrimitiveType type) {
        return typed("(" + json + " #>> " + pointer(path) + ")", type);
    }

    @Override
    public String item(String alias, PrimitiveType type) {
        return typed("(" + alias + ".value #>> '{}')", type);
    }

    private static String typed(String text, PrimitiveType type) {
        return switch (type) {
            case BOOLEAN -> "cast(" + text + " as boolean)";
            case INT32, INT64 -> "cast(" + text + " as numeric)";
            case SINGLE, DOUBLE -> "cast(" + text + " as double precision)";
            case DATE_TIME_OFFSET ->
                    "cast(floor(extract(epoch from cast("
                            + text
                            + " as timestamptz)) * 1000) as bigint)";
            case STRING, GUID, BINARY, STREAM -> "(" + text + " collate \"C\")";
        };
    }

    @Override
    public String items(String json, List<String> path, String alias) {
        String array = json + " #> " + pointer(path);
        return "jsonb_array_elements(case jsonb_typeof(%s) when 'array' then %s else '[]'::jsonb end) as %s(value)"
                .formatted(array, array, alias);
    }

    private static String pointer(List<String> path) {
        return path.stream()
                .map(name -> '"' + Dialect.name(name) + '"')
                .collect(Collectors.joining(",", "'{", "}'"));
    }

    @Override
    public String lower(String text) {
        return "(lower(" + text + " collate \"pg_c_utf8\") collate \"C\")";
    }

    @Override
    public String upper(String text) {
        return "(upper(" + text + " collate \"pg_c_utf8\") collate \"C\")";
    }

    @Override
    public String startsWith() {
        return "starts_with({text}, {part})";
    }

    @Override
    public String endsWith() {
        return "right({text}, length({part})) = {part}";
    }

    @Override
    public String contains() {
        return "strpos({text}, {part}) > 0";
    }

    /**
     * The same boundaries as in {@link Words}, found by two passes, since PostgreSQL looks not
     * back.
     */
    @Override
    public String hasWord() {
        String text = "({text} collate \"pg_c_utf8\")";
        String cut =
                replaced(
                        replaced(
                                replaced(text, "([[:lower:]])([[:upper:]])"),
                                "([[:alpha:]])([[:digit:]])"),
                        "([[:digit:]])([[:alpha:]])");
        String joined = "' ' || lower(regexp_replace(" + cut + ", '[^[:alnum:]]+', ' ', 'g'))";
        return "strpos((" + joined + ") collate \"C\", ' ' || {part}) > 0";
    }

    private static String replaced(String text, String pattern) {
        return "regexp_replace(" + text + ", '" + pattern + "', '\\1 \\2', 'g')";
    }

    @Override
    public String among(String text) {
        return text + " = any(?)";
    }

    @Override
    public Object texts(Collection<String> list) {
        return list.toArray(String[]::new);
    }

    @Override
    public boolean uniqueViolation(@Nullable Throwable cause) {
        return cause instanceof SQLException failure && "23505".equals(failure.getSQLState());
    }

    @Override
    public String jsonPlaceholder() {
        return "cast(? as jsonb)";
    }

    /** What the planner believes, which is free. */
    @Override
    public String rows(List<String> tables) {
        return "select relname, cast(greatest(reltuples, 0) as bigint) from pg_class"
                + " where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace"
                + " and relname in ('"
                + String.join("', '", tables)
                + "')";
    }

    @Override
    public boolean pipelines() {
        return true;
    }

    @Override
    public String holdName() {
        return "select pg_advisory_xact_lock(?)";
    }

    @Override
    public String forUpdate() {
        return " for update";
    }

    @Override
    public String forShare() {
        return " for key share";
    }

    @Override
    public void bind(PreparedStatement statement, int position, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(position, Types.NULL);
            case String text -> statement.setString(position, UnstorableText.check(text));
            case Boolean flag -> statement.setBoolean(position, flag);
            case Integer number -> statement.setLong(position, number);
            case Long number -> statement.setLong(position, number);
            case Double number -> statement.setDouble(position, number);
            case Instant instant -> statement.setLong(position, instant.toEpochMilli());
            case UUID guid -> statement.setString(position, guid.toString());
            case byte[] bytes -> statement.setBytes(position, bytes);
            case String[] list ->
                    statement.setArray(
                            position, statement.getConnection().createArrayOf("text", list));
            default -> throw new IllegalArgumentException("cannot bind " + value.getClass());
        }
    }
}
