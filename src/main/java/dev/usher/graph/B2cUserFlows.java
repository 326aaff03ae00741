package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.language.Languages;
import dev.usher.odata.Draft;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code b2cIdentityUserFlow}: the flows of a B2C tenant, six types in up to two versions each. */
final class B2cUserFlows extends FlowStrategy {

    /** Version 1 is the standard one, 3 the recommended one; 1.1 and 2 were previews. */
    private static final List<Integer> STANDARD_OR_RECOMMENDED = List.of(1, 3);

    private static final Map<String, List<Integer>> VERSIONS =
            Map.of(
                    "signUp", STANDARD_OR_RECOMMENDED,
                    "signIn", STANDARD_OR_RECOMMENDED,
                    "signUpOrSignIn", STANDARD_OR_RECOMMENDED,
                    "passwordReset", STANDARD_OR_RECOMMENDED,
                    "profileUpdate", STANDARD_OR_RECOMMENDED,
                    "resourceOwner", List.of(1, 2));

    private final AttributeAssignments assignments;
    private final UserFlowLanguages languages;

    B2cUserFlows(
            Model model,
            AttributeAssignments assignments,
            UserFlowLanguages languages,
            ObjectLimits limits,
            FlowInspection inspection) {
        super(model, limits, inspection);
        this.assignments = assignments;
        this.languages = languages;
    }

    @Override
    public String type() {
        return "microsoft.graph.b2cIdentityUserFlow";
    }

    @Override
    public void complete(ObjectNode properties) {
        super.complete(properties);
        if (!properties.has(Languages.CUSTOMIZATION)) {
            properties.put(Languages.CUSTOMIZATION, false);
        }
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        String flowType = candidate.properties().path(FLOW_TYPE).asString("");
        List<Integer> versions = VERSIONS.get(flowType);
        if (versions != null) {
            requireVersion(candidate, "a b2cUserFlow of type " + flowType, versions, violations);
        }
        JsonNode language = candidate.changed().path(Languages.DEFAULT_TAG);
        if (language.isString()) {
            checkDefault(tx, candidate, language.stringValue(), violations);
        }
    }

    private void checkDefault(ReadTx tx, Candidate candidate, String tag, Violations violations) {
        if (Languages.canonical(tag).isEmpty()) {
            violations.add(Languages.DEFAULT_TAG, Rule.NOT_ALLOWED, UserFlowLanguages.unknown(tag));
        } else if (!candidate.isNew() && !languages.exists(tx, candidate.id(), tag)) {
            violations.add(
                    Languages.DEFAULT_TAG,
                    Rule.NOT_ALLOWED,
                    "The flow has no language '"
                            + tag
                            + "'. Create it first, by PUT to languages/"
                            + tag
                            + ".");
        }
    }

    /**
     * Who signs up gives an e-mail address, and shows that it is theirs, unless the flow says else.
     * A default language that no flow has by itself comes with the flow that names it: what was
     * read can be created again.
     */
    @Override
    public void created(WriteTx tx, Entity entity, Draft draft) {
        languages.ensure(tx, entity, Languages.defaultTag(entity));
        String flowType = entity.properties().path(FLOW_TYPE).asString("");
        boolean signsUp = flowType.equals("signUp") || flowType.equals("signUpOrSignIn");
        if (signsUp && !draft.holds(AttributeAssignments.OF_FLOW)) {
            assignments.assignEmail(tx, entity, "email", "emailBox", true);
        }
    }
}
