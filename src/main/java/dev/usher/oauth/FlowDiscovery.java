package dev.usher.oauth;

import dev.usher.flow.UserFlow;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.key.KeyRing;
import dev.usher.oauth.FlowAddress.Found;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client may learn of a user flow: its metadata and the keys that sign its tokens. */
final class FlowDiscovery {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What every token says. */
    private static final List<String> ALWAYS =
            List.of("aud", "auth_time", "exp", "iat", "iss", "nbf", "nonce", "sub", "ver");

    /** The claims by the names that flows choose them by; others have the same name. */
    private static final Map<String, String> NAMES =
            Map.of(
                    "displayName", "name",
                    "email", "emails",
                    "emailReadonly", "emails",
                    "givenName", "given_name",
                    "identityProvider", "idp",
                    "objectId", "oid",
                    "surname", "family_name");

    private static final Pattern CUSTOM = Pattern.compile("(?i)extension_[0-9a-f]{32}_(.+)");

    private final KeyRing keys;
    private final Answers answers;

    FlowDiscovery(KeyRing keys, Answers answers) {
        this.keys = keys;
        this.answers = answers;
    }

    /** {@code GET .../v2.0/.well-known/openid-configuration} (OIDC Discovery 1.0, 4). */
    Response metadata(Request request, Found found) {
        ObjectNode body =
                JSON.createObjectNode()
                        .put("issuer", found.issuer())
                        .put("authorization_endpoint", found.url(FlowAddress.AUTHORIZE))
                        .put("token_endpoint", found.url(FlowAddress.TOKEN))
                        .put("end_session_endpoint", found.url(FlowAddress.LOGOUT))
                        .put("userinfo_endpoint", found.url(FlowAddress.USER_INFO))
                        .put("jwks_uri", found.url(FlowAddress.KEYS));
        list(body, "grant_types_supported", grantTypes(found.flow()));
        list(body, "scopes_supported", List.of("openid", "profile", "offline_access"));
        list(body, "claims_supported", claims(found.flow()));
        return answers.document(common(body));
    }

    /** What is the same at every address. */
    static ObjectNode common(ObjectNode body) {
        list(body, "response_modes_supported", List.of("query", "fragment", "form_post"));
        list(
                body,
                "response_types_supported",
                List.of(
                        "code",
                        "id_token",
                        "code id_token",
                        "id_token token",
                        "token",
                        "code token",
                        "code id_token token"));
        list(body, "subject_types_supported", List.of("pairwise"));
        list(body, "id_token_signing_alg_values_supported", List.of("RS256"));
        list(
                body,
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_post", "client_secret_basic", "private_key_jwt", "none"));
        list(body, "token_endpoint_auth_signing_alg_values_supported", List.of("RS256", "PS256"));
        list(body, "code_challenge_methods_supported", List.of("S256", "plain"));
        list(body, "prompt_values_supported", AuthorizeReader.PROMPTS);
        return body.put("claims_parameter_supported", false)
                .put("request_parameter_supported", false)
                .put("request_uri_parameter_supported", false)
                .put("frontchannel_logout_supported", true)
                .put("frontchannel_logout_session_supported", false);
    }

    private static List<String> grantTypes(UserFlow flow) {
        if (flow.interactive()) {
            return List.of("authorization_code", "implicit", "refresh_token", "client_credentials");
        }
        return flow.flowType().equals(FlowPasswordGrant.FLOW_TYPE)
                ? List.of("password", "refresh_token", "client_credentials")
                : List.of("client_credentials");
    }

    static void list(ObjectNode body, String name, Iterable<String> values) {
        ArrayNode list = body.putArray(name);
        values.forEach(list::add);
    }

    private static Set<String> claims(UserFlow flow) {
        Set<String> claims = new TreeSet<>(ALWAYS);
        claims.add(flow.settings().flowClaim());
        for (String name : flow.claims()) {
            Matcher custom = CUSTOM.matcher(name);
            claims.add(
                    custom.matches()
                            ? "extension_" + custom.group(1)
                            : Optional.ofNullable(NAMES.get(name)).orElse(name));
        }
        return claims;
    }

    /** {@code GET .../discovery/v2.0/keys} (RFC 7517 section 5). */
    Response keySet(Request request, Found found) {
        Map<String, Object> keySet = keys.publicKeys(found.tenant().id()).toJSONObject(true);
        return answers.document(JSON.<JsonNode>valueToTree(keySet));
    }
}
