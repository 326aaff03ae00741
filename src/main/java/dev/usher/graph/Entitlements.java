package dev.usher.graph;

import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The scopes and app roles that an application exposes to others. */
final class Entitlements {

    private Entitlements() {}

    /**
     * What is in use must not vanish: an enabled scope or role is disabled first, then removed or
     * renamed.
     *
     * @throws Refusal 400 for an enabled one that is missing from what is to be stored, or differs
     */
    static void requireDisabled(ObjectNode before, ObjectNode after) {
        check(scopes(before), scopes(after));
        check(before.path("appRoles"), after.path("appRoles"));
    }

    static JsonNode scopes(ObjectNode application) {
        return application.path("api").path("oauth2PermissionScopes");
    }

    private static void check(JsonNode before, JsonNode after) {
        Map<String, JsonNode> kept = new HashMap<>();
        after.forEach(item -> kept.put(item.path("id").asString(""), item));
        for (JsonNode item : before) {
            JsonNode now = kept.get(item.path("id").asString(""));
            boolean same = now != null && now.path("value").equals(item.path("value"));
            if (item.path("isEnabled").asBoolean(false) && !same) {
                throw new Refusal(
                        GraphError.ENABLED_ENTITLEMENT,
                        "Permission (scope or role) cannot be deleted or updated unless disabled"
                                + " first.");
            }
        }
    }
}
