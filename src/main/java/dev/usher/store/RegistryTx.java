package dev.usher.store;

import dev.usher.ids.TenantId;
import org.jspecify.annotations.Nullable;

/** Statements on the tenant register, which alone spans tenants. Runs in one write transaction. */
public interface RegistryTx {

    Sql sql(String text);

    /**
     * Leaves an audit row for a change to a tenant, and announces it to {@link Store#onChange}
     * under the kind {@code tenant} and the tenant's id as key. A transaction that executes a
     * statement without calling this is refused.
     *
     * @param before hash of the state before, null when it was created
     * @param after hash of the state after, null when it was deleted
     */
    void changed(
            TenantId tenant,
            Actor actor,
            String operation,
            @Nullable String before,
            @Nullable String after);
}
