package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.odata.Draft;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code b2xIdentityUserFlow}: self-service sign-up of a workforce tenant. Graph knows one type and
 * one version of it.
 */
final class UserFlows extends FlowStrategy {

    private static final String ONLY_TYPE = "signUpOrSignIn";
    private static final int ONLY_VERSION = 1;

    private final AttributeAssignments assignments;

    UserFlows(
            Model model,
            AttributeAssignments assignments,
            ObjectLimits limits,
            FlowInspection inspection) {
        super(model, limits, inspection);
        this.assignments = assignments;
    }

    @Override
    public String type() {
        return "microsoft.graph.b2xIdentityUserFlow";
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        JsonNode flowType = candidate.properties().path(FLOW_TYPE);
        if (flowType.isString() && !flowType.stringValue().equals(ONLY_TYPE)) {
            violations.add(
                    FLOW_TYPE,
                    Rule.NOT_ALLOWED,
                    "The '"
                            + FLOW_TYPE
                            + "' field is invalid in request: a b2xUserFlow is "
                            + ONLY_TYPE
                            + ", not "
                            + flowType.stringValue()
                            + ".");
        }
        requireVersion(candidate, "a b2xUserFlow", List.of(ONLY_VERSION), violations);
    }

    /**
     * A flow that names no provider gets the one that the portal preselects, and one that names no
     * assignment shows the e-mail address that the provider gave.
     */
    @Override
    public void created(WriteTx tx, Entity entity, Draft draft) {
        if (!draft.holds(AttributeAssignments.OF_FLOW)) {
            assignments.assignEmail(tx, entity, "emailReadonly", "textBox", false);
        }
        boolean named =
                draft.links().stream()
                        .anyMatch(links ->
                                links.navigation().linkName().equals(IdentityProviders.OF_FLOW));
        if (!named) {
            tx.linkLater(
                    IdentityProviders.OF_FLOW,
                    entity.kind(),
                    entity.path(),
                    IdentityProviders.KIND,
                    Entity.fold(IdentityProviders.DEFAULT));
        }
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "user flow");
    }

    @Override
    public Map<String, JsonNode> placeholders() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return Map.of(
                FLOW_TYPE, nodes.stringNode(ONLY_TYPE), VERSION, nodes.numberNode(ONLY_VERSION));
    }
}
