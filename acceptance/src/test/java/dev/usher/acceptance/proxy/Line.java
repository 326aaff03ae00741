package dev.usher.acceptance.proxy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the operation list in one version.
 *
 * @param version {@code v1.0} or {@code beta}
 * @param path the template, such as {@code /identity/b2xUserFlows/{flow-id}}
 * @param success the status or statuses with which it answers when it works
 * @param works whether docs/parity.md says so
 */
public record Line(String version, String method, String path, String success, boolean works) {

    private static final String REST = "**";
    private static final Pattern KEY =
            Pattern.compile("(?<name>[^()]+)\\(((?<property>\\w+)=)?'?(?<key>[^()]*?)'?\\)");

    /** The operation's name in {@code @Proves}. */
    public String operation() {
        return method + " " + path;
    }

    /** Whether that status shows that the operation works. */
    public boolean succeeds(int status) {
        return success.contains(Integer.toString(status))
                || (status >= 200 && status < 300 && success.matches(".*\\b2\\d\\d\\b.*"));
    }

    List<String> segments() {
        String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
        return Arrays.stream(plain.substring(1).split("/"))
                .flatMap(segment -> parts(segment).stream())
                .toList();
    }

    /**
     * A key in parentheses becomes a segment of its own, behind the name of the property if that is
     * an alternate key: {@code apps(appId='1')} is {@code apps}, {@code (appId)}, {@code 1}.
     */
    static List<String> parts(String segment) {
        Matcher key = KEY.matcher(segment);
        if (!key.matches() || key.group("key").isEmpty()) {
            return List.of(segment);
        }
        String property = key.group("property");
        return property == null
                ? List.of(key.group("name"), key.group("key"))
                : List.of(key.group("name"), "(" + property + ")", key.group("key"));
    }

    /** The reference to remove is named in the query. */
    boolean byQuery() {
        return path.contains("?@id=");
    }

    boolean takes(String verb) {
        return method.equals("*") || method.equals(verb);
    }

    /**
     * How well the template fits: the number of segments that it spells out, or -1 when it does not
     * fit. Names are compared ignoring case, as the service does.
     */
    int fit(List<String> asked) {
        List<String> own = segments();
        boolean open = own.getLast().equals(REST);
        int fixed = open ? own.size() - 1 : own.size();
        if (open ? asked.size() < fixed : asked.size() != fixed) {
            return -1;
        }
        int literal = 0;
        for (int i = 0; i < fixed; i++) {
            boolean key = own.get(i).startsWith("{");
            // $ref, $count and their kind are never keys
            if (key ? asked.get(i).startsWith("$") : !sameName(own.get(i), asked.get(i))) {
                return -1;
            }
            literal += key ? 0 : 1;
        }
        return literal;
    }

    private static boolean sameName(String one, String other) {
        return name(one).equals(name(other));
    }

    /** Without case, and without the parentheses of a function. */
    private static String name(String segment) {
        String lower = segment.toLowerCase(Locale.ROOT);
        return lower.endsWith("()") ? lower.substring(0, lower.length() - 2) : lower;
    }

    @Override
    public String toString() {
        return version + " " + operation();
    }
}
