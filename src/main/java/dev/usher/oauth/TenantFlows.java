package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.flow.FlowAssociations;
import dev.usher.grant.Authority;
import dev.usher.grant.Grant;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.oauth.Guard.Audience;
import dev.usher.tenant.Tenant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The endpoints of user flows at a tenant's own address, where the flow follows from the
 * application that asks, and tokens are those of Entra.
 */
final class TenantFlows {

    private final FlowAddress addresses;
    private final FlowAssociations associations;
    private final AuthorizeEndpoint authorize;
    private final FlowTokenEndpoint tokens;
    private final UserInfoEndpoint userInfo;
    private final LogoutEndpoint logout;
    private final Guard guard;

    TenantFlows(
            FlowAddress addresses,
            FlowAssociations associations,
            AuthorizeEndpoint authorize,
            FlowTokenEndpoint tokens,
            UserInfoEndpoint userInfo,
            LogoutEndpoint logout,
            Guard guard) {
        this.addresses = addresses;
        this.associations = associations;
        this.authorize = authorize;
        this.tokens = tokens;
        this.userInfo = userInfo;
        this.logout = logout;
        this.guard = guard;
    }

    /** Empty for what user flows have nothing to do with. */
    Optional<Response> answer(Request request, String segment, String endpoint) {
        return switch (endpoint) {
            case FlowAddress.AUTHORIZE ->
                    Optional.of(guarded(request, Audience.PEOPLE, () -> begin(request, segment)));
            case FlowAddress.LOGOUT ->
                    Optional.of(guarded(request, Audience.PEOPLE, () -> end(request, segment)));
            case FlowAddress.USER_INFO ->
                    Optional.of(
                            guarded(
                                    request,
                                    Audience.PROGRAMS,
                                    () -> userInfo.ofTenant(request, tenant(request, segment))));
            case FlowAddress.TOKEN -> redeem(request, segment);
            default -> Optional.empty();
        };
    }

    private Response guarded(Request request, Audience audience, Supplier<Response> work) {
        return guard.answer(request, Authority.TENANT, audience, work);
    }

    private Tenant tenant(Request request, String segment) {
        return addresses.tenant(request, segment);
    }

    private Response begin(Request request, String segment) {
        Tenant tenant = tenant(request, segment);
        return authorize.authorize(
                request,
                tenant,
                client ->
                        flow(request, tenant, client)
                                .orElseThrow(() ->
                                        new AadRefused(
                                                AadError.NO_USER_FLOW,
                                                client.appId(),
                                                client.displayName())));
    }

    private Response end(Request request, String segment) {
        Tenant tenant = tenant(request, segment);
        return logout.ofTenant(
                request, tenant, client -> flow(request, tenant, client).map(Found::flow));
    }

    private Optional<Found> flow(Request request, Tenant tenant, Client client) {
        return associations
                .flowOf(tenant.id(), client.appId())
                .flatMap(id -> addresses.atTenant(request, tenant, id))
                .filter(found -> found.flow().interactive());
    }

    /**
     * What was granted at the address of a flow may be redeemed here, too: some clients learn that
     * from a flow's metadata and then cut its path short.
     */
    private Optional<Response> redeem(Request request, String segment) {
        Form form = form(request);
        if (!FlowTokenEndpoint.redeems(form)) {
            return Optional.empty();
        }
        return Optional.of(
                guarded(
                        request,
                        Audience.PROGRAMS,
                        () -> redeem(request, tenant(request, segment), form)));
    }

    private Response redeem(Request request, Tenant tenant, Form form) {
        Optional<Grant> grant = tokens.grantOf(tenant.id(), form);
        return grant.flatMap(known -> addresses.atTenant(request, tenant, known.flowKey()))
                .map(found ->
                        grant.get().authority() == Authority.TENANT ? found : found.ofUserFlow())
                .map(found -> tokens.token(request, found))
                .orElseGet(() -> tokens.withoutGrant(request, form));
    }

    private static Form form(Request request) {
        try {
            return Form.body(request);
        } catch (AadRefused malformed) {
            return Form.NONE;
        }
    }
}
