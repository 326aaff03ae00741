package dev.usher.odata;

import dev.usher.edm.AnnotationValue;
import dev.usher.edm.EdmType;
import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Operation;
import dev.usher.edm.Property;
import dev.usher.edm.Step;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.store.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks a path through the schema, segment by segment, and gathers the permission rules on its way.
 * Segments match ignoring case; keys stand as segments or in parentheses; casts by qualified name.
 */
final class PathResolver {

    /** A {@code $} segment at the end. */
    enum Suffix {
        NONE,
        REF,
        COUNT,
        VALUE
    }

    /**
     * Where a path leads.
     *
     * @param property the structural properties behind the address, empty for the address itself
     * @param operation the operation at the end, else null
     * @param operationArgument what stands in its parentheses
     * @param workload the workload that serves it, empty for none in particular
     */
    record Target(
            Address address,
            List<Step> property,
            @Nullable Operation operation,
            String operationArgument,
            Suffix suffix,
            PermissionRules rules,
            String workload) {}

    private final Model model;
    private final @Nullable Model otherVersion;
    private final List<PathSegment> path;
    private final @Nullable String caller;
    private @Nullable Address address;
    private @Nullable StructuredType type;
    private final List<Step> property = new ArrayList<>();
    private @Nullable Operation operation;
    private String operationArgument = "";
    private Suffix suffix = Suffix.NONE;
    private PermissionRules rules = PermissionRules.none();

    private PathResolver(
            Model model,
            @Nullable Model otherVersion,
            List<PathSegment> path,
            @Nullable String caller) {
        this.model = model;
        this.otherVersion = otherVersion;
        this.path = path;
        this.caller = caller;
    }

    /**
     * @param caller the key of the person who calls, null for an application by itself
     * @param otherVersion the other version's schema, to tell a caller who took the wrong one
     * @throws Refusal 400 for a segment that does not exist
     */
    static Target resolve(
            Model model,
            @Nullable Model otherVersion,
            List<PathSegment> path,
            @Nullable String caller) {
        return new PathResolver(model, otherVersion, path, caller).walk();
    }

    private Target walk() {
        root(path.getFirst());
        for (PathSegment segment : path.subList(1, path.size())) {
            if (suffix != Suffix.NONE || operation != null) {
                throw unknown(segment);
            }
            step(segment);
        }
        if (address == null) {
            throw unknown(path.getFirst());
        }
        return new Target(
                address,
                List.copyOf(property),
                operation,
                operationArgument,
                suffix,
                rules,
                Workloads.of(model, path));
    }

    private void root(PathSegment segment) {
        Model.Root root = model.root(segment.name()).orElseThrow(() -> unknown(segment));
        Optional<Model.Root> callers = root.annotations().text(Terms.CALLER).flatMap(model::root);
        // what the root of callers leaves unsaid, their entity set says
        rules = callers.map(set -> rules.then(set.annotations())).orElse(rules);
        rules = rules.then(root.annotations());
        if (callers.isPresent()) {
            Address.Members all = set(callers.get());
            arrive(new Address.Item(all, caller(root), all.type()), all.type());
        } else if (root.collection()) {
            members(set(root), segment);
        } else {
            arrive(new Address.Singleton(root), root.type());
        }
    }

    private static Address.Members set(Model.Root root) {
        return new Address.Members(
                null,
                new NavigationProperty(
                        root.name(), root.type(), true, true, false, root.annotations()),
                root.type());
    }

    private String caller(Model.Root root) {
        if (caller == null) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_REQUEST,
                    "/"
                            + root.name()
                            + " request is only valid with delegated authentication flow.");
        }
        return caller;
    }

    private void step(PathSegment segment) {
        if (segment.name().startsWith("$")) {
            suffix(segment);
        } else if (cast(segment) || operation(segment)) {
            return;
        } else if (address instanceof Address.Members members) {
            item(members, segment.text());
        } else {
            member(segment);
        }
    }

    private void suffix(PathSegment segment) {
        suffix =
                switch (segment.text().toLowerCase(Locale.ROOT)) {
                    case "$ref" -> Suffix.REF;
                    case "$count" -> Suffix.COUNT;
                    case "$value" -> Suffix.VALUE;
                    default -> throw unknown(segment);
                };
        boolean many = address instanceof Address.Members;
        boolean possible =
                switch (suffix) {
                    case REF -> property.isEmpty() && !(address instanceof Address.Singleton);
                    case COUNT -> many;
                    case VALUE -> !many && (!property.isEmpty() || stream());
                    case NONE -> false;
                };
        if (!possible) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_REQUEST,
                    "The segment '" + segment.text() + "' is not supported here.");
        }
    }

    private boolean stream() {
        return type instanceof EntityType entity && entity.hasStream();
    }

    private boolean cast(PathSegment segment) {
        if (segment.name().indexOf('.') < 0 || !segment.plain()) {
            return false;
        }
        Optional<EdmType> named = model.type(segment.name());
        if (named.orElse(null) instanceof EntityType target
                && type != null
                && Kinds.keptWith(type).contains(target)
                && property.isEmpty()) {
            address =
                    switch (address) {
                        case Address.Members m ->
                                new Address.Members(m.owner(), m.complex(), m.navigation(), target);
                        case Address.Item i -> new Address.Item(i.of(), i.key(), target, i.by());
                        case null, default -> throw unknown(segment);
                    };
            type = target;
            return true;
        }
        if (named.orElse(null) instanceof StructuredType complex
                && !property.isEmpty()
                && type != null
                && complex.isA(type)) {
            property.set(property.size() - 1, new Step(property.getLast().property(), complex));
            type = complex;
            return true;
        }
        return false;
    }

    private boolean operation(PathSegment segment) {
        boolean many = address instanceof Address.Members;
        if (type == null || !property.isEmpty()) {
            return false;
        }
        Optional<Operation> found = model.operation(segment.name(), type, many);
        found.ifPresent(op -> {
            if (elsewhere() && !op.binding().type().equals(declared())) {
                throw unknown(segment);
            }
            operation = op;
            operationArgument = segment.argument() == null ? "" : segment.argument();
            rules = rules.then(op.annotations());
        });
        return found.isPresent();
    }

    private void item(Address.Members members, String key) {
        boolean indexable =
                members.navigation().annotations().value(Terms.INDEXABLE_BY_KEY).isEmpty()
                        || members.navigation().annotations().flag(Terms.INDEXABLE_BY_KEY);
        if (!indexable) {
            throw unknown(new PathSegment(key, null));
        }
        int equals = key.indexOf('=');
        String by = equals < 0 ? null : alternateKey(members.type(), key.substring(0, equals));
        if (by == null && members.owner() == null && key.equalsIgnoreCase(caller)) {
            // whoever is addressed by their own id may do what callers may do with themselves
            model.callersOf(members.navigation().name())
                    .ifPresent(root -> rules = rules.then(root.annotations()));
        }
        arrive(
                by == null
                        ? new Address.Item(members, key, members.type())
                        : new Address.Item(
                                members,
                                References.unquote(key.substring(equals + 1)),
                                members.type(),
                                by),
                members.type());
    }

    /** The property of that name, if its values address the entities of the type. */
    private static @Nullable String alternateKey(EntityType type, String name) {
        String wanted = name.strip();
        return type.inherited(Terms.ALTERNATE_KEYS).stream()
                .flatMap(value ->
                        value instanceof AnnotationValue.Text(String names)
                                ? Stream.of(names.split(" ", -1))
                                : Stream.empty())
                .filter(each -> each.equalsIgnoreCase(wanted))
                .findFirst()
                .orElse(null);
    }

    private void member(PathSegment segment) {
        StructuredType here = type;
        if (here == null || address == null) {
            throw unknown(segment);
        }
        Optional<NavigationProperty> navigation = here.navigation(segment.name());
        if (navigation.isPresent()) {
            navigate((Address.One) address, navigation.get(), segment);
            return;
        }
        Property found = here.property(segment.name()).orElseThrow(() -> unknown(segment));
        boolean readable = segment.plain() && !(address instanceof Address.Singleton);
        if (!readable || found.secret()) {
            throw unknown(segment);
        }
        property.add(Step.of(found));
        rules = rules.then(found.annotations());
        type =
                !found.type().collection() && found.type().type() instanceof StructuredType next
                        ? next
                        : null;
    }

    /**
     * Whether the object is at home elsewhere, and only shown here: what leads to it must not lend
     * its permissions to what is done with it.
     */
    private boolean elsewhere() {
        return address instanceof Address.Item item
                && (!item.of().navigation().contained()
                        || declared().inherited(Terms.STORAGE).isEmpty());
    }

    /** The type that the collection of the item is declared with. */
    private EntityType declared() {
        return ((Address.Item) Objects.requireNonNull(address)).of().navigation().target();
    }

    private void navigate(Address.One owner, NavigationProperty navigation, PathSegment segment) {
        if (elsewhere()) {
            throw unknown(segment);
        }
        rules = rules.then(navigation.annotations());
        List<Step> complex = List.copyOf(property);
        property.clear();
        if (navigation.collection()) {
            members(new Address.Members(owner, complex, navigation, navigation.target()), segment);
            return;
        }
        if (!segment.plain()) {
            throw unknown(segment);
        }
        arrive(new Address.Single(owner, complex, navigation), navigation.target());
    }

    private void members(Address.Members members, PathSegment segment) {
        arrive(members, members.type());
        if (segment.argument() != null) {
            if (segment.argument().isEmpty()) {
                throw unknown(segment);
            }
            item(members, key(members.type(), segment));
        }
    }

    /** What stands in parentheses: a key, with or without its name, or an alternate key. */
    private String key(EntityType of, PathSegment segment) {
        String argument = String.valueOf(segment.argument());
        int equals = argument.indexOf('=');
        int quote = argument.indexOf('\'');
        boolean named = equals > 0 && (quote < 0 || equals < quote);
        if (named) {
            String name = argument.substring(0, equals).strip();
            if (alternateKey(of, name) != null) {
                return argument;
            }
            if (!name.equalsIgnoreCase(of.key())) {
                throw unknown(segment);
            }
        }
        return References.unquote(argument);
    }

    private void arrive(Address at, EntityType entityType) {
        address = at;
        type = entityType;
    }

    private Refusal unknown(PathSegment segment) {
        String message = "Resource not found for the segment '" + segment.name() + "'.";
        String hint = null;
        if (otherVersion != null) {
            try {
                resolve(otherVersion, null, path, caller);
                message += " It exists in " + otherVersion.version() + ".";
                hint = path.stream().map(PathSegment::text).collect(Collectors.joining("/"));
            } catch (Refusal alsoUnknown) {
                // then there is nothing to add
            }
        }
        Refusal refusal =
                new Refusal(GraphError.UNKNOWN_SEGMENT, message, segment.name(), List.of());
        return hint == null || otherVersion == null
                ? refusal
                : refusal.withHint("/" + otherVersion.version() + "/" + hint);
    }
}
