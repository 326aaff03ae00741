package dev.usher.graph;

import dev.usher.fuzz.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sets, their properties, and the keys, tags and next links that answers have named. */
final class GraphNames {

    static final List<String> SETS =
            List.of(
                    "b2xUserFlows",
                    "apiConnectors",
                    "identityProviders",
                    "userFlowAttributes",
                    "authenticationEventsFlows",
                    "authenticationEventListeners",
                    "customAuthenticationExtensions");
    static final List<String> STEPS =
            List.of("postAttributeCollection", "postFederationSignup", "preTokenIssuance");

    private static final int REMEMBERED_MAX = 60;

    private static final Map<String, List<String>> PROPERTIES =
            Map.of(
                    "b2xUserFlows",
                    List.of("id", "userFlowType", "userFlowTypeVersion"),
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
                    "userFlowAttributes",
                    List.of("id", "displayName", "description", "dataType"),
                    "authenticationEventsFlows",
                    List.of(
                            "id",
                            "displayName",
                            "priority",
                            "conditions/applications/includeAllApplications",
                            "conditions/applications/includeApplications",
                            "onInteractiveAuthFlowStart/isSignUpAllowed"),
                    "authenticationEventListeners",
                    List.of("id", "displayName", "authenticationEventsFlowId", "handler"),
                    "customAuthenticationExtensions",
                    List.of(
                            "id",
                            "displayName",
                            "endpointConfiguration/targetUrl",
                            "authenticationConfiguration/resourceId"));

    private final Map<String, List<String>> keys = new HashMap<>();
    private final List<String> tags = new ArrayList<>(List.of("*", "\"0\"", "W/\"1\""));
    private final List<String> nexts = new ArrayList<>();

    GraphNames() {
        SETS.forEach(set -> keys.put(set, new ArrayList<>(List.of("a", "GitHub-OAUTH"))));
    }

    void key(String set, String key) {
        keep(keys.get(set), key);
    }

    void tag(String tag) {
        keep(tags, tag);
    }

    void next(String url) {
        keep(nexts, url.substring(url.indexOf('/', "https://".length())));
    }

    private static void keep(List<String> list, String item) {
        if (item != null && !item.isEmpty()) {
            list.add(item);
            if (list.size() > REMEMBERED_MAX) {
                list.removeFirst();
            }
        }
    }

    String property(Dice dice, String set) {
        return dice.chance(0.03) ? "nosuch" : dice.pick(PROPERTIES.get(set));
    }

    String key(Dice dice, String set) {
        return dice.chance(0.05) ? dice.nasty() : dice.pick(keys.get(set));
    }

    String tag(Dice dice) {
        return dice.pick(tags);
    }

    /** A next link, or the fallback while there is none. */
    String next(Dice dice, String otherwise) {
        return nexts.isEmpty() ? otherwise : dice.pick(nexts);
    }
}
