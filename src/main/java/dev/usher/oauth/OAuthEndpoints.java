package dev.usher.oauth;

import dev.usher.client.Clients;
import dev.usher.http.Router;
import dev.usher.key.KeyRing;
import dev.usher.observe.Observer;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import dev.usher.token.TokenIssuer;
import java.util.Set;
import java.util.function.Supplier;

/** The token endpoint, discovery, keys and instance discovery of every tenant. Thread-safe. */
public final class OAuthEndpoints {

    public OAuthEndpoints(
            Supplier<Set<String>> origins,
            Tenants tenants,
            Clients clients,
            KeyRing keys,
            TokenIssuer issuer,
            Clock clock,
            Observer observer,
            OAuthSettings settings) {}

    /** Adds the routes; before the server starts. */
    public void routes(Router router) {
        throw new UnsupportedOperationException();
    }
}
