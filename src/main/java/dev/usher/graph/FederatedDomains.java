package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Page;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.util.List;
import java.util.Locale;

/** {@code externalDomainName}: a domain of a federated organisation; its name is its key. */
final class FederatedDomains implements Strategy {

    /** Federations looked through at a time. */
    private static final int PAGE_MAX = 500;

    private final Kind kind;
    private final Kind federations;

    FederatedDomains(Model model) {
        this.federations = Kinds.of(model.entityType("microsoft.graph.samlOrWsFedProvider"));
        this.kind = Kinds.of(model.entityType("microsoft.graph.externalDomainName"));
    }

    @Override
    public String type() {
        return "microsoft.graph.externalDomainName";
    }

    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        String given = draft.key();
        return given == null ? "" : given.toLowerCase(Locale.ROOT);
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        if (candidate.id().isEmpty()) {
            violations.add(
                    "id", Rule.REQUIRED, "The value must not be null or empty. Parameter name: id");
        } else if (!Tenants.wellFormed(candidate.id())) {
            violations.add("id", Rule.KEY, "'" + candidate.id() + "' is no domain name.");
        }
    }

    /** An address must say by its domain alone which federation it belongs to. */
    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        Tenants.serialize(tx);
        if (taken(tx, candidate.id())) {
            throw new Refusal(
                    GraphError.CONFLICT,
                    "The domain '" + candidate.id() + "' belongs to a federation already.",
                    "id",
                    List.of());
        }
    }

    private boolean taken(ReadTx tx, String domain) {
        Predicate same =
                new Predicate.Compare(
                        new Operand.Property("", List.of("id"), PrimitiveType.STRING),
                        Predicate.Operator.EQ,
                        new Operand.Literal(domain, PrimitiveType.STRING));
        Query named =
                new Query(
                        kind, List.of(), new Query.Scope.Children(""), same, List.of(), null, 1, 0);
        Query.Cursor after = null;
        do {
            Query all =
                    new Query(
                            federations,
                            List.of(),
                            new Query.Scope.Children(""),
                            null,
                            List.of(),
                            after,
                            PAGE_MAX,
                            0);
            Page page = tx.query(all);
            List<String> owners = page.items().stream().map(Entity::path).toList();
            if (!owners.isEmpty() && !tx.expand(named, owners).isEmpty()) {
                return true;
            }
            after = page.next();
        } while (after != null);
        return false;
    }
}
