package dev.usher.odata;

import dev.usher.edm.AnnotationValue;
import dev.usher.edm.ComplexType;
import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.Navigations;
import dev.usher.edm.Property;
import dev.usher.edm.Step;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where the entities of each type of one model are kept, views included. */
final class StoredTypes {

    /**
     * @param viewed the stored type: the type itself, or the one it is a view of
     * @param concrete the stored type names
     * @param types the same to restrict a query to; empty when the kind holds no others
     */
    record Stored(Kind kind, EntityType viewed, List<String> concrete, List<String> types) {}

    private static final String COMPUTED = "computed";

    private final Model model;
    private final Map<EntityType, Stored> cache = new ConcurrentHashMap<>();
    private final Map<String, EntityType> byStoredName = new ConcurrentHashMap<>();
    private final Map<Shown, EntityType> views = new ConcurrentHashMap<>();

    private record Shown(EntityType declared, String storedType) {}

    private final Map<StructuredType, List<Navigations.Reached>> navigations =
            new ConcurrentHashMap<>();

    StoredTypes(Model model) {
        this.model = model;
    }

    Stored of(EntityType type) {
        return cache.computeIfAbsent(type, this::resolve);
    }

    Kind kind(EntityType type) {
        return of(type).kind();
    }

    /** Where the members of a collection are kept. */
    Stored of(Address.Members members) {
        return members.navigation()
                .annotations()
                .text(Terms.KEPT_AS)
                .map(name -> apart(name, members.type()))
                .orElseGet(() -> of(members.type()));
    }

    /** Where the entity of an address is kept. */
    Kind kind(Address.One address) {
        return address instanceof Address.Item item
                ? of(item.of()).kind()
                : of(address.type()).kind();
    }

    /** As above, of what was found there; where a type is shared by several kinds that decides. */
    Kind kind(Address.One address, Entity found) {
        boolean shared =
                address instanceof Address.Item item
                        && item.of().navigation().annotations().text(Terms.KEPT_AS).isEmpty()
                        && union(item.type());
        return shared ? kind(stored(found.type())) : kind(address);
    }

    private static Stored apart(String kind, EntityType type) {
        List<String> concrete = concrete(type);
        return new Stored(new Kind(kind, null, Map.of(), Set.of()), type, concrete, concrete);
    }

    /** Whether its entities are worked out whenever they are read. */
    boolean computed(EntityType type) {
        return type.inherited(Terms.STORAGE)
                .filter(new AnnotationValue.Text(COMPUTED)::equals)
                .isPresent();
    }

    /** Whether the type is but what several stored types have in common. */
    boolean union(EntityType type) {
        return type.annotations().text(Terms.VIEW_OF).isEmpty()
                && type.inherited(Terms.STORAGE).isEmpty();
    }

    /** Whether one statement finds the item, or finds that there is none. */
    boolean oneLookUp(Address.Item item) {
        return item.by() != null
                || (!union(item.type()) && item.type().inherited(Terms.KEY_ALIAS).isEmpty());
    }

    /** Where entities that may stand where the type is expected are kept. */
    List<Stored> parts(EntityType type) {
        if (!union(type)) {
            return List.of(of(type));
        }
        return type.family().stream()
                .map(EntityType.class::cast)
                .filter(member -> member.annotations().text(Terms.STORAGE).isPresent())
                .map(this::of)
                .toList();
    }

    /** The type under which a stored entity is shown where {@code declared} is expected. */
    EntityType shownAs(EntityType declared, String storedType) {
        return view(declared)
                ? views.computeIfAbsent(new Shown(declared, storedType), this::viewShowing)
                : byStoredName.computeIfAbsent(storedType, model::entityType);
    }

    /** The type of that name, as which an entity is stored. */
    EntityType stored(String storedType) {
        return byStoredName.computeIfAbsent(storedType, model::entityType);
    }

    /** Whether the type shows entities of another one. */
    static boolean view(EntityType type) {
        return type.annotations().text(Terms.VIEW_OF).isPresent();
    }

    /** The type that a view shows; any other type itself. */
    EntityType viewed(EntityType type) {
        return type.annotations().text(Terms.VIEW_OF).map(model::entityType).orElse(type);
    }

    private EntityType viewShowing(Shown shown) {
        return shown.declared().family().stream()
                .map(EntityType.class::cast)
                .filter(member -> concrete(viewed(member)).contains(shown.storedType()))
                .findFirst()
                .orElse(shown.declared());
    }

    /** The navigation properties of the type's family, also those inside complex properties. */
    List<Navigations.Reached> navigations(StructuredType type) {
        return navigations.computeIfAbsent(type, Navigations::of);
    }

    /** The type that a cast segment names, if {@code from} can be cast to it; else null. */
    @Nullable StructuredType cast(String segment, StructuredType from) {
        return new TypeNames(model).find(segment, from);
    }

    /** The names under which the instances of a type are kept; empty when there are no others. */
    List<String> names(StructuredType type) {
        return switch (type) {
            case EntityType entity -> of(entity).types();
            case ComplexType complex ->
                    complex.family().stream()
                            .filter(member -> !member.isAbstract())
                            .map(member -> "#" + member.qualifiedName())
                            .toList();
        };
    }

    /**
     * The object at these steps, if each step leads to an object of the wanted type; without steps
     * the properties themselves.
     */
    Optional<ObjectNode> holder(ObjectNode properties, List<Step> steps) {
        ObjectNode at = properties;
        for (Step step : steps) {
            if (!(at.get(storedName(step.property())) instanceof ObjectNode next)
                    || !(step.type() instanceof StructuredType wanted)
                    || !isOf(next, step, wanted)) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    /**
     * Puts an object at each step where there is none.
     *
     * @return false if an object of another type stands there
     */
    boolean hold(ObjectNode properties, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            ObjectNode at = holder(properties, steps.subList(0, i)).orElseThrow();
            String name = storedName(step.property());
            if (!at.hasNonNull(name)) {
                ObjectNode made = at.putObject(name);
                if (step.cast()) {
                    made.put("@odata.type", "#" + step.type().qualifiedName());
                }
            }
            if (holder(properties, steps.subList(0, i + 1)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean isOf(ObjectNode value, Step step, StructuredType wanted) {
        return !step.cast() || names(wanted).contains(value.path("@odata.type").asString(""));
    }

    /** The name under which a property's value is stored. */
    static String storedName(Property property) {
        return property.annotations().text(Terms.VIEW_PATH).orElse(property.name());
    }

    private Stored resolve(EntityType type) {
        EntityType viewed = viewed(type);
        Kind kind = Kinds.of(viewed);
        List<String> wanted =
                view(type)
                        ? type.family().stream()
                                .flatMap(member -> concrete(viewed((EntityType) member)).stream())
                                .distinct()
                                .toList()
                        : concrete(viewed);
        List<String> all = concrete(storageRoot(viewed));
        return new Stored(
                kind, viewed, wanted, wanted.equals(all) && all.size() == 1 ? List.of() : wanted);
    }

    private static EntityType storageRoot(EntityType type) {
        return type.annotations().text(Terms.STORAGE).isPresent()
                ? type
                : type.base().map(base -> storageRoot((EntityType) base)).orElse(type);
    }

    private static List<String> concrete(EntityType type) {
        return Kinds.keptWith(type).stream()
                .filter(member -> !member.isAbstract())
                .map(StructuredType::qualifiedName)
                .toList();
    }
}
