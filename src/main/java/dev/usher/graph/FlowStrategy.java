package dev.usher.graph;

import dev.usher.edm.Model;
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
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the two types of user flows have in common: their limit, their steps, their inspection. */
abstract class FlowStrategy implements Strategy {

    static final String FLOW_TYPE = "userFlowType";
    static final String VERSION = "userFlowTypeVersion";

    /** The property whose navigation properties are the steps. */
    static final String CONNECTORS = "apiConnectorConfiguration";

    private final Kind kind;
    private final ObjectLimits limits;
    private final FlowInspection inspection;

    FlowStrategy(Model model, ObjectLimits limits, FlowInspection inspection) {
        this.kind = Kinds.of(model.entityType("microsoft.graph.identityUserFlow"));
        this.limits = limits;
        this.inspection = inspection;
    }

    /**
     * The connector steps are links; the value itself is always the empty object that Graph shows.
     */
    @Override
    public void complete(ObjectNode properties) {
        properties.set(CONNECTORS, JsonNodeFactory.instance.objectNode());
    }

    /**
     * Checks that there are flows of that type in the version of the candidate.
     *
     * @param flows what they are called, such as {@code a b2xUserFlow}
     */
    static void requireVersion(
            Candidate candidate, String flows, List<Integer> versions, Violations violations) {
        JsonNode version = candidate.properties().path(VERSION);
        if (!version.isNumber()
                || versions.stream().anyMatch(each -> each == version.doubleValue())) {
            return;
        }
        String allowed = versions.stream().map(String::valueOf).collect(Collectors.joining(" or "));
        violations.add(
                VERSION,
                Rule.VERSION,
                "The '%s' field is invalid in request: %s has version %s, not %s."
                        .formatted(
                                VERSION,
                                flows,
                                allowed,
                                version.decimalValue().stripTrailingZeros().toPlainString()));
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
}
