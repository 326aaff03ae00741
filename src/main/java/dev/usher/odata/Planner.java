package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.odata.PathResolver.Target;
import dev.usher.odata.PermissionRules.Access;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code ODataRequest -> Plan}: the only room that sees both the request and the schema. Refuses
 * what the schema does not have (400), what a resource cannot do (405) and bodies that do not fit
 * (400).
 */
final class Planner {

    private static final List<String> SHAPING = List.of("$select", "$expand");
    private static final List<String> REFERENCES =
            List.of("$filter", "$orderby", "$top", "$skip", "$count", "$skiptoken");

    private final Model model;
    private final @Nullable Model otherVersion;
    private final ODataSettings settings;
    private final StoredTypes storedTypes;
    private final ReferencePlanner references;
    private final ListOptions lists;
    private final StreamPlanner streams;
    private final BodyPlanner bodies;

    Planner(
            Model model,
            @Nullable Model otherVersion,
            Strategies strategies,
            StoredTypes storedTypes,
            ODataSettings settings) {
        this.model = model;
        this.otherVersion = otherVersion;
        this.settings = settings;
        this.storedTypes = storedTypes;
        this.bodies = new BodyPlanner(model, strategies, storedTypes, settings);
        this.references = new ReferencePlanner(model, storedTypes);
        this.lists = new ListOptions(strategies, storedTypes);
        this.streams = new StreamPlanner(strategies);
    }

    Plan plan(ODataRequest request, @Nullable String caller) {
        if (request.path().isEmpty()) {
            return describe(request, new Plan.ServiceDocument());
        }
        if (request.path().getFirst().name().equalsIgnoreCase("$metadata")
                && request.path().size() == 1) {
            return describe(request, new Plan.Metadata());
        }
        Target target = PathResolver.resolve(model, otherVersion, request.path(), caller);
        if (target.operation() != null) {
            return bodies.call(request, target, target.operation());
        }
        return switch (target.suffix()) {
            case REF -> reference(request, target);
            case COUNT -> count(request, target);
            case VALUE ->
                    target.property().isEmpty()
                            ? streams.plan(request, target)
                            : property(request, target, true);
            case NONE -> resource(request, target);
        };
    }

    /**
     * Where the path leads.
     *
     * @throws Refusal 400 if it leads nowhere
     */
    @Nullable Address address(ODataRequest request, @Nullable String caller) {
        return request.path().isEmpty()
                ? null
                : PathResolver.resolve(model, otherVersion, request.path(), caller).address();
    }

    private static Plan describe(ODataRequest request, Plan.Describe plan) {
        require(request, List.of("GET"));
        ShapePlanner.onlyThese(request.options(), List.of());
        return plan;
    }

    private Plan resource(ODataRequest request, Target target) {
        if (!target.property().isEmpty()) {
            return property(request, target, false);
        }
        return switch (target.address()) {
            case Address.Members members -> members(request, target, members);
            case Address.Item item -> item(request, target, item);
            case Address.Single single -> single(request, target, single);
            case Address.Singleton singleton -> {
                require(request, List.of("GET"));
                yield readOne(request, target, singleton);
            }
        };
    }

    private Plan members(ODataRequest request, Target target, Address.Members members) {
        List<String> methods = new ArrayList<>(List.of("GET"));
        if (insertable(members)) {
            methods.add("POST");
        }
        require(request, methods);
        return request.reads()
                ? readMany(request, target, members)
                : bodies.create(request, target, members, false);
    }

    private Plan item(ODataRequest request, Target target, Address.Item item) {
        NavigationProperty navigation = item.of().navigation();
        List<String> methods = new ArrayList<>(List.of("GET"));
        if (navigation.contained() && can(navigation, Terms.UPDATE, "Updatable")) {
            methods.add("PATCH");
        }
        if (navigation.contained() && can(navigation, Terms.DELETE, "Deletable")) {
            methods.add("DELETE");
        }
        if (navigation.contained() && (upsertable(navigation) || replaceable(navigation))) {
            methods.add("PUT");
        }
        require(request, methods);
        return switch (request.method()) {
            case "GET" -> readOne(request, target, item);
            case "PATCH" ->
                    insertable(item.of()) && BodyPlanner.mayCreate(request, item)
                            ? bodies.updateOrCreate(request, target, item)
                            : bodies.update(request, target, item);
            case "PUT" -> bodies.replace(request, target, item, upsertable(navigation));
            default -> {
                ShapePlanner.onlyThese(request.options(), List.of());
                // nobody is deleted by the right to change oneself
                PermissionRules rules =
                        item.of().owner() == null ? target.rules().ofOthers() : target.rules();
                yield new Plan.Delete(item, List.of(rules.permission(Access.Delete)));
            }
        };
    }

    private Plan single(ODataRequest request, Target target, Address.Single single) {
        List<String> methods = new ArrayList<>(List.of("GET"));
        boolean contained = single.navigation().contained();
        if (!single.navigation().immutable() && !contained) {
            methods.add("DELETE");
        }
        boolean updatable =
                contained
                        ? can(single.navigation(), Terms.UPDATE, "Updatable")
                        : single.navigation().annotations().flag(Terms.UPDATE, "Updatable", false);
        if (updatable) {
            methods.add("PATCH");
        }
        require(request, methods);
        return switch (request.method()) {
            case "GET" -> readOne(request, target, single);
            case "PATCH" -> bodies.update(request, target, single);
            default -> {
                ShapePlanner.onlyThese(request.options(), List.of());
                yield new Plan.SetLink(
                        single, null, List.of(target.rules().permission(Access.Link)));
            }
        };
    }

    private Plan readOne(ODataRequest request, Target target, Address.One one) {
        ShapePlanner.onlyThese(request.options(), SHAPING);
        ShapePlanner shapes = new ShapePlanner(storedTypes, settings);
        Shape shape = shapes.shape(one.type(), request.options(), target.rules());
        return new Plan.ReadOne(one, shape, permissions(target, Access.Read, shapes));
    }

    private Plan readMany(ODataRequest request, Target target, Address.Members members) {
        QueryOptions options = lists.options(request, target, members);
        ShapePlanner shapes = new ShapePlanner(storedTypes, settings);
        Shape shape = shapes.shape(members.type(), options, target.rules());
        return new Plan.ReadMany(
                members,
                shape,
                shapes.selection(members, options, request.prefer(), target.rules()),
                permissions(target, Access.Read, shapes));
    }

    private Plan count(ODataRequest request, Target target) {
        require(request, List.of("GET"));
        Address.Members members = (Address.Members) target.address();
        lists.count(request, target, members);
        ShapePlanner shapes = new ShapePlanner(storedTypes, settings);
        return new Plan.Count(
                members,
                shapes.filter(members.type(), request.options(), target.rules()),
                permissions(target, Access.Read, shapes));
    }

    private Plan property(ODataRequest request, Target target, boolean raw) {
        require(request, List.of("GET"));
        var type = target.property().getLast().property().type();
        ShapePlanner shapes = new ShapePlanner(storedTypes, settings);
        Shape shape = Shape.ALL;
        boolean complex = !type.collection() && type.type() instanceof StructuredType;
        if (raw && (complex || type.collection())) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_REQUEST,
                    "'" + target.property().getLast().property().name() + "' has no raw value.");
        }
        if (complex && target.property().getLast().type() instanceof StructuredType structured) {
            ShapePlanner.onlyThese(request.options(), SHAPING);
            shape = shapes.shape(structured, request.options(), target.rules());
        } else {
            ShapePlanner.onlyThese(request.options(), List.of());
        }
        return new Plan.ReadProperty(
                (Address.One) target.address(),
                target.property(),
                raw,
                shape,
                permissions(target, Access.Read, shapes));
    }

    private Plan reference(ODataRequest request, Target target) {
        List<Permission> read = List.of(target.rules().permission(Access.Read));
        List<Permission> link = List.of(target.rules().permission(Access.Link));
        return switch (target.address()) {
            case Address.Members members when members.navigation().contained() ->
                    containedReference(request, target, members);
            case Address.Members members -> {
                require(request, List.of("GET", "POST", "PATCH", "DELETE"));
                yield switch (request.method()) {
                    case "GET" -> readReferences(request, target, members);
                    case "DELETE" -> {
                        ShapePlanner.onlyThese(request.options(), List.of("$id"));
                        yield new Plan.Unlink(
                                members,
                                references.inQuery(request.options(), members.type()),
                                link);
                    }
                    default -> {
                        ShapePlanner.onlyThese(request.options(), List.of());
                        yield new Plan.Link(
                                members, references.inBody(body(request), members.type()), link);
                    }
                };
            }
            case Address.Item item when !item.of().navigation().contained() -> {
                require(request, List.of("DELETE"));
                ShapePlanner.onlyThese(request.options(), List.of());
                yield new Plan.Unlink(
                        item.of(), new Reference(item.type(), item.key(), item.key()), link);
            }
            case Address.Single single when !single.navigation().contained() -> {
                boolean fixed = single.navigation().immutable();
                require(request, fixed ? List.of("GET") : List.of("GET", "PUT", "DELETE"));
                ShapePlanner.onlyThese(request.options(), List.of());
                yield switch (request.method()) {
                    case "GET" -> new Plan.ReadReference(single, read);
                    case "PUT" ->
                            new Plan.SetLink(
                                    single,
                                    references.inBodyOrNothing(body(request), single.type()),
                                    link);
                    default -> new Plan.SetLink(single, null, link);
                };
            }
            default -> throw Refusal.methodNotAllowed(List.of());
        };
    }

    /**
     * {@code $ref} on a contained collection. References cannot be added there, yet documents print
     * "POST {collection}/$ref" for adding an entity: a body with properties creates, and answers
     * 204 as those documents say; a reference merely states that its target exists.
     */
    private Plan containedReference(ODataRequest request, Target target, Address.Members members) {
        List<String> methods = new ArrayList<>(List.of("GET"));
        if (insertable(members)) {
            methods.add("POST");
        }
        require(request, methods);
        if (request.reads()) {
            return readReferences(request, target, members);
        }
        JsonNode body = body(request);
        Reference reference = references.aloneInBody(body, members.type());
        if (reference != null) {
            ShapePlanner.onlyThese(request.options(), List.of());
            return new Plan.Acknowledge(
                    members, reference, List.of(target.rules().permission(Access.Insert)));
        }
        return bodies.create(request, target, members, true);
    }

    private Plan readReferences(ODataRequest request, Target target, Address.Members members) {
        ShapePlanner.onlyThese(request.options(), REFERENCES);
        ShapePlanner shapes = new ShapePlanner(storedTypes, settings);
        Plan.Selection selection =
                shapes.selection(members, request.options(), request.prefer(), target.rules());
        return new Plan.ReadReferences(
                members, selection, permissions(target, Access.Read, shapes));
    }

    static List<Permission> permissions(Target target, Access access, ShapePlanner shapes) {
        List<Permission> all = new ArrayList<>(List.of(target.rules().permission(access)));
        all.addAll(shapes.permissions());
        return List.copyOf(all);
    }

    private static boolean insertable(Address.Members members) {
        return members.navigation().contained()
                && can(members.navigation(), Terms.INSERT, "Insertable");
    }

    private static boolean can(NavigationProperty navigation, String term, String member) {
        EntityType type = navigation.target();
        boolean byType = type.annotations().flag(term, member, true);
        return navigation.annotations().flag(term, member, byType);
    }

    private static boolean upsertable(NavigationProperty navigation) {
        return navigation.annotations().flag(Terms.UPDATE, "Upsertable", false);
    }

    private static boolean replaceable(NavigationProperty navigation) {
        return navigation.annotations().states(Terms.UPDATE, "UpdateMethod", Terms.BY_PUT);
    }

    /** The body, which the request needs. */
    static JsonNode body(ODataRequest request) {
        JsonNode json = request.json();
        if (json == null) {
            throw new Refusal(GraphError.SYNTAX, "The request needs a JSON body.");
        }
        return json;
    }

    static void require(ODataRequest request, List<String> methods) {
        if (!methods.contains(request.method())) {
            throw Refusal.methodNotAllowed(methods);
        }
    }
}
