package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.http.Request;
import dev.usher.tenant.Tenant;
import dev.usher.time.Clock;
import dev.usher.token.ClientProof;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which client asks, and makes sure of it: by secret in the form or the Authorization
 * header (RFC 6749 section 2.3.1), or by an assertion that a certificate of its own signed, or
 * another issuer that it trusts (RFC 7523 section 2.2).
 */
final class ClientAuthentication {

    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String BASIC = "basic ";

    private final Clients clients;
    private final ClientAssertions assertions;
    private final Clock clock;

    ClientAuthentication(Clients clients, ClientAssertions assertions, Clock clock) {
        this.clients = clients;
        this.assertions = assertions;
        this.clock = clock;
    }

    /** A client that is who it says. */
    record Authenticated(Client client, ClientProof proof) {}

    /** A client that acts for a person; without proof if it is a public one. */
    record Delegate(Client client, @Nullable ClientProof proof) {}

    /** What the request presents; at most one of secret and assertion is not null. */
    private record Presented(
            String clientId, @Nullable String secret, @Nullable String assertion) {}

    private record BasicCredentials(String clientId, String secret) {}

    /**
     * A client that the request names and whether it is so.
     *
     * @param secret what it shows as proof; null if nothing, or an assertion
     */
    record Attempt(Client client, @Nullable String secret, @Nullable String assertion) {

        /** Whether the request shows anything as proof. */
        boolean hasCredential() {
            return secret != null || assertion != null;
        }
    }

    /**
     * The client of the tenant that the request names, enabled or not, not yet believed.
     *
     * @throws AadRefused if there is none
     */
    Attempt attempt(Request request, Form form, Tenant tenant) {
        Presented presented = presented(request, form);
        return new Attempt(client(presented, tenant), presented.secret, presented.assertion);
    }

    /**
     * The authenticated, enabled client of the tenant.
     *
     * @throws AadRefused with what is wrong
     */
    Authenticated authenticate(Request request, Form form, Tenant tenant) {
        Attempt attempt = attempt(request, form, tenant);
        ClientProof proof = prove(attempt, tenant, Set.of());
        requireEnabled(attempt.client);
        return new Authenticated(attempt.client, proof);
    }

    /**
     * As {@link #authenticate}, but a client that is registered as public may present nothing.
     *
     * @throws AadRefused with what is wrong
     */
    Delegate delegate(Request request, Form form, Tenant tenant) {
        Attempt attempt = attempt(request, form, tenant);
        Client client = attempt.client;
        boolean trusted = !attempt.hasCredential() && client.fallbackPublic();
        ClientProof proof = trusted ? null : prove(attempt, tenant, Set.of());
        requireEnabled(client);
        return new Delegate(client, proof);
    }

    private Client client(Presented presented, Tenant tenant) {
        return clients.byAppId(tenant.id(), presented.clientId)
                .orElseThrow(() ->
                        new AadRefused(
                                AadError.CLIENT_NOT_FOUND,
                                presented.clientId,
                                tenant.displayName()));
    }

    private static void requireEnabled(Client client) {
        if (!client.enabled()) {
            throw new AadRefused(AadError.CLIENT_DISABLED, client.appId(), client.displayName());
        }
    }

    /**
     * Believes the client.
     *
     * @param more audiences of a client assertion that count beside the tenant's own; lower case
     * @throws AadRefused if it shows nothing, or nothing that is its own
     */
    ClientProof prove(Attempt attempt, Tenant tenant, Set<String> more) {
        Client client = attempt.client;
        if (attempt.assertion != null) {
            return assertions.verify(attempt.assertion, client, tenant, more);
        }
        if (attempt.secret == null) {
            throw new AadRefused(AadError.NO_CREDENTIAL);
        }
        return switch (client.check(attempt.secret, clock.now(tenant.id()))) {
            case VALID -> ClientProof.SECRET;
            case EXPIRED -> throw new AadRefused(AadError.EXPIRED_SECRET, client.appId());
            case WRONG -> throw new AadRefused(AadError.WRONG_SECRET, client.appId());
        };
    }

    private static Presented presented(Request request, Form form) {
        Optional<BasicCredentials> basic = basic(request);
        Optional<String> secret = form.get("client_secret");
        Optional<String> assertion = form.get("client_assertion");
        int ways =
                (basic.isPresent() ? 1 : 0)
                        + (secret.isPresent() ? 1 : 0)
                        + (assertion.isPresent() ? 1 : 0);
        if (ways > 1) {
            throw new AadRefused(
                    AadError.MALFORMED_REQUEST, "the client authenticates in more than one way");
        }
        if (assertion.isPresent()
                && !form.require("client_assertion_type").equals(ASSERTION_TYPE)) {
            throw new AadRefused(
                    AadError.MALFORMED_REQUEST, "client_assertion_type is not " + ASSERTION_TYPE);
        }
        String clientId =
                form.get("client_id")
                        .or(() -> basic.map(BasicCredentials::clientId))
                        .or(() -> assertion.flatMap(ClientAssertions::claimedClient))
                        .orElseThrow(() -> new AadRefused(AadError.MISSING_FIELD, "client_id"));
        if (basic.isPresent() && !basic.get().clientId.equalsIgnoreCase(clientId)) {
            throw new AadRefused(
                    AadError.MALFORMED_REQUEST, "client_id and Authorization name two clients");
        }
        return new Presented(
                clientId,
                secret.or(() -> basic.map(BasicCredentials::secret)).orElse(null),
                assertion.orElse(null));
    }

    /** Id and secret are each form-encoded before they are joined (RFC 6749 section 2.3.1). */
    private static Optional<BasicCredentials> basic(Request request) {
        String header = request.headers().first("Authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String pair = new String(bytes, StandardCharsets.ISO_8859_1);
            int colon = pair.indexOf(':');
            if (colon > 0 && colon < pair.length() - 1) {
                return Optional.of(
                        new BasicCredentials(
                                Form.decode(pair.substring(0, colon)),
                                Form.decode(pair.substring(colon + 1))));
            }
        } catch (IllegalArgumentException notBase64) {
            throw new AadRefused(AadError.MALFORMED_REQUEST, "Authorization is not base64");
        }
        throw new AadRefused(AadError.MALFORMED_REQUEST, "Authorization holds no id and secret");
    }
}
