package dev.usher.oauth;

import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.key.KeyRing;
import dev.usher.tenant.Tenant;
import dev.usher.token.Issuers;
import java.net.URI;
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
     * section 4). It lists what works; the authorization endpoint stands there because every client
     * demands one, and answers that no response type is enabled.
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
                        .put("jwks_uri", TenantAddress.of(request, tenant, TenantAddress.KEYS));
        body.putArray("response_types_supported");
        body.putArray("grant_types_supported").add("client_credentials").add("password");
        body.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_post")
                .add("client_secret_basic")
                .add("private_key_jwt");
        body.putArray("token_endpoint_auth_signing_alg_values_supported").add("RS256").add("PS256");
        body.putArray("subject_types_supported").add("pairwise");
        body.putArray("id_token_signing_alg_values_supported").add("RS256");
        body.put("request_uri_parameter_supported", false);
        return answers.document(body);
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
