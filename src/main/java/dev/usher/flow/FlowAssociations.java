package dev.usher.flow;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.ids.TenantId;
import dev.usher.store.Cached;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which user flow an application meets at its tenant's own authorization endpoint. Of several the
 * first counts, in this order:
 *
 * <ol>
 *   <li>the events flow whose conditions include the application;
 *   <li>the events flow that a listener names whose conditions include it, by priority;
 *   <li>the user flow that an {@code invokeUserFlowListener} names for it, by priority;
 *   <li>the user flow whose settings name it: {@code signUpOrSignIn} before {@code signIn} before
 *       {@code signUp};
 *   <li>the events flow that includes all applications, by priority.
 * </ol>
 *
 * What is equal in this comes by id. What another process changed is seen within a second.
 * Thread-safe.
 */
public final class FlowAssociations {

    private static final int CACHE_ENTRIES_MAX = 20_000;
    private static final int PAGE = 200;

    /** Where the older listeners are contained. */
    private static final String POLICY = "authenticationeventspolicy";

    private static final String USER_FLOW = "userFlow";
    private static final String EVENTS_FLOW_ID = "authenticationEventsFlowId";
    private static final List<String> TYPES = List.of("signUpOrSignIn", "signIn", "signUp");

    private final UserFlows userFlows;
    private final Kind flows;
    private final Kind settings;
    private final Kind eventsFlows;
    private final Kind listeners;
    private final Kind included;
    private final Kind older;
    private final Cached<String, Association> byClient;

    /** Also what is not there is worth remembering. */
    private record Association(@Nullable String flowId) {}

    /**
     * @param model the schema of beta, which alone has the older listeners
     */
    public FlowAssociations(Store store, Model model, UserFlows userFlows) {
        this.userFlows = userFlows;
        this.flows = kind(model, "identityUserFlow");
        this.settings = new Kind("userFlowSettings", null, Map.of(), Set.of());
        this.eventsFlows = kind(model, "authenticationEventsFlow");
        this.listeners = kind(model, "authenticationEventListener");
        this.included = kind(model, "authenticationConditionApplication");
        this.older = kind(model, "authenticationListener");
        this.byClient =
                new Cached<>(
                        store,
                        Set.of(
                                flows.name(),
                                settings.name(),
                                eventsFlows.name(),
                                listeners.name(),
                                included.name(),
                                older.name()),
                        CACHE_ENTRIES_MAX,
                        (tenant, client) ->
                                Optional.of(
                                        new Association(
                                                store.read(tenant, tx -> find(tx, client))
                                                        .orElse(null))));
    }

    private static Kind kind(Model model, String type) {
        return Kinds.of(model.entityType("microsoft.graph." + type));
    }

    /** The id of the flow; empty if none is named for the application. */
    public Optional<String> flowOf(TenantId tenant, String clientId) {
        return byClient.get(tenant, Entity.fold(clientId)).map(Association::flowId);
    }

    private Optional<String> find(ReadTx tx, String client) {
        return Stream.<Stream<String>>of(
                        tx.all(all(eventsFlows, including(client))).stream().map(Entity::id),
                        byListeners(tx, client),
                        byOlderListeners(tx, client),
                        bySettings(tx, client),
                        byPriority(tx.all(all(eventsFlows, everybody()))).map(Entity::id))
                .flatMap(each -> each)
                .filter(id -> userFlows.find(tx, id).filter(UserFlow::interactive).isPresent())
                .findFirst();
    }

    private Stream<String> byListeners(ReadTx tx, String client) {
        return byPriority(tx.all(all(listeners, including(client))))
                .map(listener -> listener.properties().path(EVENTS_FLOW_ID).asString(""))
                .filter(id -> !id.isEmpty());
    }

    private Stream<String> byOlderListeners(ReadTx tx, String client) {
        Query naming =
                query(
                        older,
                        new Query.Scope.Children(POLICY),
                        item("", List.of("sourceFilter", "includeApplications"), client));
        return byPriority(tx.all(naming))
                .flatMap(listener ->
                        tx.targets(List.of(USER_FLOW), older.name(), listener.path(), 1).stream())
                .map(target -> target.entity().id());
    }

    private Stream<String> bySettings(ReadTx tx, String client) {
        Predicate naming =
                new Predicate.AnyContained(
                        settings, List.of(), "s", item("s", List.of("applications"), client));
        return tx.all(all(flows, naming)).stream()
                .sorted(Comparator.comparingInt(FlowAssociations::rank).thenComparing(Entity::key))
                .map(Entity::id);
    }

    private static int rank(Entity flow) {
        int rank = TYPES.indexOf(flow.properties().path("userFlowType").asString(""));
        return rank < 0 ? TYPES.size() : rank;
    }

    private static Stream<Entity> byPriority(List<Entity> entities) {
        return entities.stream()
                .sorted(
                        Comparator.<Entity>comparingInt(
                                        entity -> entity.properties().path("priority").asInt(0))
                                .thenComparing(Entity::key));
    }

    private Predicate including(String client) {
        return new Predicate.AnyContained(
                included, List.of(), "a", same(text("a", List.of("id")), client));
    }

    private static Predicate everybody() {
        return new Predicate.True(
                new Operand.Property(
                        "",
                        List.of("conditions", "applications", "includeAllApplications"),
                        PrimitiveType.BOOLEAN));
    }

    private static Predicate item(String variable, List<String> list, String client) {
        return new Predicate.AnyItem(
                text(variable, list), "item", same(text("item", List.of()), client));
    }

    private static Predicate same(Operand.Property id, String client) {
        return new Predicate.Compare(
                new Operand.Lower(id),
                Predicate.Operator.EQ,
                new Operand.Literal(client, PrimitiveType.STRING));
    }

    private static Operand.Property text(String variable, List<String> path) {
        return new Operand.Property(variable, path, PrimitiveType.STRING);
    }

    private static Query all(Kind kind, Predicate filter) {
        return query(kind, new Query.Scope.Children(""), filter);
    }

    private static Query query(Kind kind, Query.Scope scope, Predicate filter) {
        return new Query(kind, List.of(), scope, filter, List.of(), null, PAGE, 0);
    }
}
