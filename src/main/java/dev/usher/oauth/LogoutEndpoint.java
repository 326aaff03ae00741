package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.flow.UserFlow;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.session.Sessions;
import dev.usher.session.Sessions.Ended;
import dev.usher.session.Sessions.Scope;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.tenant.Tenant;
import dev.usher.token.Claims;
import dev.usher.token.FlowTokenVerifier;
import dev.usher.token.Issuers;
import dev.usher.token.TokenRefused;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The end session endpoint of a user flow (OIDC RP-Initiated Logout 1.0). The browser is signed out
 * first, whatever else is wrong with the request; then it goes on only to an address that is
 * registered for the application that the request names, or for one that used the sign-in.
 */
final class LogoutEndpoint {

    private final Supplier<Set<String>> origins;
    private final Store store;
    private final Clients clients;
    private final FlowTokenVerifier verifier;
    private final FlowPages pages;

    LogoutEndpoint(
            Supplier<Set<String>> origins,
            Store store,
            Clients clients,
            FlowTokenVerifier verifier,
            FlowPages pages) {
        this.origins = origins;
        this.store = store;
        this.clients = clients;
        this.verifier = verifier;
        this.pages = pages;
    }

    /**
     * Where somebody signs out.
     *
     * @param issuers of the tokens that are taken as a hint
     * @param scope what an application's sign-out ends; empty for everything
     */
    private record Place(
            Tenant tenant,
            Set<String> issuers,
            boolean hintRequired,
            Function<Optional<Client>, Optional<Scope>> scope) {}

    /** {@code GET} with the parameters in the query, {@code POST} with a form. */
    Response logout(Request request, Found found) {
        return logout(
                request,
                new Place(
                        found.tenant(),
                        found.issuers(origins.get()),
                        found.flow().settings().idTokenHintRequired(),
                        client -> scope(found.flow(), client)));
    }

    /**
     * The same at the tenant's own address.
     *
     * @param flows the user flow that an application meets there
     */
    Response ofTenant(Request request, Tenant tenant, Function<Client, Optional<UserFlow>> flows) {
        Set<String> issuers = new HashSet<>();
        origins.get().forEach(origin -> issuers.add(Issuers.of(origin, tenant.id())));
        return logout(
                request,
                new Place(
                        tenant,
                        issuers,
                        false,
                        client -> client.flatMap(flows).flatMap(flow -> scope(flow, client))));
    }

    private Response logout(Request request, Place place) {
        Form form =
                request.method().equals("POST") && request.body().length > 0
                        ? Form.body(request)
                        : Form.query(request);
        Optional<Client> client = client(form, place);
        TenantId tenant = place.tenant.id();
        Optional<String> secret = request.cookie(Cookies.session(request, tenant));
        Ended ended = secret.map(known -> end(request, place, client, known)).orElse(Ended.NOTHING);
        Response response = next(form, place.tenant, client, ended);
        if (secret.isPresent() && ended.whole()) {
            Cookies.remove(request, response, Cookies.session(request, tenant));
        }
        return response;
    }

    /** The application that the request names. */
    private Optional<Client> client(Form form, Place place) {
        Optional<String> hint = form.get("id_token_hint");
        if (hint.isEmpty() && place.hintRequired) {
            throw new FlowRefused(AadB2cError.NO_HINT);
        }
        Optional<String> audience = hint.map(token -> audience(token, place));
        Optional<String> named = form.get("client_id");
        if (audience.isPresent()
                && named.isPresent()
                && !named.get().equalsIgnoreCase(audience.get())) {
            throw new FlowRefused(AadB2cError.HINT_AUDIENCE);
        }
        return audience.or(() -> named).flatMap(id -> clients.byAppId(place.tenant.id(), id));
    }

    private String audience(String hint, Place place) {
        try {
            Claims claims = verifier.idToken(place.tenant.id(), hint, place.issuers);
            return claims.texts("aud").stream().findFirst().orElse("");
        } catch (TokenRefused refused) {
            throw new FlowRefused(AadB2cError.HINT);
        }
    }

    /** Where it cannot be told what the person signs out of, it is everything. */
    private static Optional<Scope> scope(UserFlow flow, Optional<Client> client) {
        return switch (flow.settings().sessionScope()) {
            case TENANT -> Optional.of(Scope.tenant());
            case USER_FLOW -> Optional.of(Scope.userFlow(flow.key()));
            case APPLICATION -> client.map(known -> Scope.application(known.appId()));
            case SUPPRESSED -> Optional.empty();
        };
    }

    private Ended end(Request request, Place place, Optional<Client> client, String secret) {
        Optional<Scope> scope = place.scope.apply(client);
        return store.write(
                place.tenant.id(),
                new Actor(client.map(Client::appId).orElse("usher"), null, request.requestId()),
                tx -> Sessions.end(tx, secret, scope));
    }

    private Response next(Form form, Tenant tenant, Optional<Client> client, Ended ended) {
        Optional<String> uri = form.get("post_logout_redirect_uri");
        boolean registered =
                uri.isPresent()
                        && Stream.concat(client.stream(), used(tenant, client, ended))
                                .anyMatch(known ->
                                        known.redirects().platformOf(uri.get()).isPresent());
        if (uri.isPresent() && client.isPresent() && !registered) {
            throw new FlowRefused(AadB2cError.SIGNED_OUT_URI, uri.get());
        }
        String next = registered ? withState(uri.orElseThrow(), form) : "";
        List<String> notify =
                used(tenant, Optional.empty(), ended)
                        .flatMap(known ->
                                Optional.ofNullable(known.redirects().logoutUrl()).stream())
                        .distinct()
                        .toList();
        return notify.isEmpty() && !next.isEmpty()
                ? FlowAnswers.see(next)
                : pages.signedOut(tenant.displayName(), notify, next);
    }

    /** The applications that used the sign-in; none if the request names one. */
    private Stream<Client> used(Tenant tenant, Optional<Client> named, Ended ended) {
        return named.isPresent()
                ? Stream.empty()
                : ended.clientIds().stream()
                        .flatMap(id -> clients.byAppId(tenant.id(), id).stream());
    }

    private static String withState(String uri, Form form) {
        return form.get("state")
                .map(state ->
                        uri
                                + (uri.indexOf('?') < 0 ? "?" : "&")
                                + FlowAnswers.encoded(Map.of("state", state)))
                .orElse(uri);
    }
}
