package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Navigations;
import dev.usher.store.Entity;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The references of one entity as they will be after a request. The stored ones are read when they
 * are asked for. Named by {@link NavigationProperty#linkName}.
 */
public final class LinkSet {

    /** References that are read at a time. */
    private static final int PAGE = 500;

    private final ReadTx tx;
    private final Locator locator;
    private final Map<String, NavigationProperty> navigation = new HashMap<>();
    private final @Nullable Entity source;
    private final Map<String, UnaryOperator<List<Entity>>> requested = new HashMap<>();
    private final Map<String, List<Entity>> targets = new HashMap<>();
    private final Map<String, List<Entity>> decided = new LinkedHashMap<>();

    /**
     * @param source the stored entity, null for one that is not stored yet
     */
    LinkSet(
            ReadTx tx,
            Locator locator,
            List<Navigations.Reached> navigations,
            @Nullable Entity source) {
        this.tx = tx;
        this.locator = locator;
        this.source = source;
        for (Navigations.Reached reached : navigations) {
            navigation.putIfAbsent(reached.navigation().linkName(), reached.navigation());
        }
    }

    /** The request gives these targets and no others. */
    LinkSet giving(NavigationProperty property, List<Entity> only) {
        requested.put(property.linkName(), _ -> only);
        return this;
    }

    /** The request adds a target. */
    LinkSet adding(NavigationProperty property, Entity target) {
        requested.put(
                property.linkName(),
                stored -> {
                    List<Entity> all = new ArrayList<>(stored);
                    if (stored.stream().noneMatch(each -> same(each, target))) {
                        all.add(target);
                    }
                    return all;
                });
        return this;
    }

    /** The request removes a target. */
    LinkSet removing(NavigationProperty property, Entity target) {
        requested.put(
                property.linkName(),
                stored -> stored.stream().filter(each -> !same(each, target)).toList());
        return this;
    }

    private static boolean same(Entity one, Entity other) {
        return one.path().equals(other.path());
    }

    /** Whether the request itself changes references of that name. */
    public boolean requested(String link) {
        return requested.containsKey(link);
    }

    /** The targets, in order. */
    public List<Entity> targets(String link) {
        return targets.computeIfAbsent(
                link,
                name ->
                        List.copyOf(
                                requested
                                        .getOrDefault(name, UnaryOperator.identity())
                                        .apply(stored(name))));
    }

    /** Decides what the targets will be, whatever the request says. */
    public void set(String link, List<Entity> only) {
        targets.put(link, List.copyOf(only));
        decided.put(link, List.copyOf(only));
    }

    /** What was decided by {@link #set}, by navigation property. */
    Map<NavigationProperty, List<Entity>> decided() {
        Map<NavigationProperty, List<Entity>> all = new LinkedHashMap<>();
        decided.forEach((link, only) -> all.put(of(link), only));
        return all;
    }

    /** The stored targets, in order. */
    List<Entity> stored(String link) {
        if (source == null) {
            return List.of();
        }
        EntityType type = of(link).target();
        Query.Scope scope = new Query.Scope.Linked(link, source.kind(), source.path());
        return tx.all(locator.query(type, scope, PAGE));
    }

    private NavigationProperty of(String link) {
        return Optional.ofNullable(navigation.get(link))
                .orElseThrow(() -> new IllegalArgumentException("no navigation " + link));
    }
}
