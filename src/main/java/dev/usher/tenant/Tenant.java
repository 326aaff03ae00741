package dev.usher.tenant;

import dev.usher.ids.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * One tenant of the register.
 *
 * @param domains its verified domain names, lower case, the initial one first
 */
public record Tenant(
        TenantId id,
        TenantKind kind,
        String displayName,
        List<String> domains,
        TenantState state,
        Instant createdAt) {

    public boolean active() {
        return state == TenantState.ACTIVE;
    }
}
