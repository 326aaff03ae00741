package dev.usher.oauth;

import dev.usher.client.ApiResources;
import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.PasswordSignIn;
import dev.usher.edm.Model;
import dev.usher.flow.FlowAssociations;
import dev.usher.flow.Journeys;
import dev.usher.flow.UserFlows;
import dev.usher.grant.Authority;
import dev.usher.grant.AuthorizationCodes;
import dev.usher.grant.RefreshTokens;
import dev.usher.html.HtmlPages;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.ids.Ids;
import dev.usher.key.KeyRing;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.oauth.Guard.Audience;
import dev.usher.observe.Observer;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import dev.usher.token.Delegations;
import dev.usher.token.FlowTokenVerifier;
import dev.usher.token.FlowTokens;
import dev.usher.token.RemoteIssuers;
import dev.usher.token.TokenIssuer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The OpenID Connect endpoints of every user flow, under the three forms of address that B2C's
 * clients use. Refusals of all of them become answers here. Thread-safe.
 */
public final class FlowEndpoints {

    private static final String BY_PATH = "/{tenant}/{flow}";
    private static final String BY_PREFIX = "/tfp/{tenant}/{flow}";

    private final FlowAddress addresses;
    private final AuthorizeEndpoint authorize;
    private final FlowTokenEndpoint tokens;
    private final UserInfoEndpoint userInfo;
    private final LogoutEndpoint logout;
    private final FlowDiscovery discovery;
    private final Answers preflights;
    private final Guard guard;
    private final TenantFlows atTenant;

    /** Who answers a request to a flow. */
    @FunctionalInterface
    interface Endpoint extends BiFunction<Request, Found, Response> {}

    /**
     * What the endpoints are made of.
     *
     * @param origins our configured origins, lower case, without trailing slash; asked anew for
     *     each request
     * @param model the schema of beta
     */
    public record Parts(
            Supplier<Set<String>> origins,
            Store store,
            Model model,
            Tenants tenants,
            Clients clients,
            RemoteIssuers issuers,
            KeyRing keys,
            GraphPermissions permissions,
            Delegations delegations,
            PasswordSignIn passwords,
            UserFlows flows,
            Journeys journeys,
            HtmlPages html,
            Clock clock,
            Ids ids,
            Observer observer,
            OAuthSettings settings) {}

    /** The endpoints. */
    public FlowEndpoints(Parts parts) {
        Supplier<Set<String>> origins = parts.origins;
        Store store = parts.store;
        Clock clock = parts.clock;
        this.addresses = new FlowAddress(new TenantAddress(parts.tenants), parts.flows);
        this.preflights = new Answers(clock);
        FlowPages pages = new FlowPages(parts.html);
        FlowAnswers answers = new FlowAnswers(clock, pages, preflights);
        this.guard = new Guard(answers, preflights, parts.tenants);
        this.discovery = new FlowDiscovery(parts.keys, preflights);
        Persons persons = new Persons(parts.model);
        AuthorizationCodes codes = new AuthorizationCodes(store, parts.ids);
        FlowScopes scopes =
                new FlowScopes(
                        new ApiResources(store), new GraphScopes(parts.permissions, origins));
        FlowIssuer issuer =
                new FlowIssuer(
                        new FlowTokens(parts.keys, clock, parts.ids),
                        new TokenIssuer(parts.keys, clock, parts.ids),
                        parts.delegations,
                        parts.permissions);
        FlowTokenVerifier verifier = new FlowTokenVerifier(parts.keys, clock);
        this.authorize =
                new AuthorizeEndpoint(
                        new AuthorizeReader(parts.clients, scopes),
                        parts.journeys,
                        new SignIns(store, persons, clock),
                        new AuthorizeAnswer(
                                store,
                                persons,
                                new Sessions(parts.ids),
                                codes,
                                new Leavings(parts.ids),
                                issuer,
                                answers),
                        answers);
        ClientAssertions assertions =
                new ClientAssertions(
                        origins, parts.issuers, clock, parts.settings.singleUseAssertions());
        RefreshTokens refreshTokens = new RefreshTokens(store, clock, parts.ids);
        FlowClients clients =
                new FlowClients(
                        new ClientAuthentication(parts.clients, assertions, clock), origins);
        this.tokens =
                new FlowTokenEndpoint(
                        store,
                        clock,
                        persons,
                        codes,
                        refreshTokens,
                        clients,
                        scopes,
                        issuer,
                        new FlowPasswordGrant(
                                store,
                                clock,
                                parts.passwords,
                                persons,
                                refreshTokens,
                                clients,
                                scopes,
                                issuer,
                                parts.ids),
                        answers,
                        parts.observer);
        this.userInfo = new UserInfoEndpoint(origins, store, persons, verifier);
        this.logout = new LogoutEndpoint(origins, store, parts.clients, verifier, pages);
        this.atTenant =
                new TenantFlows(
                        addresses,
                        new FlowAssociations(store, parts.model, parts.flows),
                        authorize,
                        tokens,
                        userInfo,
                        logout,
                        guard);
    }

    /**
     * Adds the routes; before the server starts, and before those of {@link OAuthEndpoints}, which
     * take what names no flow.
     */
    public void routes(Router router) {
        people(router, FlowAddress.AUTHORIZE, authorize::authorize, "GET", "POST");
        people(router, FlowAddress.LOGOUT, logout::logout, "GET", "POST");
        people(router, FlowAddress.RESUME, authorize::resume, "GET");
        programs(router, FlowAddress.TOKEN, tokens::token, "POST");
        programs(router, FlowAddress.USER_INFO, userInfo::userInfo, "GET", "POST");
        programs(router, FlowAddress.METADATA, discovery::metadata, "GET");
        programs(router, FlowAddress.KEYS, discovery::keySet, "GET");
    }

    private void people(Router router, String endpoint, Endpoint handler, String... methods) {
        for (String method : methods) {
            on(router, method, endpoint, Audience.PEOPLE, handler);
        }
    }

    private void programs(Router router, String endpoint, Endpoint handler, String... methods) {
        for (String method : methods) {
            on(router, method, endpoint, Audience.PROGRAMS, handler);
        }
        for (String form : new String[] {BY_PATH, BY_PREFIX}) {
            router.on("OPTIONS", form + endpoint, (request, _) -> preflights.preflight(request));
        }
    }

    private void on(
            Router router, String method, String endpoint, Audience audience, Endpoint handler) {
        for (String form : new String[] {BY_PATH, BY_PREFIX}) {
            router.on(
                    method,
                    form + endpoint,
                    (request, path) ->
                            answer(
                                    request,
                                    text(path, "tenant"),
                                    text(path, "flow"),
                                    audience,
                                    handler));
        }
    }

    private static String text(Map<String, String> path, String name) {
        return Objects.requireNonNull(path.get(name));
    }

    private Response answer(
            Request request, String tenant, String flow, Audience audience, Endpoint handler) {
        return guard.answer(
                request,
                Authority.USER_FLOW,
                audience,
                () -> handler.apply(request, addresses.find(request, tenant, flow)));
    }

    /**
     * Answers a request to the tenant's own endpoint that a user flow has to do with: its query
     * names one, the application meets one there, or it redeems what one granted. Empty if none
     * has.
     */
    Optional<Response> atTenant(Request request, String tenant, String endpoint) {
        Optional<String> flow = parameter(request);
        return flow.isPresent()
                ? byParameter(request, tenant, flow.get(), endpoint)
                : atTenant.answer(request, tenant, endpoint);
    }

    private Optional<Response> byParameter(
            Request request, String tenant, String flow, String endpoint) {
        return switch (endpoint) {
            case FlowAddress.AUTHORIZE ->
                    Optional.of(
                            answer(request, tenant, flow, Audience.PEOPLE, authorize::authorize));
            case FlowAddress.LOGOUT ->
                    Optional.of(answer(request, tenant, flow, Audience.PEOPLE, logout::logout));
            case FlowAddress.TOKEN -> programs(request, tenant, flow, tokens::token);
            case FlowAddress.METADATA -> programs(request, tenant, flow, discovery::metadata);
            case FlowAddress.KEYS -> programs(request, tenant, flow, discovery::keySet);
            case FlowAddress.USER_INFO -> programs(request, tenant, flow, userInfo::userInfo);
            default -> Optional.empty();
        };
    }

    private Optional<Response> programs(
            Request request, String tenant, String flow, Endpoint handler) {
        return Optional.of(answer(request, tenant, flow, Audience.PROGRAMS, handler));
    }

    private static Optional<String> parameter(Request request) {
        try {
            return Form.query(request).get(FlowAddress.PARAMETER);
        } catch (AadRefused malformed) {
            return Optional.empty();
        }
    }
}
