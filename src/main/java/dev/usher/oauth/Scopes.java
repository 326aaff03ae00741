package dev.usher.oauth;

import dev.usher.client.GraphPermissions;
import dev.usher.ids.TenantId;
import dev.usher.token.Issuers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which resource a client asks a token for: the Graph API, under any of its names. */
final class Scopes {

    private static final Pattern SCOPES = Pattern.compile("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    private static final Set<String> OPENID =
            Set.of("openid", "profile", "email", "offline_access");
    private static final String DEFAULT = "/.default";

    private Scopes() {}

    /**
     * Checks the {@code scope} of a client credentials request (RFC 6749 section 3.3). Scopes of
     * OpenID Connect may stand beside: msal4j sends them, and they mean nothing without a person.
     *
     * @throws AadRefused unless it is {@code RESOURCE/.default}
     */
    static void requireGraph(String scope, TenantId tenant, Set<String> origins) {
        if (!SCOPES.matcher(scope).matches()) {
            throw new AadRefused(AadError.MALFORMED_SCOPE, scope);
        }
        List<String> asked =
                Arrays.stream(scope.split(" "))
                        .filter(item -> !item.isEmpty() && !OPENID.contains(item))
                        .distinct()
                        .toList();
        if (asked.isEmpty() || !asked.stream().allMatch(item -> item.endsWith(DEFAULT))) {
            throw new AadRefused(AadError.SCOPE_NOT_DEFAULT, scope);
        }
        if (asked.size() > 1) {
            throw new AadRefused(AadError.SEVERAL_RESOURCES, scope);
        }
        String resource = asked.getFirst();
        requireGraphResource(
                resource.substring(0, resource.length() - DEFAULT.length()), tenant, origins);
    }

    /**
     * Checks the {@code resource} of a version 1 request. A slash at its end does not count: some
     * clients are configured with one.
     *
     * @throws AadRefused unless it is the Graph API
     */
    static void requireGraphResource(String resource, TenantId tenant, Set<String> origins) {
        String name = resource.toLowerCase(Locale.ROOT);
        if (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!name.equals(Issuers.GRAPH)
                && !name.equals(GraphPermissions.APP_ID)
                && !origins.contains(name)) {
            throw new AadRefused(AadError.RESOURCE_NOT_FOUND, resource, tenant.toString());
        }
    }
}
