package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.acceptance.fixture.Assertion;
import dev.usher.acceptance.fixture.Client;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Tokens;
import dev.usher.acceptance.fixture.Trust;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.MalformedURLException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tokens for the API: client credentials in every form that clients send, and discovery. */
@UsherTest
class TokenTest {

    private final Usher usher;
    private final Tokens tokens;
    private final String origin;
    private final Client admin;

    TokenTest(Usher usher) {
        this.usher = usher;
        this.tokens = usher.tokens();
        this.origin = usher.json().httpsUrl();
        this.admin = usher.tenant().admin();
    }

    private static void works(Usher usher, Reply reply) {
        JsonNode json = reply.expect(200).json();
        assertThat(json.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(json.get("expires_in").asInt()).isBetween(3500, 3600);
        assertThat(json.get("ext_expires_in").asInt()).isEqualTo(json.get("expires_in").asInt());
        assertThat(json.has("refresh_token")).isFalse();
        assertThat(reply.need("Cache-Control")).contains("no-store");
        String token = json.get("access_token").asString();
        usher.withToken("v1.0", () -> token).get("/identity/b2xUserFlows").expect(200);
    }

    @Test
    void claimsOfAToken() throws Exception {
        SignedJWT jwt = SignedJWT.parse(tokens.of(usher.tenant(), admin));
        JWTClaimsSet claims = jwt.getJWTClaimsSet();

        assertThat(claims.getAudience()).containsExactly("https://graph.microsoft.com");
        assertThat(claims.getIssuer()).isEqualTo(origin + "/" + usher.tenant().id() + "/v2.0");
        assertThat(claims.getStringClaim("tid")).isEqualTo(usher.tenant().id());
        assertThat(claims.getStringClaim("appid")).isEqualTo(admin.id());
        assertThat(claims.getStringClaim("appidacr")).isEqualTo("1");
        assertThat(claims.getStringClaim("idtyp")).isEqualTo("app");
        assertThat(claims.getStringListClaim("roles"))
                .contains(
                        "IdentityUserFlow.ReadWrite.All",
                        "IdentityProvider.ReadWrite.All",
                        "APIConnectors.ReadWrite.All");
        assertThat(claims.getClaims()).containsKeys("oid", "sub", "uti", "ver", "app_displayname");
        JWK key = keys().getKeyByKeyId(jwt.getHeader().getKeyID());
        assertThat(jwt.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();

        JWTClaimsSet reader =
                SignedJWT.parse(tokens.of(usher.tenant(), usher.tenant().reader()))
                        .getJWTClaimsSet();
        assertThat(reader.getStringListClaim("roles")).containsExactly("IdentityUserFlow.Read.All");
    }

    private JWKSet keys() throws ParseException {
        return JWKSet.parse(
                usher.http()
                        .get(origin + "/" + usher.tenant().id() + "/discovery/v2.0/keys")
                        .expect(200)
                        .text());
    }

    /** Secret in the form, what libraries add to it, tenant in either spelling, other scopes. */
    @Test
    void secretInTheForm() {
        for (String tenant :
                List.of(
                        usher.tenant().id(),
                        usher.tenant().domain(),
                        usher.tenant().domain().toUpperCase())) {
            works(usher, bySecret(tenant, Tokens.GRAPH_SCOPE));
        }
        for (String scope :
                List.of(
                        Tokens.GRAPH_SCOPE + " openid profile offline_access",
                        "https://graph.microsoft.com//.default")) {
            works(usher, bySecret(usher.tenant().id(), scope));
        }
        works(
                usher,
                tokens.request(
                        usher.tenant().id(),
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        admin.id(),
                        "client_secret",
                        admin.secret(),
                        "scope",
                        Tokens.GRAPH_SCOPE,
                        "x-client-SKU",
                        "MSAL.Java",
                        "x-ms-lib-capability",
                        "retry-after, h429",
                        "client_info",
                        "1",
                        "claims",
                        "{\"access_token\":{}}"));
    }

    private Reply bySecret(String tenant, String scope) {
        return tokens.request(
                tenant,
                "grant_type",
                "client_credentials",
                "client_id",
                admin.id(),
                "client_secret",
                admin.secret(),
                "scope",
                scope);
    }

    @Test
    void secretByBasic() {
        String credentials =
                Base64.getEncoder()
                        .encodeToString(
                                (admin.id() + ":" + admin.secret())
                                        .getBytes(StandardCharsets.UTF_8));
        works(
                usher,
                tokens.request(
                        usher.tenant().id(),
                        List.of("Authorization", "Basic " + credentials),
                        "grant_type",
                        "client_credentials",
                        "scope",
                        Tokens.GRAPH_SCOPE));
    }

    @Test
    void versionOneEndpointTakesAResource() {
        Reply reply =
                usher.http()
                        .send(
                                "POST",
                                origin + "/" + usher.tenant().id() + "/oauth2/token",
                                ("grant_type=client_credentials&client_id="
                                                + admin.id()
                                                + "&client_secret="
                                                + URLEncoder.encode(
                                                        admin.secret(), StandardCharsets.UTF_8)
                                                + "&resource=https%3A%2F%2Fgraph.microsoft.com")
                                        .getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/x-www-form-urlencoded");
        String token = reply.expect(200).json().get("access_token").asString();
        usher.withToken("v1.0", () -> token).get("/identity/b2xUserFlows").expect(200);
    }

    private static JsonNode refused(Reply reply, int status, String error) {
        JsonNode json = reply.expect(status).json();
        assertThat(json.get("error").asString()).as("%s", reply).isEqualTo(error);
        assertThat(json.get("error_description").asString())
                .startsWith("AADSTS" + json.get("error_codes").get(0).asInt() + ": ")
                .contains("Trace ID: ", "Correlation ID: ", "Timestamp: ");
        assertThat(json.get("timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");
        assertThat(json.get("trace_id").asString()).isNotBlank();
        assertThat(json.get("correlation_id").asString()).isNotBlank();
        return json;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    TENANT | client_credentials | ADMIN | wrong  | DEFAULT | 401 | invalid_client         | 7000215
                    TENANT | client_credentials | ADMIN |        | DEFAULT | 401 | invalid_client         | 7000218
                    TENANT | client_credentials | GUID  | SECRET | DEFAULT | 400 | unauthorized_client    | 700016
                    TENANT | client_credentials |       | SECRET | DEFAULT | 400 | invalid_request        | 900144
                    TENANT | client_credentials | ADMIN | SECRET |         | 400 | invalid_request        | 900144
                    TENANT |                    | ADMIN | SECRET | DEFAULT | 400 | invalid_request        | 900144
                    TENANT | client_credentials | ADMIN | SECRET | User.Read | 400 | invalid_scope        | 1002012
                    TENANT | client_credentials | ADMIN | SECRET | https://graph.microsoft.com/User.Read | 400 | invalid_scope | 1002012
                    TENANT | client_credentials | ADMIN | SECRET | https://other.example/.default | 400 | invalid_resource | 500011
                    TENANT | unheard_of         | ADMIN | SECRET | DEFAULT | 400 | unsupported_grant_type | 70003
                    nobody.example | client_credentials | ADMIN | SECRET | DEFAULT | 400 | invalid_request | 90002
                    GUID   | client_credentials | ADMIN | SECRET | DEFAULT | 400 | invalid_request        | 90002
                    common | client_credentials | ADMIN | SECRET | DEFAULT | 400 | invalid_request        | 9001023
                    """)
    void refusals(
            String tenant,
            String grant,
            String client,
            String secret,
            String scope,
            int status,
            String error,
            int code) {
        List<String> fields = new ArrayList<>();
        add(fields, "grant_type", grant);
        add(fields, "client_id", client);
        add(fields, "client_secret", secret);
        add(fields, "scope", scope);
        Reply reply = tokens.request(value(tenant), fields.toArray(String[]::new));

        assertThat(refused(reply, status, error).get("error_codes").toString())
                .isEqualTo("[" + code + "]");
    }

    private void add(List<String> fields, String name, String value) {
        if (value != null && !value.isEmpty()) {
            fields.addAll(List.of(name, value(value)));
        }
    }

    private String value(String name) {
        return switch (name) {
            case "TENANT" -> usher.tenant().id();
            case "ADMIN" -> admin.id();
            case "SECRET" -> admin.secret();
            case "DEFAULT" -> Tokens.GRAPH_SCOPE;
            case "GUID" -> "99999999-0000-4000-8000-000000000000";
            default -> name;
        };
    }

    @Test
    void correlationIsTheCallers() {
        String id = UUID.randomUUID().toString();
        Reply reply =
                tokens.request(
                        usher.tenant().id(),
                        List.of("client-request-id", id),
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        admin.id(),
                        "client_secret",
                        "wrong",
                        "scope",
                        Tokens.GRAPH_SCOPE);
        assertThat(refused(reply, 401, "invalid_client").get("correlation_id").asString())
                .isEqualTo(id);
    }

    @Test
    void msalWithSecretAndWithCertificate() throws Exception {
        IClientCredential certificate =
                ClientCredentialFactory.createFromCertificate(
                        Assertion.privateKey(admin), Trust.certificate(admin.certFile()));
        for (IClientCredential credential :
                List.of(ClientCredentialFactory.createFromSecret(admin.secret()), certificate)) {
            for (boolean oidc : new boolean[] {false, true}) {
                String token = msal(admin.id(), credential, oidc);
                usher.withToken("v1.0", () -> token).get("/identity/b2xUserFlows").expect(200);
            }
        }
        CompletionException refused =
                catchThrowableOfType(
                        CompletionException.class,
                        () ->
                                msal(
                                        admin.id(),
                                        ClientCredentialFactory.createFromSecret("wrong"),
                                        false));
        assertThat(refused.getCause())
                .isInstanceOfSatisfying(
                        MsalServiceException.class,
                        it -> {
                            assertThat(it.errorCode()).isEqualTo("invalid_client");
                            assertThat(it.statusCode()).isEqualTo(401);
                        });
    }

    private String msal(String clientId, IClientCredential credential, boolean oidc)
            throws MalformedURLException {
        var builder =
                ConfidentialClientApplication.builder(clientId, credential)
                        .sslSocketFactory(usher.trust().context().getSocketFactory());
        String authority = origin + "/" + usher.tenant().id() + "/";
        builder =
                oidc
                        ? builder.oidcAuthority(authority + "v2.0")
                        : builder.authority(authority).instanceDiscovery(false);
        return builder.build()
                .acquireToken(
                        ClientCredentialParameters.builder(Set.of(Tokens.GRAPH_SCOPE)).build())
                .join()
                .accessToken();
    }
}
