package dev.usher.oauth;

import dev.usher.http.Request;
import dev.usher.ids.TenantId;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.Tenants;
import dev.usher.token.Issuers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Where the endpoints of a tenant are, and which tenant an address names. */
final class TenantAddress {

    static final String TOKEN_V2 = "/oauth2/v2.0/token";
    static final String TOKEN_V1 = "/oauth2/token";
    static final String AUTHORIZE = "/oauth2/v2.0/authorize";
    static final String KEYS = "/discovery/v2.0/keys";
    static final String METADATA = "/v2.0/.well-known/openid-configuration";

    private static final Set<String> SHARED = Set.of("common", "organizations", "consumers");

    private final Tenants tenants;

    TenantAddress(Tenants tenants) {
        this.tenants = tenants;
    }

    /** Whether the first segment of a path stands for any tenant. */
    static boolean shared(String segment) {
        return SHARED.contains(segment.toLowerCase(Locale.ROOT));
    }

    /**
     * The active tenant that the first segment of a path names by GUID or domain.
     *
     * @throws AadRefused if there is none
     */
    Tenant find(Request request, String segment) {
        if (shared(segment)) {
            throw new AadRefused(AadError.NO_TENANT, segment);
        }
        String lower = segment.toLowerCase(Locale.ROOT);
        if (TenantId.parse(lower).isEmpty() && !Tenants.wellFormed(lower)) {
            throw new AadRefused(AadError.TENANT_NAME, segment);
        }
        Tenant tenant =
                tenants.find(lower)
                        .orElseThrow(() -> new AadRefused(AadError.TENANT_NOT_FOUND, segment));
        if (!tenant.active()) {
            throw new AadRefused(AadError.TENANT_DISABLED, segment);
        }
        request.trail().tenant(tenant.id());
        return tenant;
    }

    /** The endpoint under the origin that the request came to, by the tenant's GUID. */
    static String of(Request request, Tenant tenant, String endpoint) {
        return request.origin() + "/" + tenant.id() + endpoint;
    }

    /** What a client may call this tenant's token service, in any spelling; lower case. */
    static Set<String> audiences(Tenant tenant, Set<String> origins) {
        Set<String> names = new HashSet<>(tenant.domains());
        names.add(tenant.id().toString());
        Set<String> audiences = new HashSet<>();
        for (String origin : origins) {
            String base = origin.toLowerCase(Locale.ROOT);
            for (String name : names) {
                audiences.add(base + "/" + name + TOKEN_V2);
                audiences.add(base + "/" + name + TOKEN_V1);
                audiences.add(base + "/" + name + "/v2.0");
            }
            audiences.add(Issuers.of(base, tenant.id()));
        }
        return audiences;
    }
}
