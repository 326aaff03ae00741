package dev.usher.graph;

import dev.usher.fuzz.Dice;
import java.util.ArrayList;
import java.util.List;

/** JSON bodies: mostly what the set takes, with an odd value here and there. */
final class GraphBodies {

    private static final double GIVEN = 0.97;
    private static final double ODD = 0.04;

    private final Dice dice;
    private final GraphNames names;
    private final List<String> members = new ArrayList<>();

    GraphBodies(Dice dice, GraphNames names) {
        this.dice = dice;
        this.names = names;
    }

    /** The body of a {@code $ref} request to a member of that set. */
    String reference(String set) {
        String before =
                dice.of(
                        "https://graph.microsoft.com/v1.0/identity/" + set + "/",
                        "https://x/beta/" + set + "/",
                        "../" + set + "/",
                        "");
        String after = dice.of("", "", "", "/$ref", "?a=b", "/", "')");
        String name = dice.of("@odata.id", "@odata.id", "@id", "id");
        return "{\"" + name + "\":\"" + before + names.key(dice, set) + after + "\"}";
    }

    /** An entity of that set, or a part of one. */
    String entity(String set) {
        switch (set) {
            case "b2xUserFlows" -> flow();
            case "apiConnectors" -> connector();
            case "identityProviders" -> provider();
            default -> {
                member("displayName", "\"A" + dice.below(50) + "\"");
                member("description", dice.of("null", "\"d\"", "\"\"", "\"ä😀'\""));
                member("dataType", dice.of("\"string\"", "\"string\"", "\"boolean\"", "3"));
            }
        }
        if (dice.chance(0.02)) {
            members.add("\"" + dice.of("nosuch", "@odata.context", "@odata.etag") + "\":\"x\"");
        }
        return "{" + String.join(",", members) + "}";
    }

    private void flow() {
        member("id", "\"" + dice.of("a", "B", "B2X_1_c", "b2x_1_d") + dice.below(40) + "\"");
        member("userFlowType", "\"signUpOrSignIn\"");
        member("userFlowTypeVersion", dice.of("1", "1.0", "1e0"));
        String provider = "{\"id\":\"" + names.key(dice, "identityProviders") + "\"}";
        if (dice.chance(0.2)) {
            members.add("\"userFlowIdentityProviders\":[" + provider + "]");
        }
        if (dice.chance(0.2)) {
            String url = "https://x/v1.0/identity/identityProviders/";
            members.add(
                    "\"identityProviders@odata.bind\":[\""
                            + url
                            + names.key(dice, "identityProviders")
                            + "\"]");
        }
        if (dice.chance(0.3)) {
            String connector = names.key(dice, "apiConnectors");
            members.add(
                    "\"apiConnectorConfiguration\":{\""
                            + dice.pick(GraphNames.STEPS)
                            + dice.of(
                                    "\":{\"id\":\"" + connector + "\"}",
                                    "@odata.bind\":\"identity/apiConnectors/" + connector + "\"",
                                    "\":null",
                                    "\":{}",
                                    "\":[]")
                            + "}");
        }
    }

    private void connector() {
        member("displayName", "\"C" + dice.of("", "ä", dice.nasty()) + "\"");
        member("targetUrl", "\"https://api.example/" + dice.below(9) + dice.of("", "?a=b") + "\"");
        member(
                "authenticationConfiguration",
                "{\"@odata.type\":\"#microsoft.graph.basicAuthentication\",\"username\":\"u\","
                        + "\"password\":"
                        + dice.of("\"p\"", "\"p\"", "null", "\"***\"", "\"******\"")
                        + "}");
    }

    private void provider() {
        members.add("\"@odata.type\":\"#microsoft.graph.socialIdentityProvider\"");
        member("displayName", "\"" + dice.of("Google", "Mine") + "\"");
        member(
                "identityProviderType",
                "\"" + dice.of("Google", "GitHub", "qq", "Weibo", "Facebook") + "\"");
        member("clientId", "\"c\"");
        member("clientSecret", dice.of("\"s\"", "\"***\""));
    }

    private void member(String name, String value) {
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
        if (dice.chance(GIVEN)) {
            members.add("\"" + name + "\":" + (dice.chance(ODD) ? odd : value));
        }
    }
}
