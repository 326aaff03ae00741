package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.odata.GraphError;
import dev.usher.odata.LinkSet;
import dev.usher.odata.Refusal;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code authenticationEventsFlow}: self-service sign-up of an external tenant. */
final class EventsFlows extends EventStrategy {

    static final String TYPE = "microsoft.graph.authenticationEventsFlow";

    /** The link to the providers with which people sign up. */
    static final String PROVIDERS = "identityProviders";

    private static final String METHODS = "onAuthenticationMethodLoadStart";
    private static final String COLLECTION = "onAttributeCollection";
    private static final List<String> EXTENSIBLE =
            List.of("onAttributeCollectionStart", "onAttributeCollectionSubmit");

    private final Kind kind;
    private final Kind listeners;

    EventsFlows(Model model) {
        super(model, COLLECTION, EXTENSIBLE);
        this.kind = Kinds.of(model.entityType(TYPE));
        this.listeners = Kinds.of(model.entityType(EventListeners.TYPE));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void relate(ReadTx tx, Candidate candidate, LinkSet links, Violations violations) {
        collection.relate(tx, candidate, links, violations);
        String target = METHODS + "/" + PROVIDERS;
        boolean concerned =
                candidate.isNew() || links.requested(PROVIDERS) || candidate.changed().has(METHODS);
        boolean offered = candidate.properties().get(METHODS) instanceof ObjectNode;
        if (concerned
                && (!offered || links.targets(PROVIDERS).isEmpty())
                && !violations.concerns(target)) {
            violations.add(
                    target,
                    Rule.REQUIRED,
                    "A flow needs at least one identity provider to sign up with.");
        }
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate, @Nullable Entity owner) {
        DisplayNames.requireFree(tx, kind, candidate, "a flow");
    }

    @Override
    public void changing(WriteTx tx, Candidate candidate) {
        DisplayNames.requireFree(tx, kind, candidate, "a flow");
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        String users =
                tx.query(listeningTo(entity.id())).items().stream()
                        .map(Entity::id)
                        .collect(Collectors.joining(", "));
        if (!users.isEmpty()) {
            throw new Refusal(
                    GraphError.CONFLICT,
                    "The flow '"
                            + entity.id()
                            + "' is in use by the listeners "
                            + users
                            + "; delete them first.");
        }
    }

    private Query listeningTo(String flow) {
        return new Query(
                listeners,
                List.of(),
                new Query.Scope.Children(""),
                new Predicate.Compare(
                        new Operand.Property(
                                "", List.of(EventListeners.FLOW), PrimitiveType.STRING),
                        Predicate.Operator.EQ,
                        new Operand.Literal(flow, PrimitiveType.STRING)),
                List.of(),
                null,
                InUse.NAMED_MAX,
                0);
    }
}
