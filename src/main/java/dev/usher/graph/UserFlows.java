package dev.usher.graph;

import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code b2xIdentityUserFlow}: self-service sign-up of a workforce tenant. Graph knows one type and
 * one version of it.
 */
final class UserFlows implements Strategy {

    private static final String TYPE_OF_FLOW = "userFlowType";
    private static final String VERSION = "userFlowTypeVersion";

    /** The property whose navigation properties are the steps. */
    static final String CONNECTORS = "apiConnectorConfiguration";

    private static final String ONLY_TYPE = "signUpOrSignIn";
    private static final double ONLY_VERSION = 1;

    private final AttributeAssignments assignments;

    UserFlows(AttributeAssignments assignments) {
        this.assignments = assignments;
    }

    @Override
    public String type() {
        return "microsoft.graph.b2xIdentityUserFlow";
    }

    /**
     * The connector steps are links; the value itself is always the empty object that Graph shows.
     */
    @Override
    public void complete(ObjectNode properties) {
        properties.set(CONNECTORS, JsonNodeFactory.instance.objectNode());
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        JsonNode flowType = candidate.properties().path(TYPE_OF_FLOW);
        if (flowType.isString() && !flowType.stringValue().equals(ONLY_TYPE)) {
            violations.add(
                    TYPE_OF_FLOW,
                    Rule.NOT_ALLOWED,
                    "The '"
                            + TYPE_OF_FLOW
                            + "' field is invalid in request: a b2xUserFlow is "
                            + ONLY_TYPE
                            + ", not "
                            + flowType.stringValue()
                            + ".");
        }
        JsonNode version = candidate.properties().path(VERSION);
        if (version.isNumber() && version.doubleValue() != ONLY_VERSION) {
            violations.add(
                    VERSION,
                    Rule.NOT_ALLOWED,
                    "The '"
                            + VERSION
                            + "' field is invalid in request: a b2xUserFlow has version 1,"
                            + " not "
                            + version.asString()
                            + ".");
        }
    }

    /**
     * A flow that names no provider gets the one that the portal preselects, and every flow shows
     * the e-mail address that the provider gave.
     */
    @Override
    public void created(WriteTx tx, Entity entity, Draft draft) {
        assignments.assignEmail(tx, entity, "emailReadonly", "textBox", false);
        boolean named =
                draft.links().stream()
                        .anyMatch(links ->
                                links.navigation().linkName().equals(IdentityProviders.OF_FLOW));
        if (!named) {
            tx.link(
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
                TYPE_OF_FLOW, nodes.stringNode(ONLY_TYPE), VERSION, nodes.numberNode(ONLY_VERSION));
    }
}
