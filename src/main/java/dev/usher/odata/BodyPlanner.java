package dev.usher.odata;

import dev.usher.edm.ComplexType;
import dev.usher.edm.Model;
import dev.usher.edm.Operation;
import dev.usher.edm.Terms;
import dev.usher.odata.PathResolver.Target;
import dev.usher.odata.PermissionRules.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Plans what brings a body along: creates, changes and calls, for {@link Planner}. */
final class BodyPlanner {

    private static final List<String> SHAPING = List.of("$select", "$expand");

    private final Strategies strategies;
    private final ODataSettings settings;
    private final StoredTypes storedTypes;
    private final TypeNames typeNames;

    BodyPlanner(
            Model model, Strategies strategies, StoredTypes storedTypes, ODataSettings settings) {
        this.strategies = strategies;
        this.settings = settings;
        this.storedTypes = storedTypes;
        this.typeNames = new TypeNames(model);
    }

    /** {@code seed}: in the form of {@code $ref}, with its placeholders. */
    Plan create(ODataRequest request, Target target, Address.Members members, boolean seed) {
        ShapePlanner.onlyThese(request.options(), SHAPING);
        ShapePlanner shapes = new ShapePlanner(storedTypes, settings);
        Shape shape = shapes.shape(members.type(), request.options(), target.rules());
        Map<String, JsonNode> placeholders =
                seed && settings.literalSeed()
                        ? strategies.of(members.type()).placeholders()
                        : Map.of();
        Draft bound =
                BodyBinder.create(
                        typeNames,
                        members.type(),
                        Planner.body(request),
                        placeholders,
                        members.navigation().annotations());
        Draft draft =
                bound.as(
                        storedTypes.viewed(bound.type()),
                        Views.stored(bound.type(), bound.properties()));
        return new Plan.Create(
                members, draft, shape, seed, Planner.permissions(target, Access.Insert, shapes));
    }

    /** Whether the address and the header say that a change may create. */
    static boolean mayCreate(ODataRequest request, Address.Item item) {
        String by = item.by();
        return by != null
                && request.prefer().createIfMissing()
                && item.type()
                        .annotations()
                        .text(Terms.CREATION_KEY)
                        .filter(by::equals)
                        .isPresent();
    }

    Plan updateOrCreate(ODataRequest request, Target target, Address.Item item) {
        Plan.Update update = update(request, target, item);
        List<Permission> permissions = new ArrayList<>(update.permissions());
        permissions.add(target.rules().permission(Access.Insert));
        return new Plan.UpdateOrCreate(
                item, update, () -> fresh(request, item), List.copyOf(permissions));
    }

    private Draft fresh(ODataRequest request, Address.Item item) {
        Draft draft =
                BodyBinder.create(
                        typeNames,
                        item.type(),
                        Planner.body(request),
                        Map.of(),
                        item.of().navigation().annotations());
        String by = String.valueOf(item.by());
        String given = draft.properties().path(by).asString(item.key());
        if (!given.equals(item.key())) {
            throw new Refusal(
                    GraphError.INVALID_VALUE,
                    "'" + by + "' in the body is another one than in the address.",
                    by,
                    List.of());
        }
        draft.properties().put(by, item.key());
        return draft;
    }

    Plan.Update update(ODataRequest request, Target target, Address.One one) {
        ShapePlanner.onlyThese(request.options(), SHAPING);
        ShapePlanner shapes = new ShapePlanner(storedTypes, settings);
        Shape shape = shapes.shape(one.type(), request.options(), target.rules());
        Draft bound = BodyBinder.update(typeNames, one.type(), Planner.body(request));
        Draft draft = bound.as(bound.type(), Views.stored(one.type(), bound.properties()));
        List<Permission> permissions =
                new ArrayList<>(target.rules().updating(draft.changed(one.type())));
        permissions.addAll(shapes.permissions());
        return new Plan.Update(one, draft, shape, List.copyOf(permissions));
    }

    /** {@code creates}: where there is no such member. */
    Plan replace(ODataRequest request, Target target, Address.Item item, boolean creates) {
        ShapePlanner.onlyThese(request.options(), SHAPING);
        ShapePlanner shapes = new ShapePlanner(storedTypes, settings);
        Shape shape = shapes.shape(item.type(), request.options(), target.rules());
        Draft draft =
                BodyBinder.create(
                        typeNames,
                        item.type(),
                        Planner.body(request),
                        Map.of(),
                        item.of().navigation().annotations());
        return new Plan.Upsert(
                item,
                Keys.ofAddress(item, draft),
                shape,
                Planner.permissions(target, Access.Update, shapes),
                target.rules().permission(Access.Insert),
                creates ? null : Locator.notFound(item));
    }

    /** Calls a function, changes its result, or invokes an action. */
    Plan call(ODataRequest request, Target target, Operation operation) {
        boolean changeable = operation.annotations().flag(Terms.UPDATE, "Updatable", false);
        Planner.require(
                request,
                operation.action()
                        ? List.of("POST")
                        : changeable ? List.of("GET", "PATCH") : List.of("GET"));
        ShapePlanner.onlyThese(request.options(), List.of());
        String name = operation.qualifiedName();
        // an action that changes nothing may be served by what serves functions
        boolean served =
                strategies.function(operation).isPresent()
                        || (operation.action() && strategies.action(name).isPresent());
        if (!served || !target.operationArgument().isBlank()) {
            throw new Refusal(
                    GraphError.UNKNOWN_SEGMENT,
                    "Resource not found for the segment '" + operation.name() + "'.");
        }
        if (!operation.action()
                && !request.reads()
                && operation.result() != null
                && operation.result().type() instanceof ComplexType result) {
            return new Plan.ChangeResult(
                    operation,
                    target.address(),
                    BodyBinder.change(typeNames, result, Planner.body(request)),
                    List.of(target.rules().permission(Access.Update)));
        }
        List<Permission> permissions =
                List.of(target.rules().permission(operation.action() ? Access.Write : Access.Read));
        Map<String, JsonNode> arguments =
                operation.action()
                        ? BodyBinder.arguments(
                                typeNames, operation, argumentsBody(request, operation))
                        : Map.of();
        return strategies.action(name).isPresent()
                ? new Plan.Invoke(operation, target.address(), arguments, permissions)
                : new Plan.Call(operation, target.address(), arguments, permissions);
    }

    /** An action that insists on no argument needs no body. */
    private static JsonNode argumentsBody(ODataRequest request, Operation operation) {
        boolean optional = operation.parameters().stream().allMatch(Operation.Parameter::nullable);
        return optional && request.json() == null
                ? JsonNodeFactory.instance.objectNode()
                : Planner.body(request);
    }
}
