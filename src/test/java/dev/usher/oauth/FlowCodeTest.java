package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.flow.JourneyEnd;
import dev.usher.flow.JourneyStart;
import dev.usher.http.Response;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** From the authorization request to tokens and their renewal, on both databases. */
class FlowCodeTest {

    @ParameterizedTest
    @EnumSource
    void aPersonSignsInAndTheApplicationGetsTokens(EachDatabase database) throws Exception {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser browser = world.browser();
            Map<String, String> parameters = world.parameters();
            parameters.put("ui_locales", "de fr");
            parameters.put("login_hint", "ada@example.com");
            Response begun = world.authorize(browser, parameters);

            assertThat(begun.status()).isEqualTo(303);
            assertThat(Browser.location(begun)).isEqualTo(world.base() + "/journey/j1");
            assertThat(begun.headers().first("Set-Cookie"))
                    .contains(
                            "usher-journey-j1=secret-of-j1; Path=/; HttpOnly; Secure;"
                                    + " SameSite=Lax");
            JourneyStart start = world.journeys.starts.getFirst();
            assertThat(start.locales()).startsWith("de", "fr");
            assertThat(start.loginHint()).isEqualTo("ada@example.com");
            assertThat(start.clientId()).isEqualTo(world.app.appId());

            Response answered = world.finish(browser, begun, ended(world));
            assertThat(Browser.location(answered)).startsWith(FlowWorld.WEB + "?code=");
            Map<String, String> answer = Browser.answer(answered);
            assertThat(answer).containsOnlyKeys("code", "state");
            assertThat(answer.get("state")).isEqualTo("a b+c/d=e&f");

            Map<String, String> form = world.redemption(answer.get("code"));
            form.put("client_info", "1");
            Response redeemed = world.token(form);
            assertThat(redeemed.status()).isEqualTo(200);
            assertThat(redeemed.header("Cache-Control")).contains("no-store");
            JsonNode tokens = Json.of(redeemed);
            assertTokens(world, tokens);
        }
    }

    private static JourneyEnd ended(FlowWorld world) {
        return new JourneyEnd.SignedIn(
                world.person, true, world.world.clock.now(world.tenant.id()), false, null);
    }

    private static void assertTokens(FlowWorld world, JsonNode tokens) throws Exception {
        assertThat(tokens.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(tokens.path("scope").asString()).isEqualTo("openid offline_access");
        assertThat(tokens.path("resource").asString()).isEqualTo(world.app.appId());
        assertThat(tokens.path("refresh_token_expires_in").asInt()).isEqualTo(14 * 86_400);
        JWTClaimsSet id = FlowWorld.claims(tokens.path("id_token").asString());
        assertThat(id.getIssuer())
                .isEqualTo(World.ORIGIN + "/" + world.tenant.id() + "/" + FlowWorld.FLOW + "/v2.0");
        assertThat(id.getAudience()).containsExactly(world.app.appId());
        assertThat(id.getSubject()).isEqualTo(world.person);
        assertThat(new TreeMap<>(id.getClaims()).keySet())
                .containsExactly(
                        "aud",
                        "auth_time",
                        "emails",
                        "exp",
                        "iat",
                        "iss",
                        "name",
                        "nbf",
                        "newUser",
                        "nonce",
                        "oid",
                        "sub",
                        "tfp",
                        "tid",
                        "ver");
        assertThat(id.getStringClaim("nonce")).isEqualTo("n-0S6");
        assertThat(id.getStringClaim("tfp")).isEqualTo(FlowWorld.FLOW);
        assertThat(id.getStringClaim("ver")).isEqualTo("1.0");
        assertThat(id.getStringClaim("name")).isEqualTo("Ada Byron");
        assertThat(id.getStringListClaim("emails"))
                .containsExactly("ada@example.com", "second@example.com");
        assertThat(id.getBooleanClaim("newUser")).isTrue();
        JWTClaimsSet access = FlowWorld.claims(tokens.path("access_token").asString());
        assertThat(access.getAudience()).containsExactly(world.app.appId());
        assertThat(access.getStringClaim("azp")).isEqualTo(world.app.appId());
        assertThat(access.getClaim("scp")).isNull();
        JsonNode info = decoded(tokens, "client_info");
        assertThat(info.path("uid").asString())
                .isEqualTo(world.person + "-" + FlowWorld.FLOW.toLowerCase());
        assertThat(info.path("utid").asString()).isEqualTo(world.tenant.id().toString());
        assertThat(decoded(tokens, "profile_info").path("name").asString()).isEqualTo("Ada Byron");
    }

    private static JsonNode decoded(JsonNode tokens, String name) {
        return Json.part(tokens.path(name).asString(), 0);
    }

    @ParameterizedTest
    @EnumSource
    void aCodeIsGoodOnceAndItsSecondUseEndsWhatFollowed(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            String code = world.code();
            JsonNode tokens = Json.of(world.token(world.redemption(code)));
            String refresh = tokens.path("refresh_token").asString();

            assertRefused(world.token(world.redemption(code)), "AADB2C90080");
            assertRefused(world.token(world.refresh(refresh)), "AADB2C90129");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCodeExpires(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            String code = world.code();
            world.world.clock.advance(Duration.ofMinutes(10));
            assertRefused(world.token(world.redemption(code)), "AADB2C90080");
        }
    }

    static void assertRefused(Response response, String code) {
        assertThat(Browser.text(response)).contains("\"error_description\":\"" + code + ": ");
        assertThat(response.status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @EnumSource
    void refreshTokensRotateAndAnOldOneEndsTheFamily(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            String first = world.tokens().path("refresh_token").asString();
            world.world.clock.advance(Duration.ofDays(1));
            JsonNode renewed = Json.of(world.token(world.refresh(first)));
            String second = renewed.path("refresh_token").asString();
            JWTClaimsSet id = FlowWorld.claims(renewed.path("id_token").asString());

            assertThat(second).isNotEqualTo(first);
            assertThat(id.getClaims()).doesNotContainKeys("nonce", "newUser");
            // in the same second, which is all that the times in a token tell
            assertThat(Json.of(world.token(world.refresh(second))).path("access_token").asString())
                    .isNotEmpty()
                    .isNotEqualTo(renewed.path("access_token").asString());
            assertRefused(world.token(world.refresh(first)), "AADB2C90129");
            assertRefused(world.token(world.refresh(second)), "AADB2C90129");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refreshingEndsWithTheWindow(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            world.settings(
                    FlowWorld.FLOW,
                    "{'refreshTokenLifetimeDays': 2, 'refreshTokenWindowDays': 3,"
                            + " 'tokenLifetimeMinutes': 5}");
            JsonNode tokens = world.tokens();
            assertThat(tokens.path("expires_in").asInt()).isEqualTo(300);
            world.world.clock.advance(Duration.ofHours(47));
            JsonNode renewed =
                    Json.of(world.token(world.refresh(tokens.path("refresh_token").asString())));
            String last = renewed.path("refresh_token").asString();
            assertThat(renewed.path("refresh_token_expires_in").asInt()).isEqualTo(25 * 3600);
            world.world.clock.advance(Duration.ofHours(25));
            assertRefused(world.token(world.refresh(last)), "AADB2C90080");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAFlowDoesNotSetTheOrganizationSets(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            assertThat(world.tokens().path("expires_in").asInt()).isEqualTo(3600);
            world.organizationSettings(
                    "{'tokenLifetimeMinutes': 7, 'refreshTokenLifetimeDays': 2,"
                            + " 'applicationClaims': ['city'], 'issuerForm': 'tenant'}");
            world.settings(FlowWorld.FLOW, "{'refreshTokenLifetimeDays': 3}");
            JsonNode tokens = world.tokens();
            assertThat(tokens.path("expires_in").asInt()).isEqualTo(420);
            assertThat(tokens.path("refresh_token_expires_in").asInt()).isEqualTo(3 * 86_400);
            JWTClaimsSet id = FlowWorld.claims(tokens.path("id_token").asString());
            assertThat(id.getClaims()).containsEntry("city", "London").doesNotContainKey("name");
            assertThat(id.getIssuer()).endsWith(world.tenant.id() + "/v2.0/");
            world.settings(FlowWorld.FLOW, "{'tokenLifetimeMinutes': 60}");
            assertThat(world.tokens().path("expires_in").asInt()).isEqualTo(3600);
        }
    }
}
