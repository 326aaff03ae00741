package dev.usher.odata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the query string, or the options nested in an {@code $expand} item. As in Graph the dollar
 * sign may be left out. Nothing is ignored: an option that is not known is refused by name.
 */
final class QueryOptionsParser {

    /** Levels of {@code $expand} inside {@code $expand}. */
    static final int EXPAND_DEPTH_MAX = 4;

    /** Items of one {@code $select} or {@code $expand}. */
    static final int ITEMS_MAX = 100;

    private static final Pattern PATH =
            Pattern.compile("[A-Za-z_@][A-Za-z0-9_.@]*(/[A-Za-z_][A-Za-z0-9_.]*)*");
    private static final Set<String> KNOWN =
            Set.of(
                    "select",
                    "expand",
                    "filter",
                    "orderby",
                    "top",
                    "skip",
                    "count",
                    "skiptoken",
                    "search",
                    "format",
                    "id");
    private static final Set<String> NESTED =
            Set.of("select", "expand", "filter", "orderby", "top", "skip", "count");

    private List<String> select = List.of();
    private List<QueryOptions.Expand> expand = List.of();
    private @Nullable Expression filter;
    private List<QueryOptions.Order> orderBy = List.of();
    private @Nullable Integer top;
    private int skip;
    private boolean count;
    private @Nullable String skipToken;
    private @Nullable String search;
    private @Nullable String reference;
    private @Nullable MetadataLevel format;
    private final List<String> replay = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private QueryOptionsParser() {}

    /** Parses a raw query; leading question marks, which some clients double, are dropped. */
    static QueryOptions parse(@Nullable String rawQuery) {
        QueryOptionsParser parser = new QueryOptionsParser();
        if (rawQuery != null) {
            String query = rawQuery;
            while (query.startsWith("?")) {
                query = query.substring(1);
            }
            for (String pair : query.split("&", -1)) {
                if (!pair.isEmpty()) {
                    parser.pair(pair);
                }
            }
        }
        return parser.result();
    }

    private void pair(String pair) {
        int equals = pair.indexOf('=');
        String name = PercentCoding.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : PercentCoding.decodeQuery(pair.substring(equals + 1));
        String option = option(name);
        if (!KNOWN.contains(option)) {
            throw unsupported(name);
        }
        accept(option, name, value, 0);
        if (!option.equals("skiptoken") && !option.equals("skip")) {
            replay.add(pair);
        }
    }

    private static String option(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "@id", "@odata.id", "$id" -> "id";
            case "id" -> "unknown";
            default -> lower.startsWith("$") ? lower.substring(1) : lower;
        };
    }

    private void accept(String option, String name, String value, int depth) {
        if (!seen.add(option)) {
            throw syntax("The query option '" + name + "' is given twice.");
        }
        switch (option) {
            case "select" -> select = select(value);
            case "expand" -> expand = expand(value, depth + 1);
            case "filter" -> filter = ExpressionParser.parse(value);
            case "orderby" -> orderBy = orderBy(value);
            case "top" -> top = number(name, value);
            case "skip" -> skip = number(name, value);
            case "count" -> count = flag(name, value);
            case "skiptoken" -> skipToken = value;
            case "search" -> search = value;
            case "format" -> format = format(value);
            case "id" -> reference = value;
            default -> throw unsupported(name);
        }
    }

    private QueryOptions result() {
        return new QueryOptions(
                select,
                expand,
                filter,
                orderBy,
                top,
                skip,
                count,
                skipToken,
                search,
                reference,
                format,
                List.copyOf(replay));
    }

    private static List<String> select(String value) {
        List<String> items = OptionSplitter.split(value, ',');
        bound("$select", items);
        for (String item : items) {
            if (!item.equals("*") && !PATH.matcher(item).matches()) {
                throw syntax("$select: '" + item + "' is not a property path.");
            }
        }
        return List.copyOf(items);
    }

    private static List<QueryOptions.Expand> expand(String value, int depth) {
        if (depth > EXPAND_DEPTH_MAX) {
            throw syntax("$expand is nested deeper than " + EXPAND_DEPTH_MAX + " levels.");
        }
        List<String> items = OptionSplitter.split(value, ',');
        bound("$expand", items);
        List<QueryOptions.Expand> expands = new ArrayList<>();
        for (String item : items) {
            int open = item.indexOf('(');
            String path = open < 0 ? item : item.substring(0, open).strip();
            boolean references = path.toLowerCase(Locale.ROOT).endsWith("/$ref");
            if (references) {
                path = path.substring(0, path.length() - "/$ref".length());
            }
            boolean unbalanced = open >= 0 && !item.endsWith(")");
            if (!PATH.matcher(path).matches() || unbalanced) {
                throw syntax("$expand: '" + item + "' is not a navigation property with options.");
            }
            QueryOptions nested =
                    open < 0
                            ? QueryOptions.NONE
                            : nested(item.substring(open + 1, item.length() - 1), depth);
            expands.add(new QueryOptions.Expand(List.of(path.split("/")), references, nested));
        }
        return List.copyOf(expands);
    }

    private static QueryOptions nested(String text, int depth) {
        QueryOptionsParser parser = new QueryOptionsParser();
        for (String part : OptionSplitter.split(text, ';')) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals).strip();
            String option = option(name);
            if (equals < 0 || !NESTED.contains(option)) {
                throw unsupported(name);
            }
            parser.accept(option, name, part.substring(equals + 1).strip(), depth);
        }
        return parser.result();
    }

    /** Parses a {@code $orderby}. */
    static List<QueryOptions.Order> orderBy(String value) {
        List<String> items = OptionSplitter.split(value, ',');
        bound("$orderby", items);
        List<QueryOptions.Order> orders = new ArrayList<>();
        for (String item : items) {
            String lower = item.toLowerCase(Locale.ROOT);
            boolean descending = lower.endsWith(" desc");
            boolean ascending = lower.endsWith(" asc");
            int suffix = descending ? 5 : ascending ? 4 : 0;
            String by = item.substring(0, item.length() - suffix).strip();
            orders.add(new QueryOptions.Order(sortKey(by), descending));
        }
        return List.copyOf(orders);
    }

    private static Expression sortKey(String text) {
        try {
            return ExpressionParser.parse(text);
        } catch (Refusal refusal) {
            throw refusal.as(GraphError.SYNTAX);
        }
    }

    private static int number(String name, String value) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // refused below, with the same words
        }
        throw syntax("The query option '" + name + "' must be a non-negative whole number.");
    }

    private static boolean flag(String name, String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw syntax("The query option '" + name + "' must be true or false.");
        };
    }

    private static MetadataLevel format(String value) {
        String lower = value.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("json") || lower.equals("application/json")) {
            return MetadataLevel.MINIMAL;
        }
        if (lower.startsWith("application/json;")) {
            return RequestParser.metadataLevel(lower);
        }
        throw new Refusal(GraphError.NOT_ACCEPTABLE, "$format: only json is written.");
    }

    private static void bound(String option, List<String> items) {
        if (items.size() > ITEMS_MAX) {
            throw syntax(option + " takes at most " + ITEMS_MAX + " items.");
        }
    }

    private static Refusal unsupported(String name) {
        return new Refusal(
                GraphError.UNSUPPORTED_OPTION,
                "The query option '" + name + "' is not supported.",
                name,
                List.of());
    }

    private static Refusal syntax(String message) {
        return new Refusal(GraphError.SYNTAX, message);
    }
}
