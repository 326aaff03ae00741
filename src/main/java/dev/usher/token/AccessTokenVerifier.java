package dev.usher.token;

import dev.usher.client.Clients;
import dev.usher.key.KeyRing;
import dev.usher.store.Store;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Verifies access tokens for the Graph API. Thread-safe. */
public final class AccessTokenVerifier {

    /**
     * A verifier.
     *
     * @param origins our configured origins, without trailing slash; asked anew for each token
     * @param trusted other authorities whose tokens are accepted
     */
    public AccessTokenVerifier(
            Supplier<Set<String>> origins,
            Store store,
            Tenants tenants,
            Clients clients,
            KeyRing keys,
            List<TrustedIssuer> trusted,
            JwksSource jwks,
            Clock clock) {}

    /**
     * The token's meaning.
     *
     * @param bearer the token, without {@code Bearer}
     * @throws TokenRefused if it is not accepted, or not any more
     */
    public AccessToken verify(String bearer) {
        throw new UnsupportedOperationException();
    }
}
