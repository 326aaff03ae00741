package dev.usher.edm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks what must hold between the elements of a built {@link Model}. */
final class ModelCheck {

    private static final Pattern STORAGE = Pattern.compile("document|computed|table:[a-z][a-z_]*");

    private final Model model;
    private final Reachable reachable;
    private final Consumer<String> findings;

    private ModelCheck(Model model, Consumer<String> findings) {
        this.model = model;
        this.reachable = Reachable.of(model);
        this.findings = findings;
    }

    /** Reports every contradiction in the model. */
    static void check(Model model, Consumer<String> findings) {
        new ModelCheck(model, findings).run();
    }

    private void run() {
        Map<String, EntityType> kinds = new HashMap<>();
        for (EdmType type : model.types().values()) {
            if (type instanceof StructuredType structured) {
                memberNames(structured);
                structured.properties().forEach(property -> property(structured, property));
                structured
                        .ownNavigation()
                        .forEach(navigation -> navigation(structured, navigation));
            }
            if (type instanceof EntityType entity) {
                key(entity);
                storage(entity, kinds);
                view(entity);
                additions(entity);
                if (entity.annotations().text(Terms.STORAGE).isPresent()) {
                    linkNames(entity);
                }
            }
        }
        for (Model.Root root : model.container()) {
            if (root.collection()) {
                guardedSet(root);
            }
            root.type().navigation().forEach(navigation -> guarded(root, navigation));
        }
    }

    private void memberNames(StructuredType type) {
        Set<String> names = new HashSet<>();
        type.properties().forEach(property -> memberName(type, names, property.name()));
        type.navigation().forEach(navigation -> memberName(type, names, navigation.name()));
    }

    private void memberName(StructuredType type, Set<String> names, String name) {
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            findings.accept(type + " has two members " + name);
        }
    }

    private void property(StructuredType type, Property property) {
        String place = type + "/" + property.name();
        Annotations annotations = property.annotations();
        boolean text = property.type().type() == PrimitiveType.STRING;
        boolean required = annotations.flag(Terms.REQUIRED);
        if (property.computed() && (required || property.immutable())) {
            findings.accept(place + " is computed, so it cannot be required or immutable");
        }
        if (property.secret() && (!text || property.type().collection())) {
            findings.accept(place + " is secret, so it must be one Edm.String");
        }
        if (annotations.number(Terms.MAX_LENGTH).isPresent() && !text) {
            findings.accept(place + " has a greatest length, so it must be Edm.String");
        }
        boolean bounded =
                annotations.number(Terms.MINIMUM).isPresent()
                        || annotations.number(Terms.MAXIMUM).isPresent();
        boolean whole =
                property.type().type() == PrimitiveType.INT32
                        || property.type().type() == PrimitiveType.INT64;
        if (bounded && !whole) {
            findings.accept(place + " has bounds, so it must be a whole number");
        }
        if (annotations.flag(Terms.INDEXED)
                && (property.type().collection()
                        || property.type().type() instanceof StructuredType)) {
            findings.accept(place + " has no single value to be indexed");
        }
        if (annotations.text(Terms.COLUMN).isPresent()
                && !(type instanceof EntityType entity && storageOf(entity).startsWith("table:"))) {
            findings.accept(place + " has a column, but its type has no table");
        }
    }

    private void navigation(StructuredType type, NavigationProperty navigation) {
        String place = type + "/" + navigation.name();
        if (navigation.contained() && navigation.annotations().text(Terms.LINK).isPresent()) {
            findings.accept(place + " is contained, so it has no links");
        }
        if (navigation.annotations().text(Terms.ORDER_BY).isPresent()
                && !(navigation.contained() && navigation.collection())) {
            findings.accept(place + " is no contained collection, so it has no places");
        }
        if (navigation.given()
                && !(navigation.contained()
                        && navigation.collection()
                        && navigation.target().navigation().stream()
                                .allMatch(NavigationProperty::contained))) {
            findings.accept(
                    place + " is no contained collection without links, so nothing is given");
        }
        if (navigation.annotations().flag(Terms.STREAM_UPDATABLE)
                && !navigation.target().hasStream()) {
            findings.accept(place + " leads to no media entities, so it has no streams");
        }
        if (navigation.annotations().flag(Terms.DEEP_INSERT)
                && !(navigation.contained() && navigation.collection())) {
            findings.accept(place + " is no contained collection to be written with its owner");
        }
        boolean only = navigation.contained() && !navigation.collection();
        boolean stored = !storageOf(navigation.target()).isEmpty();
        if (only && stored && navigation.target().annotations().text(Terms.FIXED_KEY).isEmpty()) {
            findings.accept(place + " leads to one contained entity, which has no fixed key");
        }
        for (NavigationProperty other : type.navigation()) {
            if (!navigation.contained()
                    && !other.contained()
                    && navigation.linkName().equals(other.linkName())
                    && !storageRoot(navigation.target()).equals(storageRoot(other.target()))) {
                findings.accept(place + " and " + other.name() + " share links to unlike types");
            }
        }
    }

    /** Two places of one entity cannot hold links of one name: they would be the same links. */
    private void linkNames(EntityType type) {
        Map<String, String> places = new HashMap<>();
        for (Navigations.Reached reached : Navigations.of(type)) {
            if (reached.steps().isEmpty() || reached.navigation().contained()) {
                continue;
            }
            String first = reached.steps().getFirst().property().name();
            String other = places.put(reached.navigation().linkName(), first);
            if (other != null && !other.equals(first)) {
                findings.accept(
                        type
                                + " has links "
                                + reached.navigation().linkName()
                                + " in both "
                                + other
                                + " and "
                                + first);
            }
        }
    }

    private void key(EntityType type) {
        Optional<Property> key = type.property(type.key());
        if (key.isEmpty()) {
            findings.accept(type + " has no key property " + type.key());
        } else if (key.get().type().collection()
                || key.get().type().type() != PrimitiveType.STRING
                || key.get().nullable()) {
            findings.accept(type + " has a key that is not a non-null Edm.String");
        }
        type.annotations().text(Terms.KEY_PATTERN).ifPresent(pattern -> pattern(type, pattern));
        if (type.annotations().text(Terms.KEY_PREFIX).isPresent()
                && type.annotations().text(Terms.KEY_PATTERN).isEmpty()) {
            findings.accept(type + " has a key prefix, but no pattern for what follows it");
        }
    }

    private void pattern(EntityType type, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException wrong) {
            findings.accept(type + " has a key pattern that is none: " + wrong.getDescription());
        }
    }

    private void storage(EntityType type, Map<String, EntityType> kinds) {
        type.annotations()
                .text(Terms.STORAGE)
                .ifPresent(storage -> {
                    if (!STORAGE.matcher(storage).matches()) {
                        findings.accept(type + " has an unknown storage: " + storage);
                    }
                    String kind = type.annotations().text(Terms.KIND).orElse(type.name());
                    EntityType other = kinds.put(kind, type);
                    if (other != null) {
                        findings.accept(type + " and " + other + " have one kind: " + kind);
                    }
                });
        boolean singleton =
                model.container().stream()
                        .anyMatch(root -> !root.collection() && step(root.type(), type));
        boolean view = type.annotations().text(Terms.VIEW_OF).isPresent();
        boolean stored = !storageOf(type).isEmpty();
        boolean union = type.family().size() > 1;
        if (reachable.contains(type)
                && !type.isAbstract()
                && !singleton
                && !view
                && !stored
                && !union) {
            findings.accept(type + " can be reached, but has no " + Terms.STORAGE);
        }
        if (view && stored) {
            findings.accept(type + " is a view, so it has no storage of its own");
        }
        boolean ofView =
                type.base().flatMap(base -> base.annotations().text(Terms.VIEW_OF)).isPresent();
        if (ofView && !view) {
            findings.accept(type + " derives from a view, so it must be one");
        }
    }

    /** Whether a path gets from a singleton of the one type to the other by mere steps. */
    private static boolean step(EntityType from, EntityType to) {
        return from == to
                || from.navigation().stream()
                        .anyMatch(navigation ->
                                navigation.contained()
                                        && !navigation.collection()
                                        && step(navigation.target(), to));
    }

    private void view(EntityType type) {
        Optional<String> of = type.annotations().text(Terms.VIEW_OF);
        if (of.isEmpty()) {
            return;
        }
        if (!(model.type(of.get()).orElse(null) instanceof EntityType viewed)
                || storageOf(viewed).isEmpty()) {
            findings.accept(type + " is a view of " + of.get() + ", which is no stored type");
            return;
        }
        type.base()
                .filter(base -> base.annotations().text(Terms.VIEW_OF).isPresent())
                .filter(base -> !storageRoot(viewed).equals(storageRoot((EntityType) base)))
                .ifPresent(base ->
                        findings.accept(type + " and " + base + " are views of unlike types"));
        for (Property property : type.properties()) {
            String path = property.annotations().text(Terms.VIEW_PATH).orElse(property.name());
            if (keeps(viewed, path) && property.type().type() == PrimitiveType.STRING) {
                continue;
            }
            Optional<Property> shown =
                    viewed.properties().stream().filter(p -> p.name().equals(path)).findFirst();
            if (shown.isEmpty() || !shown.get().type().equals(property.type())) {
                findings.accept(type + "/" + property.name() + " shows no property of " + viewed);
            } else if (shown.get().secret() != property.secret()) {
                findings.accept(
                        type + "/" + property.name() + " is not as secret as what it shows");
            }
        }
    }

    private static boolean keeps(EntityType type, String member) {
        return type.annotations()
                .text(Terms.KEPT)
                .filter(kept -> kept.startsWith(member + "="))
                .isPresent();
    }

    private void additions(EntityType type) {
        Annotations annotations = type.annotations();
        if (annotations.text(Terms.KEPT).isPresent() && storageOf(type).isEmpty()) {
            findings.accept(type + " keeps a member, but has no storage to keep it in");
        }
        if (annotations.text(Terms.SEALED).isPresent()
                && annotations.text(Terms.STORAGE).isEmpty()) {
            findings.accept(type + " has sealed members, but no storage to keep them in");
        }
        annotations
                .text(Terms.DEFAULT_TYPE)
                .filter(name ->
                        !(model.type(name).orElse(null) instanceof EntityType made
                                && made.isA(type)
                                && !made.isAbstract()))
                .ifPresent(name ->
                        findings.accept(
                                type + " is created as " + name + ", which is no such type"));
    }

    /** Everything under a root needs a permission, its own or the root's. */
    private void guarded(Model.Root root, NavigationProperty navigation) {
        for (String access : List.of("Read", "Write")) {
            if (navigation.annotations().text(Terms.PERMISSIONS, access).isEmpty()
                    && root.annotations().text(Terms.PERMISSIONS, access).isEmpty()) {
                findings.accept(
                        root.name() + "/" + navigation.name() + " has no permission to " + access);
            }
        }
    }

    private void guardedSet(Model.Root root) {
        for (String access : List.of("Read", "Write")) {
            if (root.annotations().text(Terms.PERMISSIONS, access).isEmpty()) {
                findings.accept(root.name() + " has no permission to " + access);
            }
        }
    }

    private static String storageOf(EntityType type) {
        return type.inherited(Terms.STORAGE)
                .map(value -> value instanceof AnnotationValue.Text(var text) ? text : "")
                .orElse("");
    }

    private EntityType storageRoot(EntityType type) {
        Optional<EdmType> viewed = type.annotations().text(Terms.VIEW_OF).flatMap(model::type);
        if (viewed.isPresent() && viewed.get() instanceof EntityType other && other != type) {
            return storageRoot(other);
        }
        if (type.annotations().text(Terms.STORAGE).isPresent()) {
            return type;
        }
        return type.base().map(base -> storageRoot((EntityType) base)).orElse(type);
    }
}
