package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.odata.LinkSet;
import dev.usher.odata.Refusal;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code authenticationEventListener}: what happens at one event of some applications. */
final class EventListeners extends EventStrategy {

    static final String TYPE = "microsoft.graph.authenticationEventListener";

    /** The id of the events flow that a listener belongs to. */
    static final String FLOW = "authenticationEventsFlowId";

    private static final String HANDLER = "handler";

    private final Kind flows;

    EventListeners(Model model) {
        super(model, HANDLER, List.of(HANDLER));
        this.flows = Kinds.of(model.entityType(EventsFlows.TYPE));
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** The flow is named by its id, whose stored spelling is kept. */
    @Override
    public void relate(ReadTx tx, Candidate candidate, LinkSet links, Violations violations) {
        collection.relate(tx, candidate, links, violations);
        JsonNode named = candidate.changed().path(FLOW);
        if (!named.isString()) {
            return;
        }
        Optional<Entity> flow = tx.find(flows, "", named.stringValue());
        flow.ifPresentOrElse(
                found -> candidate.properties().put(FLOW, found.id()),
                () ->
                        violations.add(
                                FLOW,
                                Rule.REFERENCE,
                                "There is no flow '" + named.stringValue() + "'."));
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        holdFlow(tx, candidate);
    }

    @Override
    public void changing(WriteTx tx, Candidate candidate) {
        holdFlow(tx, candidate);
    }

    /** Whoever deletes the flow holds it too, and looks for listeners then. */
    private void holdFlow(WriteTx tx, Candidate candidate) {
        JsonNode named = candidate.changed().path(FLOW);
        if (named.isString() && tx.lock(flows, "", named.stringValue()).isEmpty()) {
            throw Refusal.notFound("The flow '" + named.stringValue() + "' is gone.");
        }
    }
}
