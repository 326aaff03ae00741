package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.language.Languages;
import dev.usher.odata.Draft;
import dev.usher.odata.Inspection;
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
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code b2cIdentityUserFlow}: the flows of a B2C tenant, six types in up to two versions each. */
final class B2cUserFlows implements Strategy {

    private static final String TYPE_OF_FLOW = "userFlowType";
    private static final String VERSION = "userFlowTypeVersion";

    /** Version 1 is the standard one, 3 the recommended one; 1.1 and 2 were previews. */
    private static final List<Double> STANDARD_OR_RECOMMENDED = List.of(1.0, 3.0);

    private static final Map<String, List<Double>> VERSIONS =
            Map.of(
                    "signUp", STANDARD_OR_RECOMMENDED,
                    "signIn", STANDARD_OR_RECOMMENDED,
                    "signUpOrSignIn", STANDARD_OR_RECOMMENDED,
                    "passwordReset", STANDARD_OR_RECOMMENDED,
                    "profileUpdate", STANDARD_OR_RECOMMENDED,
                    "resourceOwner", List.of(1.0, 2.0));

    private final Kind kind;
    private final AttributeAssignments assignments;
    private final UserFlowLanguages languages;
    private final ObjectLimits limits;
    private final FlowInspection inspection;

    B2cUserFlows(
            Model model,
            AttributeAssignments assignments,
            UserFlowLanguages languages,
            ObjectLimits limits,
            FlowInspection inspection) {
        this.kind = Kinds.of(model.entityType("microsoft.graph.identityUserFlow"));
        this.assignments = assignments;
        this.languages = languages;
        this.limits = limits;
        this.inspection = inspection;
    }

    @Override
    public String type() {
        return "microsoft.graph.b2cIdentityUserFlow";
    }

    @Override
    public void complete(ObjectNode properties) {
        properties.set(UserFlows.CONNECTORS, JsonNodeFactory.instance.objectNode());
        if (!properties.has(Languages.CUSTOMIZATION)) {
            properties.put(Languages.CUSTOMIZATION, false);
        }
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        String flowType = candidate.properties().path(TYPE_OF_FLOW).asString("");
        JsonNode version = candidate.properties().path(VERSION);
        List<Double> versions = VERSIONS.getOrDefault(flowType, List.of());
        if (!flowType.isEmpty()
                && version.isNumber()
                && !versions.contains(version.doubleValue())) {
            violations.add(
                    VERSION,
                    Rule.NOT_ALLOWED,
                    "The '"
                            + VERSION
                            + "' field is invalid in request: a b2cUserFlow of type "
                            + flowType
                            + " has version "
                            + versions.stream()
                                    .map(each -> Long.toString(Math.round(each)))
                                    .collect(Collectors.joining(" or "))
                            + ", not "
                            + version.asString()
                            + ".");
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

    @Override
    public boolean inspects() {
        return true;
    }

    @Override
    public Inspection inspect(ReadTx tx, Entity entity) {
        return inspection.inspect(tx, entity);
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        ObjectLimits.require(tx, kind, List.of(), limits.flows(), "user flows");
    }

    /**
     * Who signs up gives an e-mail address, and shows that it is theirs, unless the flow says else.
     * A default language that no flow has by itself comes with the flow that names it: what was
     * read can be created again.
     */
    @Override
    public void created(WriteTx tx, Entity entity, Draft draft) {
        languages.ensure(tx, entity, Languages.defaultTag(entity));
        String flowType = entity.properties().path(TYPE_OF_FLOW).asString("");
        boolean signsUp = flowType.equals("signUp") || flowType.equals("signUpOrSignIn");
        if (signsUp && !draft.holds(AttributeAssignments.OF_FLOW)) {
            assignments.assignEmail(tx, entity, "email", "emailBox", true);
        }
    }
}
