package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.client.Clients;
import dev.usher.http.Response;
import dev.usher.secret.Sha256;
import dev.usher.store.TestDatabases;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The ways in which answers travel, and what each response type answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowAnswerModesTest {

    private FlowWorld world;

    @BeforeAll
    void open() {
        world = new FlowWorld(TestDatabases.sqliteSettings());
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Map<String, String> asking(String responseType) {
        Map<String, String> parameters = world.parameters();
        parameters.put("response_type", responseType);
        parameters.put("scope", "openid offline_access " + world.app.appId());
        return parameters;
    }

    private static String halfHash(String value) {
        byte[] hash = Sha256.bytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id_token",
                "token",
                "id_token token",
                "code id_token",
                "code token",
                "code id_token token",
                "token id_token code"
            })
    void eachResponseTypeAnswersWhatItNames(String type) throws Exception {
        Response response = world.signIn(world.browser(), asking(type));
        assertThat(Browser.location(response)).startsWith(FlowWorld.WEB + "#");
        Map<String, String> answer = Browser.answer(response);

        assertThat(answer.containsKey("code")).isEqualTo(type.contains("code"));
        assertThat(answer.containsKey("id_token")).isEqualTo(type.contains("id_token"));
        boolean token = (" " + type + " ").contains(" token ");
        assertThat(answer.containsKey("access_token")).isEqualTo(token);
        assertThat(answer).containsEntry("state", "a b+c/d=e&f").doesNotContainKey("client_info");
        if (token) {
            assertThat(answer)
                    .containsEntry("token_type", "Bearer")
                    .containsEntry("expires_in", "3600")
                    .containsKeys("scope", "not_before");
        }
        if (answer.containsKey("id_token")) {
            JWTClaimsSet id = FlowWorld.claims(answer.get("id_token"));
            assertThat(id.getStringClaim("nonce")).isEqualTo("n-0S6");
            assertThat(id.getStringClaim("at_hash"))
                    .isEqualTo(token ? halfHash(answer.get("access_token")) : null);
            assertThat(id.getStringClaim("c_hash"))
                    .isEqualTo(answer.containsKey("code") ? halfHash(answer.get("code")) : null);
        }
    }

    @Test
    void aFormIsPostedToTheApplication() {
        Map<String, String> parameters = asking("code id_token");
        parameters.put("response_mode", "form_post");
        parameters.put("state", "\"><script>alert(1)</script>");
        Response response = world.signIn(world.browser(), parameters);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(response.header("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy)
                                .contains("form-action 'self' https://app.example")
                                .contains("frame-ancestors https://app.example;"));
        assertThat(response.header("X-Frame-Options")).isEmpty();
        assertThat(Browser.text(response))
                .contains("<form method=\"post\" action=\"" + FlowWorld.WEB + "\"")
                .contains("name=\"code\"")
                .contains("name=\"id_token\"")
                .doesNotContain("<script>alert");
    }

    @ParameterizedTest
    @CsvSource({"query, ?", "fragment, #"})
    void aCodeTravelsByTheModeThatIsAskedFor(String mode, String separator) {
        Map<String, String> parameters = asking("code");
        parameters.put("response_mode", mode);
        parameters.put("client_info", "1");
        Response response = world.signIn(world.browser(), parameters);

        assertThat(Browser.location(response)).startsWith(FlowWorld.WEB + separator + "code=");
        assertThat(Browser.answer(response)).containsOnlyKeys("code", "client_info", "state");
    }

    @Test
    void aRequestMayComeAsAForm() {
        Response begun =
                world.browser()
                        .post(
                                world.base() + FlowAddress.AUTHORIZE,
                                FlowWorld.encoded(world.parameters()));
        assertThat(begun.status()).isEqualTo(303);
        assertThat(Browser.location(begun)).contains("/journey/");
    }

    @Test
    void programsOnDevicesAndPagesRedeemWithoutSecret() {
        for (String uri : new String[] {FlowWorld.SPA, "http://localhost:49152/here"}) {
            Map<String, String> parameters = world.parameters();
            parameters.put("redirect_uri", uri);
            Map<String, String> form = world.redemption(world.code(parameters));
            form.put("redirect_uri", uri);
            form.remove("client_secret");
            JsonNode tokens = Json.of(world.token(form));

            assertThat(tokens.path("refresh_token_expires_in").asInt())
                    .as(uri)
                    .isEqualTo(uri.equals(FlowWorld.SPA) ? 86_400 : 14 * 86_400);
            Map<String, String> refresh = world.refresh(tokens.path("refresh_token").asString());
            refresh.remove("client_secret");
            assertThat(Json.of(world.token(refresh)).has("id_token")).isTrue();
        }
    }

    @Test
    void anApplicationWithoutImplicitGrantsGetsNoTokensDirectly() {
        Clients.Created client = world.application();
        world.change(
                client,
                "{'web': {'redirectUris': ['"
                        + FlowWorld.WEB
                        + "'], 'implicitGrantSettings': {'enableIdTokenIssuance': true}}}");
        Map<String, String> parameters = asking("id_token token");
        parameters.put("client_id", client.appId());
        assertThat(Browser.answer(world.authorize(world.browser(), parameters)))
                .containsEntry("error", "unauthorized_client");
        parameters.put("response_type", "id_token");
        parameters.put("scope", "openid");
        assertThat(Browser.location(world.authorize(world.browser(), parameters)))
                .contains("/journey/");
    }

    @Test
    void theClaimsThatAFlowChoosesAreInItsTokens() throws Exception {
        world.flow("B2C_1_Claims", "b2cIdentityUserFlow", "signIn");
        world.settings(
                "B2C_1_Claims",
                "{'applicationClaims': ['givenName', 'city', 'surname',"
                        + " 'extension_0123456789ABCDEF0123456789abcdef_Level'],"
                        + " 'issuerForm': 'trustFrameworkPolicy'}");
        Browser browser = world.browser();
        world.signIn(browser, world.parameters());
        Map<String, String> parameters = asking("id_token");
        Response response =
                browser.get(
                        "/tfp/"
                                + world.tenant.id()
                                + "/b2c_1_claims"
                                + FlowAddress.AUTHORIZE
                                + "?"
                                + FlowWorld.encoded(parameters));
        JWTClaimsSet id = FlowWorld.claims(Browser.answer(response).get("id_token"));

        assertThat(id.getIssuer())
                .isEqualTo(World.ORIGIN + "/tfp/" + world.tenant.id() + "/b2c_1_claims/v2.0/");
        assertThat(id.getStringClaim("tfp")).isEqualTo("B2C_1_Claims");
        assertThat(id.getStringClaim("given_name")).isEqualTo("Ada");
        assertThat(id.getStringClaim("city")).isEqualTo("London");
        assertThat(id.getLongClaim("extension_Level")).isEqualTo(7);
        assertThat(id.getClaims())
                .doesNotContainKeys("family_name", "name", "emails", "oid", "newUser", "idp");
    }

    @Test
    void userInfoSaysWhatTheTokensSay() {
        JsonNode tokens = world.tokens();
        Response response = userInfo(tokens.path("access_token").asString());

        assertThat(response.status()).isEqualTo(200);
        assertThat(Json.of(response).path("sub").asString()).isEqualTo(world.person);
        assertThat(Json.of(response).path("name").asString()).isEqualTo("Ada Byron");
        assertThat(Json.of(response).path("emails").size()).isEqualTo(2);
        for (String bad : new String[] {"", "x", tokens.path("id_token").asString()}) {
            Response refused = userInfo(bad);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate"))
                    .hasValueSatisfying(how -> assertThat(how).startsWith("Bearer"));
        }
    }

    private Response userInfo(String token) {
        Browser browser = world.browser();
        browser.authorization = "Bearer " + token;
        return browser.get(world.base() + FlowAddress.USER_INFO);
    }
}
