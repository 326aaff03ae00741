package dev.usher.graph;

import dev.usher.edm.PrimitiveType;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy.Candidate;
import dev.usher.store.Kind;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.util.List;

/** Display names that one object of a kind alone may bear in a tenant. */
final class DisplayNames {

    static final String NAME = "displayName";

    private DisplayNames() {}

    /**
     * From here on no other transaction of the tenant names an object.
     *
     * @throws Refusal 409 if another object of the kind bears the candidate's name
     */
    static void requireFree(WriteTx tx, Kind kind, Candidate candidate, String what) {
        if (!candidate.changed().has(NAME)) {
            return;
        }
        Tenants.serialize(tx);
        String name = candidate.properties().path(NAME).asString("");
        boolean taken =
                tx.query(named(kind, name)).items().stream()
                        .anyMatch(other -> !other.id().equals(candidate.id()));
        if (taken) {
            throw new Refusal(
                    GraphError.CONFLICT,
                    "There is " + what + " with the display name '" + name + "' already.",
                    NAME,
                    List.of());
        }
    }

    private static Query named(Kind kind, String name) {
        return new Query(
                kind,
                List.of(),
                new Query.Scope.Children(""),
                new Predicate.Compare(
                        new Operand.Property("", List.of(NAME), PrimitiveType.STRING),
                        Predicate.Operator.EQ,
                        new Operand.Literal(name, PrimitiveType.STRING)),
                List.of(),
                null,
                2,
                0);
    }
}
