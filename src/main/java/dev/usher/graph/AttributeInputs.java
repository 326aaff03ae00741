package dev.usher.graph;

import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code authenticationAttributeCollectionInputConfiguration}: how people enter one attribute. What
 * could not be answered is refused when it is written, not met when somebody signs up.
 */
final class AttributeInputs {

    private static final String TYPE = "inputType";
    private static final String OPTIONS = "options";
    private static final String REGEX = "validationRegEx";

    private static final List<String> SELECTS = List.of("radioSingleSelect", "checkboxMultiSelect");

    /** How values of each data type can be entered; the usual way first. */
    private static final Map<String, List<String>> TYPES =
            Map.of(
                    "string", List.of("text", "radioSingleSelect", "checkboxMultiSelect"),
                    "boolean", List.of("boolean", "radioSingleSelect", "checkboxMultiSelect"),
                    "int64", List.of("text", "radioSingleSelect"),
                    "stringCollection", List.of("checkboxMultiSelect"),
                    "dateTime", List.of("text"));

    private AttributeInputs() {}

    /** The input of an attribute about which a request says nothing more. */
    static ObjectNode usual(Entity attribute) {
        boolean address = attribute.id().equals("email");
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("attribute", attribute.id());
        input.putNull("defaultValue");
        input.put("editable", !address);
        input.put("hidden", address);
        input.put(TYPE, possible(attribute).getFirst());
        input.put("label", attribute.properties().path("displayName").asString(attribute.id()));
        input.putArray(OPTIONS);
        input.put("required", address);
        input.putNull(REGEX);
        input.put("writeToDirectory", true);
        return input;
    }

    private static List<String> possible(Entity attribute) {
        String data = attribute.properties().path("dataType").asString("");
        return TYPES.getOrDefault(data, List.of("text"));
    }

    static void check(JsonNode input, Entity attribute, String path, Violations violations) {
        String type = input.path(TYPE).asString("");
        if (!possible(attribute).contains(type)) {
            violations.add(
                    path + "/" + TYPE,
                    Rule.NOT_ALLOWED,
                    "The attribute '"
                            + attribute.id()
                            + "' is entered by "
                            + String.join(", ", possible(attribute))
                            + ", not by "
                            + type
                            + ".");
        }
        options(input, type, path + "/" + OPTIONS, violations);
        JsonNode regex = input.path(REGEX);
        if (regex.isString()) {
            RegexRule.fault(regex.stringValue())
                    .ifPresent(fault ->
                            violations.add(
                                    path + "/" + REGEX,
                                    Rule.NOT_ALLOWED,
                                    "'"
                                            + REGEX
                                            + "' is no regular expression of RE2: "
                                            + fault
                                            + "."));
        }
    }

    private static void options(JsonNode input, String type, String path, Violations violations) {
        JsonNode options = input.path(OPTIONS);
        boolean select = SELECTS.contains(type);
        boolean asked =
                input.path("required").asBoolean(false) && !input.path("hidden").asBoolean(false);
        if (!options.isEmpty() && !select) {
            violations.add(
                    path,
                    Rule.NOT_ALLOWED,
                    "'options' belong to the input types " + String.join(", ", SELECTS) + ".");
        } else if (options.isEmpty() && select && asked) {
            violations.add(
                    path,
                    Rule.REQUIRED,
                    "An input of type " + type + " that is required needs options.");
        }
        Set<String> seen = new HashSet<>();
        for (JsonNode option : options) {
            String value = option.path("value").asString("");
            if (!seen.add(value)) {
                violations.add(
                        path, Rule.NOT_ALLOWED, "The option '" + value + "' is offered twice.");
            }
        }
    }
}
