package dev.usher.store;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL with its named parameters replaced by placeholders.
 *
 * @param text for JDBC
 * @param names the parameter of each placeholder
 */
record NamedSql(String text, List<String> names) {

    /** Reads {@code :name}; leaves quoted text and {@code ::} casts alone. */
    static NamedSql parse(String source) {
        StringBuilder text = new StringBuilder(source.length());
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            int end = at + 1;
            if (c == '\'' || c == '"') {
                int close = source.indexOf(c, at + 1);
                end = close < 0 ? source.length() : close + 1;
                text.append(source, at, end);
            } else if (c == ':' && source.startsWith("::", at)) {
                end = at + 2;
                text.append("::");
            } else if (c == ':' && endOfName(source, at + 1) > at + 1) {
                end = endOfName(source, at + 1);
                names.add(source.substring(at + 1, end));
                text.append('?');
            } else {
                text.append(c);
            }
            at = end;
        }
        return new NamedSql(text.toString(), List.copyOf(names));
    }

    private static int endOfName(String source, int from) {
        int end = from;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        return end;
    }
}
