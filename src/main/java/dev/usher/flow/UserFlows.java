package dev.usher.flow;

import dev.usher.edm.Model;
import dev.usher.ids.TenantId;
import dev.usher.store.Cached;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The user flows of each tenant, as they are stored, with their settings. What another process
 * changed is seen within a second. Thread-safe.
 */
public final class UserFlows {

    /** The longest id that a flow can have, in characters. */
    public static final int ID_CHARS_MAX = 128;

    private static final int CACHE_ENTRIES_MAX = 20_000;
    private static final int PAGE = 200;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1," + ID_CHARS_MAX + "}");
    private static final String B2X = "microsoft.graph.b2xIdentityUserFlow";

    private final Kind flows;
    private final Kind eventsFlows;
    private final StoredSettings settings;
    private final Kind assignments;
    private final Cached<String, UserFlow> byId;

    /**
     * @param model the schema of beta, which alone has the settings
     */
    public UserFlows(Store store, Model model) {
        this.flows = Kinds.of(model.entityType("microsoft.graph.identityUserFlow"));
        this.eventsFlows = Kinds.of(model.entityType("microsoft.graph.authenticationEventsFlow"));
        this.settings = StoredSettings.ofUserFlows(model);
        this.assignments =
                Kinds.of(model.entityType("microsoft.graph.identityUserFlowAttributeAssignment"));
        Set<String> kinds = new HashSet<>(settings.kinds());
        kinds.addAll(List.of(flows.name(), eventsFlows.name(), assignments.name()));
        this.byId =
                new Cached<>(
                        store,
                        kinds,
                        CACHE_ENTRIES_MAX,
                        (tenant, id) -> store.read(tenant, tx -> find(tx, id)));
    }

    /** The flow of that id, in any case. */
    public Optional<UserFlow> find(TenantId tenant, String id) {
        return ID.matcher(id).matches() ? byId.get(tenant, Entity.fold(id)) : Optional.empty();
    }

    /** The flow of that id, in any case, as the transaction sees it. */
    public Optional<UserFlow> find(ReadTx tx, String id) {
        return stored(tx, id).map(flow -> read(tx, flow));
    }

    /** The flow of that id as it is stored, whichever collection holds it. */
    Optional<Entity> stored(ReadTx tx, String id) {
        return ID.matcher(id).matches()
                ? tx.find(flows, "", id).or(() -> tx.find(eventsFlows, "", id))
                : Optional.empty();
    }

    private UserFlow read(ReadTx tx, Entity flow) {
        FlowSettings read = FlowSettings.read(settings.effective(tx, flow.path()));
        if (flow.kind().equals(eventsFlows.name())) {
            return EventsFlow.of(flow, read);
        }
        boolean b2x = flow.type().equals(B2X);
        Set<String> claims = new TreeSet<>(read.applicationClaims());
        if (b2x) {
            tx.all(children(flow)).forEach(assignment -> claims.add(assignment.id()));
        }
        return new UserFlow(
                flow.id(),
                b2x ? UserFlow.Kind.B2X : UserFlow.Kind.B2C,
                flow.properties().path("userFlowType").asString(""),
                read,
                claims);
    }

    private Query children(Entity flow) {
        return new Query(
                assignments,
                List.of(),
                new Query.Scope.Children(flow.path()),
                null,
                List.of(),
                null,
                PAGE,
                0);
    }
}
