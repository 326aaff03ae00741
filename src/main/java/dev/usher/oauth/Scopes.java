package dev.usher.oauth;

import dev.usher.client.GraphPermissions;
import dev.usher.ids.TenantId;
import dev.usher.token.Delegations.Delegation;
import dev.usher.token.Issuers;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
     * What a client asks for a person.
     *
     * @param names scopes of Graph by name, as the catalogue spells them, without duplicates
     * @param all whether it asks for all that is granted
     * @param openId whether it wants an ID token (OpenID Connect Core 1.0, 3.1.2.1)
     */
    record Delegated(Set<String> names, boolean all, boolean openId) {

        /** What of it the client has for the person now, as the catalogue spells it. */
        Set<String> granted(Delegation now, GraphPermissions catalogue) {
            Set<String> scopes = new TreeSet<>();
            if (all) {
                now.scopes().forEach(name -> catalogue.scope(name).ifPresent(scopes::add));
            }
            names.stream()
                    .filter(name -> now.scopes().contains(name.toLowerCase(Locale.ROOT)))
                    .forEach(scopes::add);
            return scopes;
        }
    }

    /**
     * Reads the {@code scope} of a request for a person: scopes of Graph by their names, with or
     * without the resource in front, or its {@code .default}; beside them those of OpenID Connect.
     *
     * @throws AadRefused if there is anything else
     */
    static Delegated delegated(
            String scope,
            TenantId tenant,
            Set<String> origins,
            GraphPermissions catalogue,
            String clientId) {
        if (!SCOPES.matcher(scope).matches()) {
            throw new AadRefused(AadError.MALFORMED_SCOPE, scope);
        }
        Set<String> names = new LinkedHashSet<>();
        boolean all = false;
        for (String item : scope.split(" ", -1)) {
            if (item.isEmpty() || item.equals("offline_access")) {
                continue;
            }
            int slash = item.lastIndexOf('/');
            if (slash >= 0) {
                requireGraphResource(item.substring(0, slash), tenant, origins);
            }
            String name = item.substring(slash + 1);
            if (slash >= 0 && name.equals(DEFAULT.substring(1))) {
                all = true;
            } else {
                names.add(
                        catalogue
                                .scope(name)
                                .orElseThrow(() ->
                                        new AadRefused(
                                                AadError.SCOPE_UNKNOWN,
                                                clientId,
                                                name,
                                                GraphPermissions.APP_ID)));
            }
        }
        return new Delegated(names, all, names.contains("openid"));
    }

    /**
     * Checks the {@code resource} of a version 1 request. A slash at its end does not count: some
     * clients are configured with one.
     *
     * @throws AadRefused unless it is the Graph API
     */
    static void requireGraphResource(String resource, TenantId tenant, Set<String> origins) {
        if (!isGraph(resource, origins)) {
            throw new AadRefused(AadError.RESOURCE_NOT_FOUND, resource, tenant.toString());
        }
    }

    /** Whether the resource is the Graph API. */
    static boolean isGraph(String resource, Set<String> origins) {
        String lower = resource.toLowerCase(Locale.ROOT);
        String name = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
        return name.equals(Issuers.GRAPH)
                || name.equals(GraphPermissions.APP_ID)
                || origins.contains(name);
    }
}
