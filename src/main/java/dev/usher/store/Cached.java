package dev.usher.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.usher.ids.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Values read from the store, kept until the change log names one of the kinds they are made of.
 * What was not found is not kept.
 */
public final class Cached<K, V> {

    private record Slot<K>(TenantId tenant, K key) {}

    private record Held<V>(long generation, V value) {}

    private final Cache<Slot<K>, Held<V>> held;
    private final Generations generations;
    private final BiFunction<TenantId, K, Optional<V>> load;

    /**
     * A cache filled on demand.
     *
     * @param kinds the kinds whose changes make the values of their tenant stale
     * @param maximum the most values kept, over all tenants
     */
    public Cached(
            Store store,
            Set<String> kinds,
            long maximum,
            BiFunction<TenantId, K, Optional<V>> load) {
        this.generations = new Generations(store, kinds);
        this.held = Caffeine.newBuilder().maximumSize(maximum).build();
        this.load = load;
    }

    /** The value of now, but for what another process changed in the last second. */
    public Optional<V> get(TenantId tenant, K key) {
        Slot<K> slot = new Slot<>(tenant, key);
        long generation = generations.of(tenant);
        Held<V> found = held.getIfPresent(slot);
        if (found != null && found.generation == generation) {
            return Optional.of(found.value);
        }
        Optional<V> loaded = load.apply(tenant, key);
        loaded.ifPresentOrElse(
                value -> held.put(slot, new Held<>(generation, value)),
                () -> held.invalidate(slot));
        return loaded;
    }
}
