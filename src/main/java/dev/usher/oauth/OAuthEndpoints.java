package dev.usher.oauth;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.PasswordSignIn;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.key.KeyRing;
import dev.usher.observe.Observer;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import dev.usher.token.Delegations;
import dev.usher.token.RemoteIssuers;
import dev.usher.token.TokenIssuer;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The token endpoint, discovery, keys and instance discovery of every tenant. Refusals of all of
 * them become answers here. Thread-safe.
 */
public final class OAuthEndpoints {

    private static final String TENANT = "/{tenant}";
    private static final String INSTANCE = "/common/discovery/instance";
    private static final String REALM = "/common/userrealm/{name}";

    private final TokenEndpoint tokens;
    private final Discovery discovery;
    private final Answers answers;

    /**
     * The endpoints.
     *
     * @param origins our configured origins, lower case, without trailing slash; asked anew for
     *     each request
     */
    public OAuthEndpoints(
            Supplier<Set<String>> origins,
            Tenants tenants,
            Clients clients,
            KeyRing keys,
            TokenIssuer issuer,
            GraphPermissions permissions,
            PasswordSignIn people,
            Delegations delegations,
            RemoteIssuers issuers,
            Clock clock,
            Observer observer,
            OAuthSettings settings) {
        TenantAddress addresses = new TenantAddress(tenants);
        this.answers = new Answers(clock);
        this.discovery = new Discovery(origins, addresses, keys, answers);
        ClientAssertions assertions =
                new ClientAssertions(origins, issuers, clock, settings.singleUseAssertions());
        ClientAuthentication authentication = new ClientAuthentication(clients, assertions, clock);
        this.tokens =
                new TokenEndpoint(
                        origins,
                        addresses,
                        authentication,
                        new PasswordGrant(
                                origins, authentication, permissions, people, delegations, issuer),
                        issuer,
                        answers,
                        observer);
    }

    /** Adds the routes of tenants without user flows; before the server starts. */
    public void routes(Router router) {
        routes(router, (_, _, _) -> Optional.empty());
    }

    /** Adds the routes, those of the user flows first; before the server starts. */
    public void routes(Router router, FlowEndpoints flows) {
        flows.routes(router);
        routes(router, flows::atTenant);
        for (String method : new String[] {"GET", "POST"}) {
            for (String endpoint :
                    new String[] {
                        FlowAddress.AUTHORIZE, FlowAddress.LOGOUT, FlowAddress.USER_INFO
                    }) {
                on(router, method, endpoint, flows::atTenant, OAuthEndpoints::flowsAlone);
            }
        }
        router.on(
                "OPTIONS",
                TENANT + FlowAddress.USER_INFO,
                (request, _) -> answers.preflight(request));
    }

    private static Response flowsAlone(Request request, String segment) {
        throw new IllegalStateException("user flows answer this themselves");
    }

    /** Answers a request that a user flow has to do with; empty if none has. */
    @FunctionalInterface
    private interface Detour {
        Optional<Response> of(Request request, String tenant, String endpoint);
    }

    private void routes(Router router, Detour detour) {
        router.on("GET", INSTANCE, (request, _) -> guarded(request, discovery::instance))
                .on("OPTIONS", INSTANCE, (request, _) -> answers.preflight(request));
        router.on(
                        "GET",
                        REALM,
                        (request, path) -> {
                            String name = Objects.requireNonNull(path.get("name"));
                            return guarded(request, _ -> discovery.realm(name));
                        })
                .on("OPTIONS", REALM, (request, _) -> answers.preflight(request));
        post(router, TenantAddress.TOKEN_V2, detour, tokens::version2);
        post(router, TenantAddress.TOKEN_V1, detour, tokens::version1);
        get(router, TenantAddress.METADATA, detour, discovery::metadata);
        get(router, TenantAddress.KEYS, detour, discovery::keySet);
    }

    private void get(
            Router router,
            String endpoint,
            Detour detour,
            BiFunction<Request, String, Response> handler) {
        on(router, "GET", endpoint, detour, handler);
        router.on("OPTIONS", TENANT + endpoint, (request, _) -> answers.preflight(request));
    }

    private void post(
            Router router,
            String endpoint,
            Detour detour,
            BiFunction<Request, String, Response> handler) {
        on(router, "POST", endpoint, detour, handler);
        router.on("OPTIONS", TENANT + endpoint, (request, _) -> answers.preflight(request));
    }

    private void on(
            Router router,
            String method,
            String endpoint,
            Detour detour,
            BiFunction<Request, String, Response> handler) {
        router.on(
                method,
                TENANT + endpoint,
                (request, path) -> {
                    String tenant = Objects.requireNonNull(path.get("tenant"));
                    return detour.of(request, tenant, endpoint)
                            .orElseGet(
                                    () -> guarded(request, asked -> handler.apply(asked, tenant)));
                });
    }

    private Response guarded(Request request, Function<Request, Response> handler) {
        Response response;
        try {
            response = handler.apply(request);
        } catch (AadRefused refused) {
            response = answers.error(request, refused);
        }
        return response.with("client-request-id", Answers.correlationId(request))
                .with("x-ms-request-id", request.requestId());
    }
}
