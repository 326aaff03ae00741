package dev.usher.oauth;

import dev.usher.client.ApiResources;
import dev.usher.client.Clients;
import dev.usher.directory.PasswordSignIn;
import dev.usher.edm.Model;
import dev.usher.flow.Journeys;
import dev.usher.flow.UserFlows;
import dev.usher.grant.AuthorizationCodes;
import dev.usher.grant.RefreshTokens;
import dev.usher.html.HtmlPages;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.ids.Ids;
import dev.usher.key.KeyRing;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.observe.Observer;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import dev.usher.token.FlowTokenVerifier;
import dev.usher.token.FlowTokens;
import dev.usher.token.RemoteIssuers;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private final FlowAnswers answers;
    private final Tenants tenants;

    /** Who answers a request to a flow. */
    @FunctionalInterface
    interface Endpoint extends BiFunction<Request, Found, Response> {}

    /** How a refusal is delivered where no application can be told. */
    private enum Audience {
        PEOPLE,
        PROGRAMS
    }

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
        this.tenants = parts.tenants;
        this.addresses = new FlowAddress(new TenantAddress(parts.tenants), parts.flows);
        this.preflights = new Answers(clock);
        FlowPages pages = new FlowPages(parts.html);
        this.answers = new FlowAnswers(clock, pages);
        this.discovery = new FlowDiscovery(parts.keys, preflights);
        Persons persons = new Persons(parts.model);
        AuthorizationCodes codes = new AuthorizationCodes(store, parts.ids);
        FlowScopes scopes = new FlowScopes(new ApiResources(store));
        FlowIssuer issuer = new FlowIssuer(new FlowTokens(parts.keys, clock, parts.ids));
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
        Response response;
        try {
            response = handler.apply(request, addresses.find(request, tenant, flow));
        } catch (FlowRefused refused) {
            response = refuse(request, refused, audience);
        } catch (AadRefused refused) {
            response = refuse(request, refused, audience);
        }
        return response.with("client-request-id", Answers.correlationId(request))
                .with("x-ms-request-id", request.requestId());
    }

    private Response refuse(Request request, FlowRefused refused, Audience audience) {
        return audience == Audience.PEOPLE
                ? answers.page(request, refused, tenantName(request))
                : answers.json(request, refused);
    }

    /** What concerns the tenant, or the form of the request, has codes of Entra's. */
    private Response refuse(Request request, AadRefused refused, Audience audience) {
        return audience == Audience.PEOPLE
                ? refuse(
                        request,
                        new FlowRefused(
                                "AADSTS" + refused.error().code(),
                                refused.error().oauthError(),
                                refused.error().httpStatus(),
                                refused.sentence()),
                        audience)
                : preflights.error(request, refused);
    }

    private @Nullable String tenantName(Request request) {
        return Optional.ofNullable(request.trail().tenant())
                .flatMap(tenants::find)
                .map(tenant -> tenant.displayName())
                .orElse(null);
    }

    /**
     * Answers a request to the tenant's own endpoint that names a flow in its query, or redeems
     * what a flow granted: some clients learn the endpoint from a flow's metadata and then cut its
     * path short. Empty if it does neither.
     */
    Optional<Response> byParameter(Request request, String tenant, String endpoint) {
        Optional<String> flow =
                parameter(request)
                        .or(() ->
                                endpoint.equals(FlowAddress.TOKEN)
                                        ? ofGrant(request, tenant)
                                        : Optional.empty());
        if (flow.isEmpty()) {
            return Optional.empty();
        }
        return switch (endpoint) {
            case FlowAddress.AUTHORIZE -> people(request, tenant, flow.get(), authorize::authorize);
            case FlowAddress.LOGOUT -> people(request, tenant, flow.get(), logout::logout);
            case FlowAddress.TOKEN -> programs(request, tenant, flow.get(), tokens::token);
            case FlowAddress.METADATA -> programs(request, tenant, flow.get(), discovery::metadata);
            case FlowAddress.KEYS -> programs(request, tenant, flow.get(), discovery::keySet);
            default -> Optional.empty();
        };
    }

    /** Refuses a request to a tenant's endpoint that only user flows have. */
    Response nameless(Request request, String tenant) {
        return people(
                        request,
                        tenant,
                        "",
                        (_, _) -> {
                            throw new IllegalStateException("no flow has an empty id");
                        })
                .orElseThrow();
    }

    private Optional<String> ofGrant(Request request, String tenant) {
        try {
            return tokens.flowOf(addresses.tenant(request, tenant), Form.body(request));
        } catch (AadRefused malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> parameter(Request request) {
        try {
            return Form.query(request).get(FlowAddress.PARAMETER);
        } catch (AadRefused malformed) {
            return Optional.empty();
        }
    }

    private Optional<Response> people(
            Request request, String tenant, String flow, Endpoint handler) {
        return Optional.of(answer(request, tenant, flow, Audience.PEOPLE, handler));
    }

    private Optional<Response> programs(
            Request request, String tenant, String flow, Endpoint handler) {
        return Optional.of(answer(request, tenant, flow, Audience.PROGRAMS, handler));
    }
}
