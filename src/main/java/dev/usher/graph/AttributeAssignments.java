package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Reference;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code identityUserFlowAttributeAssignment}: an attribute that a flow asks for, and how. Its key
 * is that of the attribute.
 */
final class AttributeAssignments implements Strategy {

    static final String TYPE = "microsoft.graph.identityUserFlowAttributeAssignment";

    /** The collection of a flow that holds them. */
    static final String OF_FLOW = "userAttributeAssignments";

    /** The hidden property that holds the place of an assignment in its flow. */
    static final String POSITION = "position";

    private static final String ATTRIBUTE = "userAttribute";
    private static final String INPUT = "userInputType";
    private static final String VALUES = "userAttributeValues";
    private static final String OPTIONAL = "isOptional";
    private static final String VERIFICATION = "requiresVerification";
    private static final String DEFAULT_VALUE = "isDefault";

    private static final List<String> SELECTS =
            List.of("radioSingleSelect", "dropdownSingleSelect", "checkboxMultiSelect");

    /** How values of each data type can be entered. */
    private static final Map<String, List<String>> INPUTS =
            Map.of(
                    "string",
                    List.of(
                            "textBox",
                            "emailBox",
                            "dateTimeDropdown",
                            "radioSingleSelect",
                            "dropdownSingleSelect",
                            "checkboxMultiSelect"),
                    "boolean",
                    SELECTS,
                    "int64",
                    List.of("textBox", "radioSingleSelect", "dropdownSingleSelect"),
                    "stringCollection",
                    List.of("checkboxMultiSelect"),
                    "dateTime",
                    List.of("dateTimeDropdown", "textBox"));

    private final Kind kind;
    private final Kind attributes;

    AttributeAssignments(Model model) {
        this.kind = Kinds.of(model.entityType(TYPE));
        this.attributes = Kinds.of(model.entityType(UserFlowAttributes.TYPE));
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Each value of a select says whether it is chosen at first; those that do not say are not. */
    @Override
    public void prepare(Draft draft) {
        for (JsonNode value : draft.properties().path(VALUES)) {
            if (value instanceof ObjectNode item && !item.has(DEFAULT_VALUE)) {
                item.put(DEFAULT_VALUE, false);
            }
        }
    }

    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        return draft.target(ATTRIBUTE).map(Reference::key).orElseGet(() -> ids.guid().toString());
    }

    @Override
    public void complete(ObjectNode properties) {
        for (String flag : List.of(OPTIONAL, VERIFICATION)) {
            if (!properties.has(flag)) {
                properties.put(flag, false);
            }
        }
        if (!properties.has(VALUES)) {
            properties.putArray(VALUES);
        }
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        String input = candidate.properties().path(INPUT).asString("");
        if (!candidate.properties().path(VALUES).isEmpty() && !SELECTS.contains(input)) {
            violations.add(
                    VALUES,
                    Rule.NOT_ALLOWED,
                    "'"
                            + VALUES
                            + "' belongs to the input types "
                            + String.join(", ", SELECTS)
                            + ", not to "
                            + input
                            + ".");
        }
        Optional<Entity> attribute = tx.find(attributes, "", candidate.id());
        if (attribute.isEmpty() || input.isEmpty()) {
            return;
        }
        String data = attribute.get().properties().path("dataType").asString("");
        List<String> possible = INPUTS.getOrDefault(data, List.of());
        if (!possible.contains(input)) {
            violations.add(
                    INPUT,
                    Rule.NOT_ALLOWED,
                    "The '"
                            + INPUT
                            + "' field is invalid in request: an attribute of data type "
                            + data
                            + " is entered by "
                            + String.join(", ", possible)
                            + ", not by "
                            + input
                            + ".");
        }
    }

    /** Gives a new flow its first assignment: an e-mail address. */
    void assignEmail(WriteTx tx, Entity flow, String attribute, String input, boolean needed) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.put("displayName", "Email Address");
        properties.put(OPTIONAL, !needed);
        properties.put(VERIFICATION, needed);
        properties.putArray(VALUES);
        properties.put(INPUT, input);
        properties.put(POSITION, 1);
        Entity assignment =
                tx.insert(
                        kind, new Entity(kind.name(), flow.path(), attribute, TYPE, 0, properties));
        tx.linkLater(
                ATTRIBUTE,
                assignment.kind(),
                assignment.path(),
                attributes.name(),
                Entity.fold(attribute));
    }
}
