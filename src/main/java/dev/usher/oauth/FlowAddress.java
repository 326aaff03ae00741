package dev.usher.oauth;

import dev.usher.flow.FlowSettings.IssuerForm;
import dev.usher.flow.UserFlow;
import dev.usher.flow.UserFlows;
import dev.usher.grant.Authority;
import dev.usher.http.Request;
import dev.usher.tenant.Tenant;
import dev.usher.token.Issuers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the endpoints of a user flow are, and which flow an address names: {@code
 * /{tenant}/{flow}/...}, {@code /tfp/{tenant}/{flow}/...}, or {@code /{tenant}/...?p={flow}}.
 * Tenant and flow are found ignoring case; what we write has the tenant's GUID and the flow's id as
 * it is stored.
 */
final class FlowAddress {

    static final String AUTHORIZE = "/oauth2/v2.0/authorize";
    static final String RESUME = "/oauth2/v2.0/resume";
    static final String TOKEN = "/oauth2/v2.0/token";
    static final String LOGOUT = "/oauth2/v2.0/logout";
    static final String USER_INFO = "/openid/v2.0/userinfo";
    static final String KEYS = "/discovery/v2.0/keys";
    static final String METADATA = "/v2.0/.well-known/openid-configuration";

    /** The query parameter that names a flow at the tenant's own endpoints. */
    static final String PARAMETER = "p";

    private static final String PREFIX = "/tfp";

    private final TenantAddress tenants;
    private final UserFlows flows;

    FlowAddress(TenantAddress tenants, UserFlows flows) {
        this.tenants = tenants;
        this.flows = flows;
    }

    /**
     * A flow of an active tenant, asked for under one of our origins.
     *
     * @param authority whether the address named the flow, or the tenant alone
     */
    record Found(Tenant tenant, UserFlow flow, String origin, Authority authority) {

        /** The same flow, met at the tenant's own address. */
        Found ofTenant() {
            return new Found(tenant, flow, origin, Authority.TENANT);
        }

        /** The same flow, met at its own address. */
        Found ofUserFlow() {
            return new Found(tenant, flow, origin, Authority.USER_FLOW);
        }

        /** The path of an endpoint, from the root. */
        String path(String endpoint) {
            return switch (authority) {
                case USER_FLOW -> "/" + tenant.id() + "/" + flow.id() + endpoint;
                case TENANT -> "/" + tenant.id() + endpoint;
            };
        }

        String url(String endpoint) {
            return origin + path(endpoint);
        }

        /** The {@code iss} of the flow's tokens under this origin. */
        String issuer() {
            return switch (authority) {
                case USER_FLOW -> issuer(origin, flow.settings().issuerForm());
                case TENANT -> Issuers.of(origin, tenant.id());
            };
        }

        /** Every {@code iss} that tokens from this address may have. */
        Set<String> issuers(Set<String> origins) {
            Set<String> all = new HashSet<>();
            for (String each : origins) {
                if (authority == Authority.TENANT) {
                    all.add(Issuers.of(each, tenant.id()));
                    continue;
                }
                for (IssuerForm form : IssuerForm.values()) {
                    all.add(issuer(each, form));
                }
            }
            return all;
        }

        /** What a client may call this token service, in any spelling; lower case. */
        Set<String> audiences(Set<String> origins) {
            if (authority == Authority.TENANT) {
                return TenantAddress.audiences(tenant, origins);
            }
            Set<String> names = new HashSet<>(tenant.domains());
            names.add(tenant.id().toString());
            Set<String> audiences = new HashSet<>();
            for (String each : origins) {
                String base = each.toLowerCase(Locale.ROOT);
                for (String name : names) {
                    audiences.add(base + "/" + name + "/" + flow.key() + TOKEN);
                    audiences.add(base + PREFIX + "/" + name + "/" + flow.key() + TOKEN);
                    audiences.add(base + "/" + name + TOKEN + "?" + PARAMETER + "=" + flow.key());
                }
            }
            issuers(origins).forEach(issuer -> audiences.add(issuer.toLowerCase(Locale.ROOT)));
            return audiences;
        }

        private String issuer(String under, IssuerForm form) {
            return switch (form) {
                case USER_FLOW -> under + "/" + tenant.id() + "/" + flow.id() + "/v2.0";
                case TENANT -> Issuers.of(under, tenant.id()) + "/";
                case TRUST_FRAMEWORK_POLICY ->
                        under
                                + PREFIX
                                + "/"
                                + tenant.id()
                                + "/"
                                + flow.id().toLowerCase(Locale.ROOT)
                                + "/v2.0/";
            };
        }
    }

    /**
     * The active tenant that an address names.
     *
     * @throws AadRefused if there is none
     */
    Tenant tenant(Request request, String segment) {
        return tenants.find(request, segment);
    }

    /**
     * The flow of that id.
     *
     * @throws AadRefused if there is no such tenant
     * @throws FlowRefused if it has no such flow
     */
    Found find(Request request, String tenantSegment, String flowId) {
        Tenant tenant = tenants.find(request, tenantSegment);
        UserFlow flow =
                flows.find(tenant.id(), flowId)
                        .orElseThrow(() ->
                                new FlowRefused(AadB2cError.NO_SUCH_FLOW, flowId, tenantSegment));
        return new Found(tenant, flow, request.origin(), Authority.USER_FLOW);
    }

    /** The flow of that id at the tenant's own address; empty if there is none any more. */
    Optional<Found> atTenant(Request request, Tenant tenant, String flowId) {
        return flows.find(tenant.id(), flowId)
                .map(flow -> new Found(tenant, flow, request.origin(), Authority.TENANT));
    }
}
