package dev.usher.graph;

import dev.usher.flow.StoredSettings;
import dev.usher.odata.ChangeableResult;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code usher.settings}: what Microsoft keeps in its portal. Read, every setting has the value
 * that counts; changed, null gives way to what is inherited.
 */
final class SignInSettings implements ChangeableResult {

    /** Rules that belong to one type of settings. */
    @FunctionalInterface
    interface Check {
        void check(ReadTx tx, ObjectNode changes, Violations violations);
    }

    private static final String LIFETIME = "refreshTokenLifetimeDays";
    private static final String WINDOW = "refreshTokenWindowDays";
    private static final String RULE = "passwordRule";
    private static final String CUSTOM = "customPasswordRule";

    private final String name;
    private final StoredSettings settings;
    private final Check more;

    /**
     * @param name of the function
     */
    SignInSettings(String name, StoredSettings settings, Check more) {
        this.name = name;
        this.settings = settings;
        this.more = more;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonNode call(ReadTx tx, @Nullable String boundKey, Map<String, JsonNode> arguments) {
        return settings.effective(tx, boundKey == null ? "" : boundKey);
    }

    @Override
    public void change(
            WriteTx tx, @Nullable Entity bound, ObjectNode changes, Violations violations) {
        String owner = bound == null ? "" : bound.path();
        settings.change(tx, owner, changes);
        validate(changes, settings.effective(tx, owner), violations);
        more.check(tx, changes, violations);
        violations.refuse();
    }

    /** Only what the change touches: what the organization has set since is not the caller's. */
    private static void validate(ObjectNode changes, ObjectNode after, Violations violations) {
        long window = after.path(WINDOW).longValue();
        if ((changes.has(WINDOW) || changes.has(LIFETIME))
                && window != 0
                && window < after.path(LIFETIME).longValue()) {
            violations.add(
                    WINDOW,
                    Rule.NOT_ALLOWED,
                    "'" + WINDOW + "' must not be less than '" + LIFETIME + "', or 0 for no end.");
        }
        JsonNode custom = after.path(CUSTOM);
        boolean wanted = after.path(RULE).asString("").equals("custom");
        if ((changes.has(RULE) || changes.has(CUSTOM)) && wanted && !custom.isObject()) {
            violations.add(
                    CUSTOM,
                    Rule.REQUIRED,
                    "The value must not be null for the password rule custom. Parameter name: "
                            + CUSTOM);
        }
        if (changes.path(CUSTOM).isObject()) {
            validateCustom(custom, violations);
        }
    }

    private static void validateCustom(JsonNode custom, Violations violations) {
        if (custom.path("minimumLength").longValue() > custom.path("maximumLength").longValue()) {
            violations.add(
                    CUSTOM + "/maximumLength",
                    Rule.NOT_ALLOWED,
                    "'maximumLength' must not be less than 'minimumLength'.");
        }
        if (custom.path("isDigitsOnly").asBoolean(false)
                && custom.path("characterClasses").longValue() != 1) {
            violations.add(
                    CUSTOM + "/characterClasses",
                    Rule.NOT_ALLOWED,
                    "'characterClasses' must be 1 when only digits are allowed.");
        }
    }
}
