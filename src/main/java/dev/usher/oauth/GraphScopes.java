package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.GraphPermissions;
import dev.usher.tenant.Tenant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Scopes of Graph in the request of an application for a person at the tenant's own address: by
 * their names alone, or behind a name of Graph. What of them is granted depends on the person.
 */
final class GraphScopes {

    private final GraphPermissions catalogue;
    private final Supplier<Set<String>> origins;

    GraphScopes(GraphPermissions catalogue, Supplier<Set<String>> origins) {
        this.catalogue = catalogue;
        this.origins = origins;
    }

    /** Whether one of these is about Graph. */
    boolean named(List<String> items) {
        return items.stream().anyMatch(this::ofGraph);
    }

    private boolean ofGraph(String item) {
        int slash = item.lastIndexOf('/');
        if (slash < 0) {
            return catalogue
                    .scope(item)
                    .filter(name -> !FlowScopes.OPENID.contains(name))
                    .isPresent();
        }
        return Scopes.isGraph(item.substring(0, slash), origins.get());
    }

    /**
     * What is asked of Graph. Nothing else can be asked for with it.
     *
     * @throws FlowRefused if something is
     */
    FlowScopes.Given given(Tenant tenant, Client client, List<String> items, String scope) {
        Set<String> plain = new LinkedHashSet<>(items);
        plain.retainAll(FlowScopes.OPENID);
        for (String item : items) {
            if (!plain.contains(item) && item.indexOf('/') >= 0 && !ofGraph(item)) {
                throw new FlowRefused(AadB2cError.SEVERAL_RESOURCES, scope);
            }
        }
        try {
            Scopes.Delegated asked =
                    Scopes.delegated(
                            String.join(" ", items),
                            tenant.id(),
                            origins.get(),
                            catalogue,
                            client.appId());
            return new FlowScopes.Given(
                    plain,
                    plain.contains("openid"),
                    plain.contains("offline_access"),
                    true,
                    GraphPermissions.APP_ID,
                    List.copyOf(asked.names()),
                    String.join(" ", items),
                    asked);
        } catch (AadRefused unknown) {
            throw new FlowRefused(AadB2cError.SCOPE, scope);
        }
    }
}
