package dev.usher.oauth;

import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.key.KeyRing;
import dev.usher.tenant.Tenant;
import dev.usher.token.Issuers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a client may learn before it has a token: metadata, keys, and where this cloud is. */
final class Discovery {

    /** What the tokens of a tenant say of people. */
    private static final List<String> CLAIMS =
            List.of(
                    "aud",
                    "auth_time",
                    "email",
                    "exp",
                    "family_name",
                    "given_name",
                    "iat",
                    "idp",
                    "iss",
                    "name",
                    "nbf",
                    "nonce",
                    "oid",
                    "preferred_username",
                    "sub",
                    "tid",
                    "ver");

    /** The longest name of a person that is looked at, in characters. */
    static final int NAME_CHARS_MAX = 320;

    private final Supplier<Set<String>> origins;
    private final TenantAddress addresses;
    private final KeyRing keys;
    private final Answers answers;
    private final JsonMapper json = new JsonMapper();

    Discovery(
            Supplier<Set<String>> origins, TenantAddress addresses, KeyRing keys, Answers answers) {
        this.origins = origins;
        this.addresses = addresses;
        this.keys = keys;
        this.answers = answers;
    }

    /**
     * {@code GET /{tenant}/v2.0/.well-known/openid-configuration} (OpenID Connect Discovery 1.0,
     * section 4). The endpoints of people serve the applications for which a user flow is set up.
     */
    Response metadata(Request request, String segment) {
        Tenant tenant = addresses.find(request, segment);
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("issuer", Issuers.of(request.origin(), tenant.id()))
                        .put(
                                "authorization_endpoint",
                                TenantAddress.of(request, tenant, TenantAddress.AUTHORIZE))
                        .put(
                                "token_endpoint",
                                TenantAddress.of(request, tenant, TenantAddress.TOKEN_V2))
                        .put(
                                "end_session_endpoint",
                                TenantAddress.of(request, tenant, FlowAddress.LOGOUT))
                        .put(
                                "userinfo_endpoint",
                                TenantAddress.of(request, tenant, FlowAddress.USER_INFO))
                        .put("jwks_uri", TenantAddress.of(request, tenant, TenantAddress.KEYS));
        FlowDiscovery.list(
                body,
                "grant_types_supported",
                List.of(
                        "authorization_code",
                        "implicit",
                        "refresh_token",
                        "client_credentials",
                        "password"));
        FlowDiscovery.list(
                body, "scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        FlowDiscovery.list(body, "claims_supported", CLAIMS);
        return answers.document(FlowDiscovery.common(body));
    }

    /** {@code GET /{tenant}/discovery/v2.0/keys} (RFC 7517 section 5). */
    Response keySet(Request request, String segment) {
        Tenant tenant = addresses.find(request, segment);
        Map<String, Object> keySet = keys.publicKeys(tenant.id()).toJSONObject(true);
        return answers.document(json.<JsonNode>valueToTree(keySet));
    }

    /**
     * {@code GET /common/discovery/instance}: which authorities are one cloud. Only our own origins
     * are known, each by itself.
     */
    Response instance(Request request) {
        Form query = Form.query(request);
        String endpoint = query.require("authorization_endpoint");
        URI authority = authority(endpoint);
        String origin =
                (authority.getScheme() + "://" + authority.getRawAuthority())
                        .toLowerCase(Locale.ROOT);
        String[] path = authority.getPath().split("/", 3);
        if (!origins.get().contains(origin) || path.length < 2) {
            throw new AadRefused(AadError.UNKNOWN_INSTANCE, endpoint);
        }
        String tenant =
                TenantAddress.shared(path[1])
                        ? path[1].toLowerCase(Locale.ROOT)
                        : addresses.find(request, path[1]).id().toString();
        String host = origin.substring(origin.indexOf("://") + 3);
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "tenant_discovery_endpoint",
                                origin + "/" + tenant + TenantAddress.METADATA)
                        .put("api-version", "1.1");
        body.putArray("metadata")
                .addObject()
                .put("preferred_network", host)
                .put("preferred_cache", host)
                .putArray("aliases")
                .add(host);
        return answers.document(body);
    }

    /**
     * {@code GET /common/userrealm/{name}}: where the password of a person is checked, which MSAL
     * asks before it sends one. Here, for every name with a domain: the answer tells nobody whether
     * there is such a person.
     */
    Response realm(String name) {
        String domain = name.substring(name.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        boolean named = domain.length() < name.length() - 1 && !domain.isBlank();
        if (!named || name.length() > NAME_CHARS_MAX) {
            return answers.document(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("ver", "1.0")
                            .put("account_type", "Unknown"));
        }
        return answers.document(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("ver", "1.0")
                        .put("account_type", "Managed")
                        .put("domain_name", domain)
                        .put("cloud_instance_name", "microsoftonline.com")
                        .put("cloud_audience_urn", "urn:federation:MicrosoftOnline"));
    }

    private static URI authority(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            if (uri.getScheme() != null && uri.getRawAuthority() != null && uri.getPath() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notOne) {
            throw new AadRefused(AadError.UNKNOWN_INSTANCE, endpoint);
        }
        throw new AadRefused(AadError.UNKNOWN_INSTANCE, endpoint);
    }
}
