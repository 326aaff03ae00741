package dev.usher.acceptance.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Filters in the grammar that OData 4.0 and Graph share, and some that neither allows. Texts are
 * taken from the objects, so that most filters select some of them.
 */
final class FilterGenerator {

    private static final int DEPTH_MAX = 3;
    private static final double BROKEN = 0.1;
    private static final List<String> EQUALITY = List.of("eq", "eq", "ne");
    private static final List<String> RELATION = List.of("gt", "ge", "lt", "le");

    /**
     * What may be named in filters of one set.
     *
     * @param texts paths of text, each with values to compare it with
     * @param conditions complete conditions on other types
     * @param lambdas collections
     */
    record Vocabulary(
            Map<String, List<String>> texts, List<String> conditions, List<Lambda> lambdas) {}

    /** A collection and what may be named of its items. */
    record Lambda(String path, Vocabulary items) {}

    private final Random random;

    FilterGenerator(long seed) {
        this.random = new Random(seed);
    }

    String filter(Vocabulary names) {
        String filter = condition(names, "", 0);
        return chance(BROKEN) ? broken(filter, names) : filter;
    }

    private String condition(Vocabulary names, String prefix, int depth) {
        String name = pick(List.copyOf(names.texts().keySet()));
        List<String> values = names.texts().get(name);
        String path = prefix + name;
        int kind = random.nextInt(depth < DEPTH_MAX ? 22 : 14);
        return switch (kind) {
            case 0 -> text(path) + " " + pick(EQUALITY) + " " + literal(values);
            case 1, 2, 3, 4 -> text(path) + " " + pick(RELATION) + " " + literal(values);
            case 5, 6, 7 -> match(path, values) + pick(List.of("", "", " eq true", " ne true"));
            case 8, 9, 10 -> text(path) + " in (" + list(values) + ")";
            case 11 -> text(path) + " " + pick(RELATION) + " " + other(names, prefix);
            case 12 ->
                    chance(0.3)
                            ? path + " " + pick(EQUALITY) + " null"
                            : match(path, other(names, prefix));
            case 13 ->
                    names.conditions().isEmpty() || chance(0.6)
                            ? "not " + match(path, values)
                            : pick(names.conditions());
            case 14 -> "not (" + condition(names, prefix, depth + 1) + ")";
            case 15, 16, 17 -> both(names, prefix, depth, " and ", " or ");
            case 18, 19, 20 -> both(names, prefix, depth, " or ", " and ");
            default ->
                    names.lambdas().isEmpty()
                            ? condition(names, prefix, depth + 1)
                            : lambda(pick(names.lambdas()), depth);
        };
    }

    /** Now and then without parentheses, so that precedence counts. */
    private String both(Vocabulary names, String prefix, int depth, String word, String otherWord) {
        String left = condition(names, prefix, depth + 1);
        String right = condition(names, prefix, depth + 1);
        if (chance(0.3)) {
            return left + word + right + otherWord + condition(names, prefix, depth + 1);
        }
        return "(" + left + ")" + word + "(" + right + ")";
    }

    private String lambda(Lambda lambda, int depth) {
        if (chance(0.1)) {
            return lambda.path() + "/any()";
        }
        String variable = pick(List.of("x", "item", "displayName"));
        String body = condition(lambda.items(), variable + "/", depth + 2);
        return lambda.path() + pick(List.of("/any(", "/all(")) + variable + ":" + body + ")";
    }

    private String other(Vocabulary names, String prefix) {
        return text(prefix + pick(List.copyOf(names.texts().keySet())));
    }

    private String text(String path) {
        return chance(0.2) ? pick(List.of("tolower", "toupper")) + "(" + path + ")" : path;
    }

    private String match(String path, List<String> values) {
        return match(path, part(values));
    }

    private String match(String path, String part) {
        String function = pick(List.of("contains", "startswith", "endswith"));
        return function + "(" + text(path) + "," + part + ")";
    }

    private String list(List<String> values) {
        List<String> items = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            items.add(literal(values));
        }
        return String.join(",", items);
    }

    private String literal(List<String> values) {
        return switch (random.nextInt(8)) {
            case 0 -> quoted(swapped(pick(values)));
            case 1 -> part(values);
            default -> quoted(pick(values));
        };
    }

    /** A piece of one of the texts, never cutting a surrogate pair. */
    private String part(List<String> values) {
        int[] points = pick(values).codePoints().toArray();
        int from = chance(0.5) ? 0 : random.nextInt(points.length + 1);
        int to = Math.min(points.length, from + 1 + random.nextInt(2));
        return quoted(new String(points, from, to - from));
    }

    private static String swapped(String text) {
        return text.equals(text.toUpperCase(Locale.ROOT))
                ? text.toLowerCase(Locale.ROOT)
                : text.toUpperCase(Locale.ROOT);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A filter that no reading of the grammar or the schema allows. */
    private String broken(String filter, Vocabulary names) {
        String text = pick(List.copyOf(names.texts().keySet()));
        return pick(
                List.of(
                        "(" + filter,
                        filter + ")",
                        filter + " and",
                        "or " + filter,
                        filter + " " + filter,
                        "not",
                        text,
                        "not " + text,
                        text + " eq",
                        text + " eq 'open",
                        text + " eq 1",
                        text + " gt true",
                        text + " in ('a',1)",
                        text + " and true",
                        text + " eq nosuch",
                        "nosuch eq 'a'",
                        "nosuch/" + text + " eq 'a'",
                        text + "/nosuch eq 'a'",
                        "microsoft.graph.nosuch/" + text + " eq 'a'",
                        "microsoft.graph.userFlowType/" + text + " eq 'a'",
                        text + " eq microsoft.graph.nosuch'a'",
                        text + " eq microsoft.graph.userFlowType'signUp'",
                        text + " eq duration'P1D'",
                        "contains(" + text + ")",
                        "contains(" + text + ",'a','b')",
                        "contains(" + text + ",1)",
                        "nosuch(" + text + ",'a')",
                        "tolower(" + text + ")",
                        "tolower(true) eq 'a'",
                        "contains(" + text + ",'a') gt 1",
                        "contains(" + text + ",'a') eq 'a'",
                        text + "/any(x:x eq 'a')",
                        "nosuch/any(x:x eq 'a')",
                        "x/" + text + " eq 'a'"));
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
