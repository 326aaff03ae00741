package dev.usher.token;

import dev.usher.ids.TenantId;
import java.util.Optional;
import java.util.Set;

/** The {@code iss} of a tenant: an origin of ours, the tenant's GUID, {@code v2.0}. */
public final class Issuers {

    /** The audience of tokens for the Graph API. */
    public static final String GRAPH = "https://graph.microsoft.com";

    private static final String SUFFIX = "/v2.0";

    private Issuers() {}

    /** The issuer as an origin shows it, without trailing slash (OIDC Discovery 1.0, 3). */
    public static String of(String origin, TenantId tenant) {
        return origin + "/" + tenant + SUFFIX;
    }

    /** The tenant of an issuer of ours under any of the origins; empty for any other text. */
    public static Optional<TenantId> tenantOf(String issuer, Set<String> origins) {
        if (!issuer.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        int slash = issuer.lastIndexOf('/', issuer.length() - SUFFIX.length() - 1);
        return slash < 0 || !origins.contains(issuer.substring(0, slash))
                ? Optional.empty()
                : TenantId.parse(issuer.substring(slash + 1, issuer.length() - SUFFIX.length()))
                        .filter(tenant -> issuer.endsWith(tenant + SUFFIX));
    }
}
