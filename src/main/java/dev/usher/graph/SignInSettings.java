package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.odata.ChangeableResult;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code usher.settings}: what Microsoft keeps in its portal. Every setting has a default in the
 * schema; only what differs from it is stored, beside the entity that it is about.
 */
final class SignInSettings implements ChangeableResult {

    /** Rules that belong to one type of settings. */
    @FunctionalInterface
    interface Check {
        void check(ReadTx tx, ObjectNode changes, ObjectNode after, Violations violations);
    }

    private static final String ID = "settings";
    private static final String LIFETIME = "refreshTokenLifetimeDays";
    private static final String WINDOW = "refreshTokenWindowDays";
    private static final String CUSTOM = "customPasswordRule";

    private final String name;
    private final Kind kind;
    private final String type;
    private final ObjectNode defaults;
    private final Check more;

    /**
     * @param name of the function
     * @param type of the settings, such as {@code usher.userFlowSettings}
     */
    SignInSettings(Model model, String name, String type, Check more) {
        StructuredType settings = (StructuredType) model.type(type).orElseThrow();
        this.name = name;
        this.kind = new Kind(settings.name(), null, Map.of(), Set.of());
        this.type = type;
        this.defaults = defaults(settings);
        this.more = more;
    }

    private static ObjectNode defaults(StructuredType settings) {
        ObjectNode defaults = JsonNodeFactory.instance.objectNode();
        for (Property property : settings.properties()) {
            String text = property.annotations().text(Terms.DEFAULT).orElse("null");
            defaults.set(property.name(), JsonMapper.shared().readTree(text));
        }
        return defaults;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonNode call(ReadTx tx, @Nullable String boundKey, Map<String, JsonNode> arguments) {
        ObjectNode settings = defaults.deepCopy();
        stored(tx, boundKey).ifPresent(entity -> settings.setAll(entity.properties()));
        return settings;
    }

    private Optional<Entity> stored(ReadTx tx, @Nullable String owner) {
        return tx.find(kind, owner == null ? "" : owner, ID);
    }

    @Override
    public void change(
            WriteTx tx, @Nullable Entity bound, ObjectNode changes, Violations violations) {
        String owner = bound == null ? "" : bound.path();
        ObjectNode after = (ObjectNode) call(tx, owner, Map.of());
        after.setAll(changes);
        validate(after, violations);
        more.check(tx, changes, after, violations);
        violations.refuse();
        defaults.forEachEntry((setting, value) -> {
            if (value.equals(after.get(setting))) {
                after.remove(setting);
            }
        });
        Entity settings = new Entity(kind.name(), owner, ID, type, 0, after);
        Optional<Entity> before = tx.lock(kind, owner, ID);
        if (before.isEmpty() && !after.isEmpty()) {
            tx.insert(kind, settings);
        } else if (before.isPresent() && after.isEmpty()) {
            tx.delete(kind, before.get());
        } else if (before.isPresent() && !before.get().properties().equals(after)) {
            tx.replace(kind, settings);
        }
    }

    private static void validate(ObjectNode after, Violations violations) {
        JsonNode window = after.path(WINDOW);
        if (window.isNumber() && window.longValue() < after.path(LIFETIME).longValue()) {
            violations.add(
                    WINDOW,
                    Rule.NOT_ALLOWED,
                    "'" + WINDOW + "' must not be less than '" + LIFETIME + "', or null for none.");
        }
        JsonNode custom = after.path(CUSTOM);
        boolean wanted = after.path("passwordRule").asString("").equals("custom");
        if (wanted && !custom.isObject()) {
            violations.add(
                    CUSTOM,
                    Rule.REQUIRED,
                    "The value must not be null for the password rule custom. Parameter name: "
                            + CUSTOM);
        }
        if (custom.isObject()) {
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
