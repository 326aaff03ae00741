package dev.usher.graph;

import dev.usher.fuzz.Dice;
import dev.usher.fuzz.Input;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of Graph's grammar, most of them bent a little. Remembers what the answers named. */
final class GraphInputs {

    private static final int REMEMBERED_MAX = 60;
    private static final double MUTATED = 0.4;

    private static final List<String> SETS =
            List.of("b2xUserFlows", "apiConnectors", "identityProviders", "userFlowAttributes");
    private static final List<String> STEPS =
            List.of("postAttributeCollection", "postFederationSignup", "preTokenIssuance");
    private static final Map<String, List<String>> PROPERTIES =
            Map.of(
                    "b2xUserFlows", List.of("id", "userFlowType", "userFlowTypeVersion"),
                    "apiConnectors",
                            List.of(
                                    "id",
                                    "displayName",
                                    "targetUrl",
                                    "authenticationConfiguration/username",
                                    "authenticationConfiguration/password"),
                    "identityProviders",
                            List.of(
                                    "id",
                                    "displayName",
                                    "identityProviderType",
                                    "clientId",
                                    "clientSecret",
                                    "state"),
                    "userFlowAttributes", List.of("id", "displayName", "description", "dataType"));

    /** The set that the request at hand is about. */
    private String set = "b2xUserFlows";

    private final List<String> keys =
            new ArrayList<>(List.of("B2X_1_a", "b2x_1_B", "Google-OAUTH"));
    private final List<String> tags = new ArrayList<>(List.of("*", "\"0\"", "W/\"1\""));
    private final List<String> nexts = new ArrayList<>();

    void remember(String key, String tag) {
        keep(keys, key);
        keep(tags, tag);
    }

    void rememberNext(String url) {
        keep(nexts, url.substring(url.indexOf('/', "https://".length())));
    }

    private static void keep(List<String> list, String item) {
        if (item != null && !item.isEmpty()) {
            list.add(item);
            if (list.size() > REMEMBERED_MAX) {
                list.remove(3 % list.size());
            }
        }
    }

    Input next(Dice dice) {
        String method = dice.of("GET", "GET", "GET", "POST", "POST", "PATCH", "PUT", "DELETE");
        String target = path(dice, method) + options(dice, method);
        if (method.equals("GET") && !nexts.isEmpty() && dice.chance(0.05)) {
            target = dice.pick(nexts);
        }
        List<String> headers = headers(dice);
        boolean bodiless = method.equals("GET") || method.equals("DELETE");
        String body = bodiless && dice.chance(0.95) ? "" : body(dice, target);
        if (dice.chance(MUTATED)) {
            switch (dice.below(4)) {
                case 0, 1 -> target = dice.mutated(target);
                case 2 -> body = dice.mutated(body);
                default -> headers = headers.stream().map(each -> header(dice, each)).toList();
            }
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && dice.chance(0.03)) {
            bytes[dice.below(bytes.length)] = (byte) dice.below(256);
        }
        return new Input(
                dice.chance(0.02) ? dice.of("HEAD", "TRACE", "get", "MERGE", "OPTIONS") : method,
                Input.printable(routed(target)),
                headers,
                bytes);
    }

    /** The router gives the Graph edge nothing else. */
    private static String routed(String target) {
        return target.matches("(?i)(?s)/+(v1\\.0|beta)([/?].*)?") ? target : "/beta/" + target;
    }

    private static String header(Dice dice, String header) {
        int colon = header.indexOf(':');
        return header.substring(0, colon + 1)
                + dice.mutated(header.substring(colon + 1)).replaceAll("[\\x00-\\x1f\\x7f]", "");
    }

    private String key(Dice dice) {
        return dice.chance(0.08) ? dice.nasty() : dice.pick(keys);
    }

    private String keyed(Dice dice) {
        return dice.chance(0.2) ? "('" + key(dice) + "')" : "/" + key(dice);
    }

    private String path(Dice dice, String method) {
        String root = dice.of("/v1.0", "/beta", "/BETA", "/v1.0/contoso.onmicrosoft.com");
        String flow = root + "/identity/b2xUserFlows" + keyed(dice);
        set = dice.pick(SETS);
        String path = root + "/identity/" + set;
        boolean change = !method.equals("GET");
        return switch (dice.below(change ? 9 : 14)) {
            case 0, 1, 2 -> method.equals("POST") ? path : path + keyed(dice);
            case 3 -> path + "/$ref";
            case 4, 5 ->
                    flow
                            + "/userFlowIdentityProviders"
                            + dice.of("", "/$ref", keyed(dice))
                            + dice.of("", "/$ref");
            case 6, 7 ->
                    flow + "/apiConnectorConfiguration/" + dice.pick(STEPS) + dice.of("", "/$ref");
            case 8 -> flow + "/identityProviders" + dice.of("", "/$ref", keyed(dice));
            case 9 -> root + dice.of("", "/$metadata", "/identity", "/identity/$count");
            case 10 -> path + keyed(dice) + "/" + property(dice) + dice.of("", "/$value");
            case 11 ->
                    path
                            + "/"
                            + dice.of(
                                    "$count",
                                    "availableProviderTypes()",
                                    "microsoft.graph.availableProviderTypes()",
                                    "microsoft.graph.socialIdentityProvider");
            case 12 -> flow + "/apiConnectorConfiguration";
            default -> path;
        };
    }

    private String options(Dice dice, String method) {
        List<String> options = new ArrayList<>();
        double share = method.equals("GET") ? 0.6 : 0.05;
        while (dice.chance(share) && options.size() < 6) {
            options.add(option(dice));
        }
        return options.isEmpty() ? "" : "?" + String.join("&", options);
    }

    private String option(Dice dice) {
        String value =
                switch (dice.below(11)) {
                    case 0, 1, 2 -> "filter=" + encoded(dice, filter(dice, 0));
                    case 3 -> "select=" + property(dice) + dice.of("", ",id", ",*");
                    case 4 -> "expand=" + encoded(dice, expand(dice, 0));
                    case 5 ->
                            "orderby="
                                    + encoded(
                                            dice,
                                            property(dice)
                                                    + dice.of(
                                                            "",
                                                            " desc",
                                                            ",id asc",
                                                            " desc,tolower(id)"));
                    case 6 -> "top=" + dice.of("1", "2", "5", "999", "0", "x");
                    case 7 -> "skip=" + dice.of("0", "1", "1000000", "2147483647");
                    case 8 -> "count=" + dice.of("true", "false", "1");
                    case 9 -> "skiptoken=" + dice.of("x", "AAAA", "bm90aGluZw", "%20");
                    default ->
                            dice.of(
                                    "search=%22x%22",
                                    "compute=1%20as%20x",
                                    "apply=x",
                                    "format=json",
                                    "id=" + dice.pick(keys),
                                    "deltatoken=latest");
                };
        return dice.chance(0.8) ? "$" + value : value;
    }

    private static String encoded(Dice dice, String text) {
        return dice.chance(0.9) ? URLEncoder.encode(text, StandardCharsets.UTF_8) : text;
    }

    private String expand(Dice dice, int depth) {
        String path =
                dice.of(
                        "userFlowIdentityProviders",
                        "identityProviders",
                        "apiConnectorConfiguration/" + dice.pick(STEPS),
                        "nosuch",
                        "*");
        if (depth > 4 || dice.chance(0.5)) {
            return path;
        }
        return path
                + "("
                + dice.of(
                        "$select=id",
                        "$filter=" + filter(dice, 1),
                        "$top=1",
                        "$orderby=id desc",
                        "$expand=" + expand(dice, depth + 1),
                        "$levels=max")
                + ")";
    }

    private String property(Dice dice) {
        return dice.chance(0.05) ? "nosuch" : dice.pick(PROPERTIES.get(set));
    }

    private String filter(Dice dice, int depth) {
        if (depth > 5) {
            return "true";
        }
        String operator = dice.of("eq", "ne", "gt", "ge", "lt", "le");
        return switch (dice.below(9)) {
            case 0 -> filter(dice, depth + 1) + " and " + filter(dice, depth + 1);
            case 1 -> filter(dice, depth + 1) + " or " + filter(dice, depth + 1);
            case 2 -> dice.of("not ", "not(", "((") + filter(dice, depth + 1) + dice.of("", ")");
            case 3 ->
                    dice.of("startswith", "endswith", "contains")
                            + "("
                            + operand(dice)
                            + ","
                            + operand(dice)
                            + ")"
                            + dice.of("", " eq true");
            case 4 -> operand(dice) + " in (" + value(dice) + "," + value(dice) + ")";
            case 5 ->
                    "userFlowIdentityProviders/"
                            + dice.of("any", "all")
                            + "(p:"
                            + dice.of("", "p/")
                            + filter(dice, depth + 2)
                            + ")";
            case 6 -> {
                int parentheses = dice.below(25);
                yield "(".repeat(parentheses)
                        + "true"
                        + dice.of(" or true", " and true").repeat(dice.below(1000))
                        + ")".repeat(parentheses);
            }
            default -> operand(dice) + " " + operator + " " + value(dice);
        };
    }

    private String operand(Dice dice) {
        String property = property(dice);
        return dice.chance(0.2)
                ? dice.of("tolower", "toupper", "length") + "(" + property + ")"
                : dice.chance(0.1) ? value(dice) : property;
    }

    private String value(Dice dice) {
        return dice.of(
                "null",
                "true",
                "1",
                "-1.5e3",
                "'a'",
                "''",
                "'it''s'",
                "'ä😀'",
                "microsoft.graph.userFlowType'signIn'",
                "'" + dice.nasty() + "'",
                dice.nasty(),
                "displayName",
                "2026-01-01T00:00:00Z",
                "duration'P1D'");
    }

    private List<String> headers(Dice dice) {
        List<String> headers = new ArrayList<>();
        if (dice.chance(0.5)) {
            headers.add(
                    "Content-Type: "
                            + dice.of(
                                    "application/json",
                                    "application/json;charset=utf-8",
                                    "application/json; charset=latin1",
                                    "text/plain",
                                    "application/json;odata.metadata=full"));
        }
        if (dice.chance(0.3)) {
            headers.add(
                    "Accept: "
                            + dice.of(
                                    "application/json",
                                    "*/*",
                                    "text/html",
                                    "application/json;odata.metadata=full",
                                    "application/json;odata.metadata=none",
                                    "application/xml"));
        }
        if (dice.chance(0.3)) {
            headers.add(
                    "Prefer: "
                            + dice.of(
                                    "return=representation",
                                    "return=minimal",
                                    "odata.maxpagesize=2",
                                    "odata.maxpagesize=99999999999",
                                    "a=\"b\";c"));
        }
        if (dice.chance(0.2)) {
            headers.add(dice.of("If-Match: ", "If-None-Match: ") + dice.pick(tags));
        }
        return headers;
    }

    private String body(Dice dice, String target) {
        if (target.contains("$ref") && dice.chance(0.8)) {
            return "{\""
                    + dice.of("@odata.id", "@id", "id")
                    + "\":\""
                    + dice.of(
                            "https://graph.microsoft.com/v1.0/identity/apiConnectors/",
                            "https://x/beta/identityProviders/",
                            "identity/identityProviders('",
                            "../apiConnectors/",
                            "")
                    + key(dice)
                    + dice.of("", "", "')", "/$ref", "?a=b")
                    + "\"}";
        }
        List<String> members = new ArrayList<>();
        String shape = dice.chance(0.9) ? target : dice.pick(SETS);
        if (shape.contains("b2x")) {
            member(dice, members, "id", "\"" + dice.of("a", "B", "c", "d") + dice.below(40) + "\"");
            member(dice, members, "userFlowType", "\"signUpOrSignIn\"");
            member(dice, members, "userFlowTypeVersion", dice.of("1", "1.0", "1e0", "2"));
            if (dice.chance(0.3)) {
                members.add(
                        "\""
                                + dice.of("userFlowIdentityProviders", "identityProviders")
                                + dice.of("", "@odata.bind")
                                + "\":[{\"id\":\""
                                + key(dice)
                                + "\"}]");
            }
            if (dice.chance(0.3)) {
                members.add(
                        "\"apiConnectorConfiguration\":{\""
                                + dice.pick(STEPS)
                                + dice.of("", "@odata.bind")
                                + "\":"
                                + dice.of(
                                        "{\"id\":\"" + key(dice) + "\"}",
                                        "\"" + key(dice) + "\"",
                                        "null",
                                        "{}",
                                        "[]")
                                + "}");
            }
        } else if (shape.contains("apiConn")) {
            member(dice, members, "displayName", "\"C" + dice.of("", dice.nasty()) + "\"");
            member(dice, members, "targetUrl", "\"https://api.example/" + dice.below(9) + "\"");
            member(
                    dice,
                    members,
                    "authenticationConfiguration",
                    "{\"@odata.type\":\"#microsoft.graph.basicAuthentication\",\"username\":"
                            + "\"u\",\"password\":"
                            + dice.of("\"p\"", "null", "\"***\"")
                            + "}");
        } else if (shape.contains("identityP")) {
            members.add("\"@odata.type\":\"#microsoft.graph.socialIdentityProvider\"");
            member(dice, members, "displayName", "\"" + dice.of("Google", "Mine") + "\"");
            member(
                    dice,
                    members,
                    "identityProviderType",
                    "\"" + dice.of("Google", "GitHub", "qq", "Weibo") + "\"");
            member(dice, members, "clientId", "\"c\"");
            member(dice, members, "clientSecret", "\"s\"");
        } else {
            member(dice, members, "displayName", "\"A" + dice.below(50) + "\"");
            member(dice, members, "description", dice.of("null", "\"d\"", "\"\""));
            member(dice, members, "dataType", dice.of("\"string\"", "\"boolean\"", "3"));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static void member(Dice dice, List<String> members, String name, String value) {
        if (dice.chance(0.93)) {
            String odd =
                    dice.of(
                            "null",
                            "[]",
                            "{}",
                            "1",
                            "true",
                            "\"" + "x".repeat(dice.below(3000)) + "\"",
                            "1e400",
                            "[[[[]]]]",
                            "\"\\u0000\"",
                            "\"\\ud800\"");
            members.add("\"" + name + "\":" + (dice.chance(0.08) ? odd : value));
        }
    }
}
