package dev.usher.odata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.usher.ids.TenantId;
import dev.usher.store.Generations;
import dev.usher.store.Query;
import dev.usher.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many entities of a kind a tenant has in all, for kinds that have a table of their own and may
 * be many: a database counts them one by one, so it is asked again only when one has changed. What
 * another process changed is seen within a second. Thread-safe.
 */
final class Counts {

    private static final int ENTRIES_MAX = 20_000;

    private record Slot(TenantId tenant, String kind, List<String> types) {}

    private record Held(long generation, long count) {}

    private final Store store;
    private final Map<String, Generations> generations = new ConcurrentHashMap<>();
    private final Cache<Slot, Held> held = Caffeine.newBuilder().maximumSize(ENTRIES_MAX).build();

    Counts(Store store) {
        this.store = store;
    }

    /** The state of a tenant from before a transaction that is to count. */
    final class Before {

        private final TenantId tenant;
        private final long generation;
        private final String kind;

        private Before(TenantId tenant, String kind) {
            this.tenant = tenant;
            this.kind = kind;
            this.generation = generation(tenant, kind);
        }

        /** The number, from before or counted now. */
        long count(Query query, LongSupplier counting) {
            boolean all =
                    query.filter() == null
                            && !query.kind().document()
                            && query.kind().name().equals(kind)
                            && query.scope().equals(new Query.Scope.Children(""));
            if (!all) {
                return counting.getAsLong();
            }
            Slot slot = new Slot(tenant, kind, query.types());
            Held found = held.getIfPresent(slot);
            if (found != null && found.generation == generation) {
                return found.count;
            }
            long count = counting.getAsLong();
            held.put(slot, new Held(generation, count));
            return count;
        }
    }

    /**
     * @param kind what is to be counted
     */
    Before before(TenantId tenant, String kind) {
        return new Before(tenant, kind);
    }

    private long generation(TenantId tenant, String kind) {
        return generations
                .computeIfAbsent(kind, name -> new Generations(store, Set.of(name)))
                .of(tenant);
    }
}
