package dev.usher;

import dev.usher.config.Config;
import dev.usher.http.OutboundClient;
import dev.usher.http.OutboundFailure;
import dev.usher.token.AccessTokenVerifier;
import dev.usher.token.JwksSource;
import dev.usher.token.TrustedIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes the verifier of access tokens from the configuration. */
final class Verifiers {

    private static final Duration JWKS_BUDGET = Duration.ofSeconds(5);
    private static final int JWKS_BYTES_MAX = 256 * 1024;

    private Verifiers() {}

    /**
     * A verifier of our own tokens and of those of the trusted issuers.
     *
     * @param origins under which this server issues
     * @param outbound fetches the trusted issuers' keys
     */
    static AccessTokenVerifier of(
            Config config, Services services, Set<String> origins, OutboundClient outbound) {
        Set<String> known = Set.copyOf(origins);
        return new AccessTokenVerifier(
                () -> known,
                services.store(),
                services.tenants(),
                services.clients(),
                services.delegations(),
                services.keys(),
                trusted(config),
                jwks(outbound),
                services.clock());
    }

    private static List<TrustedIssuer> trusted(Config config) {
        return config.trustedIssuers().stream()
                .map(issuer ->
                        new TrustedIssuer(
                                issuer.issuer(),
                                URI.create(issuer.jwksUrl()),
                                issuer.tenant(),
                                Set.copyOf(issuer.audiences())))
                .toList();
    }

    /** Fetches by the guarded client, and so from no address that must not be called. */
    static JwksSource jwks(OutboundClient outbound) {
        return url -> {
            try {
                OutboundClient.Call call =
                        OutboundClient.Call.get(url, JWKS_BUDGET, JWKS_BYTES_MAX);
                return new String(outbound.call(call).successful().body(), StandardCharsets.UTF_8);
            } catch (OutboundFailure failure) {
                throw new IOException(failure.getMessage(), failure);
            }
        };
    }
}
