package dev.usher.graph;

import dev.usher.fuzz.Dice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Query options for requests to one set. */
final class GraphOptions {

    private static final int DEPTH_MAX = 5;

    private final Dice dice;
    private final GraphNames names;
    private final String set;

    GraphOptions(Dice dice, GraphNames names, String set) {
        this.dice = dice;
        this.names = names;
        this.set = set;
    }

    /** With its question mark, or empty. */
    String query(double share) {
        List<String> options = new ArrayList<>();
        while (dice.chance(share) && options.size() < 5) {
            options.add(option());
        }
        return options.isEmpty() ? "" : "?" + String.join("&", options);
    }

    private String option() {
        String value =
                switch (dice.below(30)) {
                    case 0 -> "skiptoken=" + dice.of("x", "AAAA", "bm90aGluZw", "%20");
                    case 1 ->
                            dice.of(
                                    "search=%22x%22",
                                    "compute=1%20as%20x",
                                    "apply=x",
                                    "format=json",
                                    "id=" + names.key(dice, set),
                                    "deltatoken=latest");
                    case 2, 3, 4 -> "select=" + names.property(dice, set) + dice.of("", ",id,*");
                    case 5, 6, 7, 8 -> "expand=" + encoded(expand(0));
                    case 9, 10, 11 -> "orderby=" + encoded(order());
                    case 12 -> "top=" + dice.of("1", "2", "5", "999", "0");
                    case 13 -> "skip=" + dice.of("0", "1", "1000000", "2147483647");
                    case 14 -> "count=" + dice.of("true", "false");
                    default -> "filter=" + encoded(filter(0));
                };
        return dice.chance(0.8) ? "$" + value : value;
    }

    private String order() {
        return names.property(dice, set) + dice.of("", " desc", ",id asc", " desc,tolower(id)");
    }

    private String encoded(String text) {
        return dice.chance(0.95) ? URLEncoder.encode(text, StandardCharsets.UTF_8) : text;
    }

    private String expand(int depth) {
        String step = "apiConnectorConfiguration/" + dice.pick(GraphNames.STEPS);
        String path =
                dice.chance(0.95)
                        ? dice.of(
                                "userFlowIdentityProviders",
                                "identityProviders",
                                "handler/customExtension",
                                "onAttributeCollection/attributes",
                                step)
                        : dice.of("nosuch", "*", step + "/$ref");
        if (depth > DEPTH_MAX || dice.chance(0.6)) {
            return path;
        }
        return path
                + "("
                + dice.of(
                        "$select=id",
                        "$filter=contains(displayName,'a')",
                        "$filter=" + filter(3),
                        "$top=1;$skip=1",
                        "$orderby=id desc",
                        "$expand=" + expand(depth + 1),
                        "$levels=max")
                + ")";
    }

    private String filter(int depth) {
        if (depth > DEPTH_MAX) {
            return "true";
        }
        String operator = dice.of("eq", "ne", "gt", "ge", "lt", "le");
        return switch (dice.below(18)) {
            case 0 -> filter(depth + 1) + " and " + filter(depth + 1);
            case 1 -> "(" + filter(depth + 1) + " or " + filter(depth + 1) + ")";
            case 2 -> "not (" + filter(depth + 1) + ")";
            case 3, 4 -> match() + dice.of("", " eq true", " ne false");
            case 5 -> operand() + " in (" + value() + "," + value() + ")";
            case 6 -> providers(depth);
            case 7 -> {
                int parentheses = dice.below(25);
                yield "(".repeat(parentheses)
                        + "true"
                        + dice.of(" or true", " and true").repeat(dice.below(1000))
                        + ")".repeat(parentheses);
            }
            case 8 -> value() + " " + operator + " " + operand();
            default -> operand() + " " + operator + " " + value();
        };
    }

    private String match() {
        String function = dice.of("startswith", "endswith", "contains");
        return function + "(" + operand() + "," + dice.of("'a'", "''", "'ä'", value()) + ")";
    }

    private String providers(int depth) {
        if (set.startsWith("authenticationEvent")) {
            return "conditions/applications/includeApplications/"
                    + dice.of("any", "all")
                    + "(a:"
                    + dice.of("a/appId eq 'a'", "startswith(a/appId,'1')", "a/id eq 'x'")
                    + ")";
        }
        return "userFlowIdentityProviders/"
                + dice.of("any", "all")
                + "(p:"
                + dice.of("p/displayName eq 'a'", "startswith(p/id,'A')", filter(depth + 2))
                + ")";
    }

    private String operand() {
        String property = names.property(dice, set);
        return dice.chance(0.2)
                ? dice.of("tolower", "toupper", "length") + "(" + property + ")"
                : property;
    }

    private String value() {
        return dice.chance(0.6)
                ? dice.of("null", "'a'", "''", "'it''s'", "'ä😀'", "'string'", "'" + id() + "'")
                : dice.of(
                        "true",
                        "1",
                        "-1.5e3",
                        "1e999",
                        "microsoft.graph.userFlowType'signIn'",
                        "'" + dice.nasty() + "'",
                        dice.nasty(),
                        "displayName",
                        "2026-01-01T00:00:00Z",
                        "duration'P1D'");
    }

    private String id() {
        return names.key(dice, set);
    }
}
