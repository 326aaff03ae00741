package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code authenticationConditionApplication}: an application by its client id. It uses one events
 * flow at most, so that a sign-in belongs to one; listeners may share it.
 */
final class ConditionApplications implements Strategy {

    static final String TYPE = "microsoft.graph.authenticationConditionApplication";

    private final Kind kind;
    private final Kind flows;

    ConditionApplications(Model model) {
        this.kind = Kinds.of(model.entityType(TYPE));
        this.flows = Kinds.of(model.entityType(EventsFlows.TYPE));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate, @Nullable Entity owner) {
        if (owner == null || !owner.kind().equals(flows.name())) {
            return;
        }
        Tenants.serialize(tx);
        tx.query(including(candidate.id())).items().stream()
                .filter(flow -> !flow.id().equals(owner.id()))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refusal(
                            GraphError.CONFLICT,
                            "The application '"
                                    + candidate.id()
                                    + "' uses the flow '"
                                    + other.id()
                                    + "' already; remove it there first.",
                            "appId",
                            List.of());
                });
    }

    private Query including(String appId) {
        Operand key = new Operand.Property("a", List.of("id"), PrimitiveType.STRING);
        Predicate same =
                new Predicate.Compare(
                        new Operand.Lower(key),
                        Predicate.Operator.EQ,
                        new Operand.Literal(Entity.fold(appId), PrimitiveType.STRING));
        return new Query(
                flows,
                List.of(),
                new Query.Scope.Children(""),
                new Predicate.AnyContained(kind, List.of(), "a", same),
                List.of(),
                null,
                2,
                0);
    }
}
