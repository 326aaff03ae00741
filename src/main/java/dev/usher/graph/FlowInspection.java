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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what is stored of a user flow, and says what is to be said of it. */
final class FlowInspection {

    private static final String HEADER = "x-usher-flow-check";

    /** To its providers, and to the connector of each step. */
    private static final List<String> LINKS =
            List.of(
                    IdentityProviders.OF_FLOW,
                    "postFederationSignup",
                    "postAttributeCollection",
                    "preTokenIssuance");

    /** Parts of a flow that are looked at. */
    private static final int PARTS_MAX = 1000;

    private final FlowCheck check;
    private final Kind assignments;

    FlowInspection(Model model, FlowCheck check) {
        this.check = check;
        this.assignments = Kinds.of(model.entityType(AttributeAssignments.TYPE));
    }

    Inspection inspect(ReadTx tx, Entity flow) {
        List<FlowFacts.Part> linkedProviders = new ArrayList<>();
        Map<String, FlowFacts.Part> steps = new LinkedHashMap<>();
        for (ReadTx.Target to : tx.targets(LINKS, flow.kind(), flow.path(), PARTS_MAX)) {
            if (to.link().equals(IdentityProviders.OF_FLOW)) {
                linkedProviders.add(part(to.entity()));
            } else {
                steps.put(to.link(), part(to.entity()));
            }
        }
        Query.Scope contained = new Query.Scope.Children(flow.path());
        Query all =
                new Query(assignments, List.of(), contained, null, List.of(), null, PARTS_MAX, 0);
        FlowFacts facts =
                new FlowFacts(
                        flow.type(),
                        flow.properties().path("userFlowType").asString(""),
                        tx.query(all).items().stream().map(FlowInspection::part).toList(),
                        linkedProviders,
                        steps);
        return new Inspection(
                HEADER,
                check.findings(facts).stream()
                        .map(finding ->
                                new Inspection.Finding(
                                        finding.code(), finding.target(), finding.message()))
                        .toList());
    }

    private static FlowFacts.Part part(Entity entity) {
        return new FlowFacts.Part(entity.id(), entity.type(), entity.properties());
    }
}
