package dev.usher.store;

import dev.usher.ids.TenantId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts, per tenant, the changes to some kinds of data. Whoever keeps something derived from that
 * data keeps the generation that was current <em>before</em> it read; once that has moved on, what
 * it keeps is stale. So a change that commits during the read is never missed, and nothing blocks.
 */
public final class Generations {

    private final ConcurrentMap<TenantId, Long> changes = new ConcurrentHashMap<>();

    public Generations(Store store, Set<String> kinds) {
        Set<String> watched = Set.copyOf(kinds);
        store.onChange(change -> {
            if (watched.contains(change.kind())) {
                changes.merge(change.tenant(), 1L, Long::sum);
            }
        });
    }

    /** The tenant's generation now. */
    public long of(TenantId tenant) {
        return changes.getOrDefault(tenant, 0L);
    }
}
