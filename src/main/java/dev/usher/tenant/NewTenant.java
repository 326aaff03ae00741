package dev.usher.tenant;

import dev.usher.ids.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant is created from.
 *
 * @param id its GUID, or null for a random one
 * @param domains its domain names, the initial one first; at least one
 */
public record NewTenant(
        @Nullable TenantId id, TenantKind kind, String displayName, List<String> domains) {}
