package dev.usher.store;

import org.jspecify.annotations.Nullable;

/** The text functions as SQL. */
final class TextMatches {

    private TextMatches() {}

    /** {@code startswith} as a range, which an index can serve. */
    static SqlText range(SqlText text, String prefix) {
        SqlText sql = new SqlText().add("(").add(text).add(" >= ").bind(prefix);
        String end = after(prefix);
        if (end != null) {
            sql.add(" and ").add(text).add(" < ").bind(end);
        }
        return sql.add(")");
    }

    /**
     * The least text, by code point, that comes after every text with that prefix; null if there is
     * none.
     */
    static @Nullable String after(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int i = points.length - 1; i >= 0; i--) {
            if (points[i] < Character.MAX_CODE_POINT) {
                int next = points[i] + 1;
                boolean surrogate =
                        next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE;
                points[i] = surrogate ? Character.MAX_SURROGATE + 1 : next;
                return new String(points, 0, i + 1);
            }
        }
        return null;
    }

    /** Puts the operands into a template of {@link Dialect#contains} and its like. */
    static SqlText fill(String template, SqlText text, SqlText part) {
        SqlText sql = new SqlText();
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith(Dialect.TEXT, at)) {
                sql.add(text);
                at += Dialect.TEXT.length();
            } else if (template.startsWith(Dialect.PART, at)) {
                sql.add(part);
                at += Dialect.PART.length();
            } else {
                sql.add(String.valueOf(template.charAt(at)));
                at++;
            }
        }
        return sql;
    }
}
