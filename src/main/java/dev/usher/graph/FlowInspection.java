package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.flow.FlowCheck;
import dev.usher.flow.FlowFacts;
import dev.usher.odata.Inspection;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what is stored of a user flow, and says what is to be said of it. */
final class FlowInspection {

    private static final String HEADER = "x-usher-flow-check";

    private static final List<String> STEPS =
            List.of("postFederationSignup", "postAttributeCollection", "preTokenIssuance");

    /** Parts of a flow that are looked at. */
    private static final int PARTS_MAX = 1000;

    private final FlowCheck check;
    private final Kind assignments;
    private final Kind providers;
    private final Kind connectors;

    FlowInspection(Model model, FlowCheck check) {
        this.check = check;
        this.assignments = Kinds.of(model.entityType(AttributeAssignments.TYPE));
        this.providers = Kinds.of(model.entityType("microsoft.graph.identityProviderBase"));
        this.connectors = Kinds.of(model.entityType("microsoft.graph.identityApiConnector"));
    }

    Inspection inspect(ReadTx tx, Entity flow) {
        Map<String, FlowFacts.Part> steps = new LinkedHashMap<>();
        for (String step : STEPS) {
            Query.Scope linked = new Query.Scope.Linked(step, flow.kind(), flow.path());
            parts(tx, connectors, linked).forEach(part -> steps.put(step, part));
        }
        FlowFacts facts =
                new FlowFacts(
                        flow.type(),
                        flow.properties().path("userFlowType").asString(""),
                        parts(tx, assignments, new Query.Scope.Children(flow.path())),
                        parts(
                                tx,
                                providers,
                                new Query.Scope.Linked(
                                        IdentityProviders.OF_FLOW, flow.kind(), flow.path())),
                        steps);
        return new Inspection(
                HEADER,
                check.findings(facts).stream()
                        .map(finding ->
                                new Inspection.Finding(
                                        finding.code(), finding.target(), finding.message()))
                        .toList());
    }

    private static List<FlowFacts.Part> parts(ReadTx tx, Kind kind, Query.Scope scope) {
        Query query = new Query(kind, List.of(), scope, null, List.of(), null, PARTS_MAX, 0);
        return tx.query(query).items().stream()
                .map(entity -> new FlowFacts.Part(entity.id(), entity.type(), entity.properties()))
                .toList();
    }
}
