package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Step;
import dev.usher.edm.Terms;
import dev.usher.store.Entity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of entities: key-as-segment in URLs that clients follow, parentheses in context
 * URLs and entity ids.
 */
final class ResourceUrls {

    private final StoredTypes storedTypes;

    /** By the qualified name of each stored type, the first set that may hold it. */
    private final Map<String, String> setByType = new HashMap<>();

    ResourceUrls(Model model, StoredTypes storedTypes) {
        this.storedTypes = storedTypes;
        for (Model.Root root : model.container()) {
            if (root.collection()) {
                note(root.type(), root.name());
            } else if (root.annotations().text(Terms.CALLER).isEmpty()) {
                container(root.type(), root.name());
            }
        }
    }

    private void container(EntityType type, String path) {
        for (NavigationProperty set : type.navigation()) {
            if (set.contained() && set.collection()) {
                note(set.target(), path + "/" + set.name());
            } else if (set.contained()) {
                container(set.target(), path + "/" + set.name());
            }
        }
    }

    private void note(EntityType type, String set) {
        if (StoredTypes.view(type)) {
            return;
        }
        if (storedTypes.union(type)) {
            setByType.putIfAbsent(type.qualifiedName(), set);
            return;
        }
        storedTypes.of(type).concrete().forEach(name -> setByType.putIfAbsent(name, set));
    }

    /** The path of the set in which entities of that type live, null for nested ones. */
    @Nullable String setOf(EntityType type) {
        if (storedTypes.union(type)) {
            return setByType.get(type.qualifiedName());
        }
        return storedTypes.of(type).concrete().stream()
                .map(setByType::get)
                .filter(set -> set != null)
                .findFirst()
                .orElse(null);
    }

    /** The set of everything that a union type stands for; null for other types. */
    @Nullable String setOfUnion(EntityType type) {
        return storedTypes.union(type) ? setOf(type) : null;
    }

    /** {@code identity/b2xUserFlows('X')}. */
    String canonicalPath(Address address, Entity entity) {
        if (address instanceof Address.Single single && single.navigation().contained()) {
            return single.path();
        }
        Address.Members members =
                switch (address) {
                    case Address.Members many -> many;
                    case Address.Item item -> item.of();
                    case Address.Single _, Address.Singleton _ -> null;
                };
        String set =
                members != null && members.navigation().contained()
                        ? members.path()
                        : setByType.getOrDefault(entity.type(), address.path());
        return set + "('" + entity.id().replace("'", "''") + "')";
    }

    /** The context of a target embedded below a complex property of the entity. */
    String contextInside(Entity owner, Shape.Expansion expansion) {
        StringBuilder path = new StringBuilder(setByType.getOrDefault(owner.type(), owner.kind()));
        path.append("('").append(owner.id().replace("'", "''")).append("')");
        // Graph names the type of the object that holds a single-valued navigation property
        boolean single = !expansion.navigation().collection();
        for (Step step : expansion.complex()) {
            path.append('/').append(step.path());
            if (single && !step.cast()) {
                path.append('/').append(step.type().qualifiedName());
            }
        }
        path.append('/').append(expansion.navigation().name());
        return path.append(single ? "/$entity" : "").toString();
    }

    /** The path as clients write it: {@code identity/b2xUserFlows/X/languages}. */
    static String segments(Address address) {
        return switch (address) {
            case Address.Singleton singleton -> singleton.root().name();
            case Address.Members members -> {
                Address.One owner = members.owner();
                String within = Step.path(members.complex()) + members.navigation().name();
                yield owner == null ? within : segments(owner) + "/" + within;
            }
            case Address.Item item when item.by() != null ->
                    segments(item.of())
                            + encode("(" + item.by() + "='" + item.key().replace("'", "''") + "')");
            case Address.Item item -> segments(item.of()) + "/" + encode(item.key());
            case Address.Single single ->
                    segments(single.owner())
                            + "/"
                            + Step.path(single.complex())
                            + single.navigation().name();
        };
    }

    static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
