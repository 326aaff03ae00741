package dev.usher.graph;

import dev.usher.odata.Strategy.Candidate;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of extension properties on people: registered names and fitting values alone. */
final class ExtensionValues {

    static final String PREFIX = "extension_";

    /** Extension values of one object. */
    static final int VALUES_MAX = 100;

    /** Characters of one text. */
    static final int TEXT_MAX = 256;

    private static final Pattern NAME =
            Pattern.compile(
                    "extension_([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})"
                            + "([0-9a-fA-F]{12})_.+");

    private final DirectoryKinds kinds;

    ExtensionValues(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    void check(ReadTx tx, Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        List<String> names = new ArrayList<>();
        candidate.changed().propertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .forEach(names::add);
        long held =
                properties.propertyNames().stream().filter(name -> name.startsWith(PREFIX)).count();
        if (held > VALUES_MAX) {
            violations.add(
                    PREFIX,
                    Rule.TOO_LONG,
                    "An object has at most " + VALUES_MAX + " extension values.");
            return;
        }
        for (String name : names) {
            Optional<Entity> registered = registered(tx, name);
            if (registered.isEmpty()) {
                violations.add(
                        name,
                        Rule.UNKNOWN_PROPERTY,
                        "The following extension properties are not available: " + name + ".");
            } else if (!fits(registered.get().properties(), properties.path(name))) {
                violations.add(
                        name,
                        Rule.WRONG_TYPE,
                        "Invalid value specified for property '" + name + "' of resource 'User'.");
            }
        }
    }

    /** The extension property of that name, of whichever application of the tenant. */
    private Optional<Entity> registered(ReadTx tx, String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String appId =
                String.join(
                                "-",
                                parts.group(1),
                                parts.group(2),
                                parts.group(3),
                                parts.group(4),
                                parts.group(5))
                        .toLowerCase(java.util.Locale.ROOT);
        return DirectoryKinds.where(tx, kinds.application(), Map.of("appId", appId)).stream()
                .flatMap(owner ->
                        DirectoryKinds.where(
                                tx, kinds.extensionProperty(), owner.path(), Map.of("name", name))
                                .stream())
                .findFirst();
    }

    private static boolean fits(ObjectNode extension, JsonNode value) {
        if (value.isNull()) {
            return true;
        }
        String type = extension.path("dataType").asString("");
        if (!extension.path("isMultiValued").asBoolean(false)) {
            return fits(type, value);
        }
        return value.isArray() && value.valueStream().allMatch(item -> fits(type, item));
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "Boolean" -> value.isBoolean();
            case "Integer" -> value.isIntegralNumber() && value.canConvertToInt();
            case "LargeInteger" -> value.isIntegralNumber() && value.canConvertToLong();
            case "DateTime" -> value.isString() && instant(value.stringValue());
            default -> value.isString() && value.stringValue().length() <= TEXT_MAX;
        };
    }

    private static boolean instant(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException none) {
            return false;
        }
    }
}
