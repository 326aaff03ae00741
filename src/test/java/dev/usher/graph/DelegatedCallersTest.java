package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.odata.Permission;
import dev.usher.token.TrustedIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Applications, work accounts and personal accounts are three different checks. The delegated
 * callers come from an issuer that the configuration trusts, as those of a real Entra tenant would.
 */
class DelegatedCallersTest {

    private static final String ISSUER = "https://login.example/v2.0";
    private static final URI KEYS = URI.create("https://login.example/keys");
    private static final String PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";
    private static final String FLOW_ADMINISTRATOR = "6e591065-9bad-43ed-90f3-e9424366d2f0";
    private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String PROVIDER_ADMINISTRATOR = "be2f45a1-457d-42af-a067-6ec1fa63bc45";
    private static final String FLOWS = "/v1.0/identity/b2xUserFlows";
    private static final String FLOW =
            "{\"id\":\"Partner\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}";

    private RSAKey key;
    private GraphWorld graph;

    @BeforeEach
    void open() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        graph =
                new GraphWorld(
                        EachDatabase.SQLITE.fresh(),
                        new TrustedIssuer(ISSUER, KEYS, "contoso.onmicrosoft.com", Set.of()));
        graph.world.published.put(KEYS, new JWKSet(key.toPublicJWK()).toString());
    }

    @AfterEach
    void close() {
        graph.close();
    }

    @Test
    void aChallengeHoldsNothingThatEndsItsLine() {
        Answer refused = graph.get("/v1.0/a.b%0d%0aX-Else:%20%22%c3%a4%5c/identity/b2xUserFlows");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate"))
                .startsWith("Bearer ")
                .contains("'a.b''X-Else: ''''")
                .matches("[\\x20-\\x7E]+");
    }

    @Test
    void anApplicationNeedsThePermissionAlone() {
        String reader = graph.token("IdentityUserFlow.Read.All");
        assertThat(graph.sendAs(reader, "GET", FLOWS, null).status()).isEqualTo(200);
        Answer refused = graph.sendAs(reader, "POST", FLOWS, FLOW);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("error").path("code").asString()).isEqualTo("AADB2C");
        assertThat(refused.message())
                .contains("IdentityUserFlow.ReadWrite.All")
                .contains("presents: IdentityUserFlow.Read.All");
    }

    @ParameterizedTest
    @CsvSource({
        "IdentityUserFlow.ReadWrite.All, " + FLOW_ADMINISTRATOR + ", 201",
        "IdentityUserFlow.ReadWrite.All, " + GLOBAL_ADMINISTRATOR + ", 201",
        "IdentityUserFlow.ReadWrite.All, " + PROVIDER_ADMINISTRATOR + ", 403",
        "IdentityUserFlow.ReadWrite.All, , 403",
        "IdentityUserFlow.Read.All, " + GLOBAL_ADMINISTRATOR + ", 403",
    })
    void aWorkAccountNeedsThePermissionAndARole(String scope, String role, int status) {
        String token = delegated(graph.tenant.id().toString(), scope, role);
        assertThat(graph.sendAs(token, "POST", FLOWS, FLOW).status()).isEqualTo(status);
    }

    @Test
    void readingProvidersIsAlsoForTheUserFlowRole() {
        String tenant = graph.tenant.id().toString();
        String token = delegated(tenant, "IdentityProvider.Read.All", FLOW_ADMINISTRATOR);
        assertThat(graph.sendAs(token, "GET", "/v1.0/identity/identityProviders", null).status())
                .isEqualTo(200);
    }

    @Test
    void aPersonalAccountIsRefused() {
        String token =
                delegated(PERSONAL_TENANT, "IdentityUserFlow.ReadWrite.All", GLOBAL_ADMINISTRATOR);
        Answer refused = graph.sendAs(token, "GET", FLOWS, null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("Personal accounts are not supported");
    }

    @Test
    void eachExpandNeedsItsOwnPermission() {
        graph.post(FLOWS, FLOW);
        String reader = graph.token("IdentityUserFlow.Read.All");
        String flow = FLOWS + "/B2X_1_Partner";
        assertThat(
                        graph.sendAs(
                                        reader,
                                        "GET",
                                        flow + "?$expand=userFlowIdentityProviders",
                                        null)
                                .status())
                .isEqualTo(200);
        assertThat(
                        graph.sendAs(
                                        reader,
                                        "GET",
                                        flow
                                                + "?$expand=apiConnectorConfiguration/postFederationSignup",
                                        null)
                                .status())
                .isEqualTo(403);
        assertThat(graph.sendAs(reader, "GET", flow + "/userFlowIdentityProviders", null).status())
                .isEqualTo(403);
    }

    /** A filter tells what embedding would show, so it takes what embedding takes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1.0/identity/b2xUserFlows|userFlowIdentityProviders|",
                "/beta/identity/b2cUserFlows|identityProviders|/$count",
                "/v1.0/identity/b2xUserFlows|userAttributeAssignments|",
                "/v1.0/identity/authenticationEventsFlows|conditions/applications/includeApplications|",
            })
    void aFilterNeedsThePermissionOfAnExpand(String set, String path, String count) {
        List<Permission> expanding = graph.needed(set + "?$expand=" + path);
        String filter = "?$filter=" + path + "/any()";
        assertThat(expanding).hasSize(2);
        assertThat(graph.needed(set + filter)).isEqualTo(expanding);
        if (count != null) {
            assertThat(graph.needed(set + count + filter)).isEqualTo(expanding);
            assertThat(graph.needed(set + "/$ref" + filter)).isEqualTo(expanding);
        }
        assertThat(graph.needed(set + "?$filter=id eq 'x'")).isEqualTo(expanding.subList(0, 1));
        String inside = "/v1.0/identity/b2xUserFlows?$expand=userAttributeAssignments($filter=%s)";
        assertThat(graph.needed(inside.formatted("userAttributeValues/any()"))).hasSize(2);
    }

    private String delegated(String home, String scope, String role) {
        try {
            Instant now = graph.world.clock.now();
            JWTClaimsSet claims =
                    new JWTClaimsSet.Builder()
                            .issuer(ISSUER)
                            .audience("https://graph.microsoft.com")
                            .claim("tid", home)
                            .claim("oid", "11111111-aaaa-4aaa-8aaa-111111111111")
                            .claim("appid", "22222222-aaaa-4aaa-8aaa-222222222222")
                            .claim("scp", scope)
                            .claim("wids", role == null ? List.of() : List.of(role))
                            .issueTime(Date.from(now))
                            .notBeforeTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
                            .build();
            SignedJWT jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
