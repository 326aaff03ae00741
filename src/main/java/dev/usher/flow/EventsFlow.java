package dev.usher.flow;

import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What an {@code externalUsersSelfServiceSignUpEventsFlow} says, in the terms of a user flow. What
 * an input hides is not asked for.
 */
final class EventsFlow {

    /** The link to the providers with which people sign up. */
    static final String PROVIDERS = "identityProviders";

    private static final String COLLECTION = "onAttributeCollection";
    private static final String ADDRESS = "email";

    /** How the inputs of Graph's events flows are called in its user flows. */
    private static final Map<String, Field.Input> INPUTS =
            Map.of(
                    "text", Field.Input.TEXT_BOX,
                    "radioSingleSelect", Field.Input.RADIO_SINGLE_SELECT,
                    "checkboxMultiSelect", Field.Input.CHECKBOX_MULTI_SELECT,
                    "boolean", Field.Input.CHECKBOX_MULTI_SELECT);

    private EventsFlow() {}

    static UserFlow of(Entity flow, FlowSettings settings) {
        boolean signUp =
                flow.properties()
                        .path("onInteractiveAuthFlowStart")
                        .path("isSignUpAllowed")
                        .asBoolean(false);
        Set<String> claims = new TreeSet<>(settings.applicationClaims());
        inputs(flow).forEach(input -> claims.add(input.path("attribute").asString("")));
        return new UserFlow(
                flow.id(),
                UserFlow.Kind.EVENTS,
                signUp ? "signUpOrSignIn" : "signIn",
                settings,
                claims);
    }

    /** Whether those who sign up become guests. */
    static boolean guests(Entity flow) {
        return flow.properties()
                .path("onUserCreateStart")
                .path("userTypeToCreate")
                .asString("")
                .equals("guest");
    }

    /** What is asked for, in the order of the inputs. */
    static List<Field> fields(ReadTx tx, Entity flow, Kind attributes) {
        List<Field> fields = new ArrayList<>();
        for (JsonNode input : inputs(flow)) {
            String id = input.path("attribute").asString("");
            boolean asked =
                    !input.path("hidden").asBoolean(false)
                            && input.path("writeToDirectory").asBoolean(true)
                            && !Entity.fold(id).equals(ADDRESS);
            if (asked) {
                tx.find(attributes, "", id)
                        .map(attribute -> field(input, attribute))
                        .ifPresent(fields::add);
            }
        }
        return fields;
    }

    private static List<JsonNode> inputs(Entity flow) {
        List<JsonNode> inputs = new ArrayList<>();
        flow.properties()
                .path(COLLECTION)
                .path("attributeCollectionPage")
                .path("views")
                .forEach(view -> view.path("inputs").forEach(inputs::add));
        return inputs;
    }

    private static Field field(JsonNode input, Entity attribute) {
        String type = input.path("inputType").asString("");
        List<Field.Choice> choices = new ArrayList<>();
        for (JsonNode option : input.path("options")) {
            choices.add(
                    new Field.Choice(
                            option.path("label").asString(""),
                            option.path("value").asString(""),
                            false));
        }
        if (type.equals("boolean")) {
            choices.add(new Field.Choice("", "true", false));
        }
        JsonNode pattern = input.path("validationRegEx");
        return new Field(
                attribute.id(),
                Field.element(attribute.id()),
                Optional.of(input.path("label").asString(""))
                        .filter(label -> !label.isBlank())
                        .orElseGet(() -> attribute.properties().path("displayName").asString("")),
                INPUTS.getOrDefault(type, Field.Input.TEXT_BOX),
                attribute.properties().path("dataType").asString("string"),
                input.path("required").asBoolean(false),
                FieldLengths.of(attribute.id()),
                choices,
                pattern.isString() && !pattern.asString().isEmpty() ? pattern.asString() : null);
    }
}
