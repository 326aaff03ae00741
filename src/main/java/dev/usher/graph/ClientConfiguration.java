package dev.usher.graph;

import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import tools.jackson.databind.JsonNode;

/** {@code customExtensionClientConfiguration}: how long, and how often, an extension is tried. */
final class ClientConfiguration {

    static final int TIMEOUT_MIN = 200;
    static final int TIMEOUT_MAX = 2000;
    static final int RETRIES_MAX = 1;

    private static final String TIMEOUT = "timeoutInMilliseconds";
    private static final String RETRIES = "maximumRetries";

    private ClientConfiguration() {}

    /** Checks the value; {@code path} is where it stands. */
    static void check(JsonNode configuration, String path, Violations violations) {
        within(configuration, TIMEOUT, path, TIMEOUT_MIN, TIMEOUT_MAX, violations);
        within(configuration, RETRIES, path, 0, RETRIES_MAX, violations);
    }

    private static void within(
            JsonNode configuration,
            String name,
            String path,
            int min,
            int max,
            Violations violations) {
        JsonNode value = configuration.path(name);
        if (value.isNumber() && (value.asLong(0) < min || value.asLong(0) > max)) {
            violations.add(
                    path + "/" + name,
                    Rule.NOT_ALLOWED,
                    "'" + name + "' must be between " + min + " and " + max + ".");
        }
    }
}
