package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.TokenSource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.acceptance.fixture.Fields;
import dev.usher.acceptance.fixture.FormBrowser;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** MSAL with a plain authority, which names the tenant alone: the application meets its flow. */
@UsherTest
class TenantAddressTest {

    private static final Path NODE =
            Path.of(System.getProperty("usher.root"), "acceptance", "node");
    private static final String REDIRECT = "http://localhost:3000/signed-in";
    private static final String VERIFIER = "msal4j-leaves-making-this-to-its-application-";

    private final Usher usher;
    private final String person;
    private final String authority;

    TenantAddressTest(Usher usher) {
        this.usher = usher;
        this.person = usher.tenant().users().keySet().iterator().next();
        this.authority = usher.json().httpsUrl() + "/" + usher.tenant().id();
    }

    @BeforeEach
    void theApplicationsMeetAFlow() {
        usher.beta()
                .patch(
                        "/identity/b2cUserFlows/"
                                + usher.tenant().flows().get("signUpOrSignIn")
                                + "/usher.settings",
                        Map.of(
                                "applications",
                                List.of(usher.tenant().app(), usher.tenant().admin().id())))
                .expect(204);
    }

    private void isThePerson(Map<String, Object> claims, String client) {
        assertThat(claims)
                .containsEntry("iss", authority + "/v2.0")
                .containsEntry("preferred_username", person)
                .containsEntry("ver", "2.0")
                .containsEntry("tid", usher.tenant().id())
                .doesNotContainKey("tfp");
        assertThat(claims.get("aud").toString()).contains(client);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void msalForNode(boolean confidential) {
        String client = confidential ? usher.tenant().admin().id() : usher.tenant().app();
        Map<String, String> environment = new HashMap<>();
        environment.put("USHER_EMAIL", person);
        environment.put("USHER_PASSWORD", usher.tenant().users().get(person));
        environment.put("NODE_EXTRA_CA_CERTS", usher.json().caFile().toString());
        environment.put("USHER_AUTHORITY", authority);
        environment.put("USHER_CLIENT", client);
        environment.put("USHER_SECRET", confidential ? usher.tenant().admin().secret() : "");
        var finished =
                Program.needed("node", NODE.resolve("node_modules"))
                        .run(environment, NODE.resolve("msal.mjs").toString());
        assertThat(finished.exit()).as(finished.err()).isZero();
        JsonNode result = Json.parse(finished.out());

        for (String which : List.of("claims", "renewed")) {
            assertThat(result.at("/" + which + "/iss").asString()).isEqualTo(authority + "/v2.0");
            assertThat(result.at("/" + which + "/preferred_username").asString()).isEqualTo(person);
            assertThat(result.at("/" + which + "/ver").asString()).isEqualTo("2.0");
        }
        assertThat(result.get("homeAccountId").asString())
                .isEqualTo(result.at("/claims/oid").asString() + "." + usher.tenant().id());
        assertThat(result.get("fromCache").asBoolean()).isFalse();
        assertThat(result.get("out").asString()).isEqualTo(REDIRECT);
        assertThat(result.get("after").asString()).isEqualTo("login_required");
    }

    @Test
    void msalForJava() throws Exception {
        var application =
                PublicClientApplication.builder(usher.tenant().app())
                        .sslSocketFactory(usher.trust().context().getSocketFactory())
                        // with a plain authority it renews at the host alone, without the port
                        .oidcAuthority(authority + "/v2.0")
                        .build();
        Set<String> scopes = Set.of(usher.tenant().app() + "/.default");
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        String url =
                application
                        .getAuthorizationRequestUrl(
                                AuthorizationRequestUrlParameters.builder(REDIRECT, scopes)
                                        .codeChallenge(
                                                Base64.getUrlEncoder()
                                                        .withoutPadding()
                                                        .encodeToString(hash))
                                        .codeChallengeMethod("S256")
                                        .build())
                        .toString();
        FormBrowser browser = new FormBrowser(usher.http(), usher.json().httpsUrl());
        browser.open(url)
                .press("next", "email", person, "password", usher.tenant().users().get(person));
        IAuthenticationResult first =
                application
                        .acquireToken(
                                AuthorizationCodeParameters.builder(
                                                Fields.posted(browser.html()).get("code"),
                                                URI.create(REDIRECT))
                                        .scopes(scopes)
                                        .codeVerifier(VERIFIER)
                                        .build())
                        .join();
        isThePerson(claims(first.idToken()), usher.tenant().app());
        assertThat(first.account().username()).isEqualTo(person);

        IAuthenticationResult renewed =
                application
                        .acquireTokenSilently(
                                SilentParameters.builder(scopes, first.account())
                                        .forceRefresh(true)
                                        .build())
                        .join();
        assertThat(renewed.metadata().tokenSource()).isEqualTo(TokenSource.IDENTITY_PROVIDER);
        assertThat(claims(renewed.accessToken())).containsEntry("azp", usher.tenant().app());
    }

    private static Map<String, Object> claims(String token) throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        return claims.getClaims();
    }

    /** What Graph registers is matched whole, but for the port: a star is a path like any other. */
    @Test
    void anApplicationOfGraphsHasNoWildcardAndIsToldThatNoFlowNamesIt() {
        String client =
                usher.graph()
                        .post(
                                "/applications",
                                Json.object(
                                        "displayName",
                                        Usher.fresh("App"),
                                        "publicClient",
                                        Map.of("redirectUris", List.of("http://localhost/*"))))
                        .expect(201)
                        .json()
                        .get("appId")
                        .asString();
        usher.graph().post("/servicePrincipals", Map.of("appId", client)).expect(201);

        assertThat(asked(client, "http://localhost:3000/signed-in")).contains("AADSTS50011");
        assertThat(asked(client, "http://localhost:3000/*")).contains("AADSTS70001");
    }

    private String asked(String client, String redirectUri) {
        FormBrowser browser = new FormBrowser(usher.http(), usher.json().httpsUrl());
        return browser.open(
                        authority
                                + "/oauth2/v2.0/authorize?response_type=code&scope=openid&client_id="
                                + client
                                + "&redirect_uri="
                                + redirectUri)
                .html();
    }
}
