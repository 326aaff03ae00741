package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.directory.Throttle;
import dev.usher.http.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A flow without pages: name and password for tokens. */
class FlowPasswordTest {

    private static final String FLOW = "B2C_1_Ropc";

    private static FlowWorld world(EachDatabase database) {
        FlowWorld world = new FlowWorld(database.fresh());
        world.flow(FLOW, "b2cIdentityUserFlow", "resourceOwner");
        world.change(world.app, "{'isFallbackPublicClient': true}");
        return world;
    }

    static Map<String, String> form(FlowWorld world) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("client_id", world.app.appId());
        form.put("username", "ADA@example.com");
        form.put("password", FlowWorld.PASSWORD);
        form.put("scope", "openid " + world.app.appId() + " offline_access");
        form.put("response_type", "token id_token");
        return form;
    }

    static Response token(FlowWorld world, Map<String, String> form) {
        return world.browser()
                .post(
                        "/" + world.tenant.id() + "/oauth2/v2.0/token?p=" + FLOW,
                        FlowWorld.encoded(form));
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordIsWorthTokensThatCanBeRenewed(EachDatabase database) throws Exception {
        try (FlowWorld world = world(database)) {
            Response response = token(world, form(world));
            assertThat(response.status()).as(Browser.text(response)).isEqualTo(200);
            assertThat(response.headers().all("Set-Cookie")).isEmpty();
            JsonNode tokens = Json.of(response);
            JWTClaimsSet id = FlowWorld.claims(tokens.path("id_token").asString());
            assertThat(id.getSubject()).isEqualTo(world.person);
            assertThat(id.getStringClaim("tfp")).isEqualTo(FLOW);

            Map<String, String> refresh = world.refresh(tokens.path("refresh_token").asString());
            refresh.remove("client_secret");
            refresh.put("response_type", "id_token");
            refresh.put("resource", world.app.appId());
            assertThat(Json.of(token(world, refresh)).has("id_token")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void guessesLockTheAccountAsEverywhere(EachDatabase database) {
        try (FlowWorld world = world(database)) {
            Map<String, String> wrong = form(world);
            int guesses = 0;
            Response last;
            do {
                wrong.put("password", "wrong " + guesses++);
                last = token(world, wrong);
            } while (Browser.text(last).contains("AADB2C90225") && guesses < 100);
            FlowCodeTest.assertRefused(last, "AADB2C90114");
            FlowCodeTest.assertRefused(token(world, form(world)), "AADB2C90114");
            world.world.clock.advance(Duration.ofHours(6));
            assertThat(token(world, form(world)).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherFlowsTakeNoPasswords(EachDatabase database) {
        try (FlowWorld world = world(database)) {
            FlowCodeTest.assertRefused(world.token(form(world)), "AADB2C90086");
            String metadata = "/" + world.tenant.id() + "/" + FLOW + FlowAddress.METADATA;
            assertThat(Json.of(world.browser().get(metadata)).path("grant_types_supported"))
                    .map(JsonNode::asString)
                    .isEqualTo(List.of("password", "refresh_token", "client_credentials"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneNetworkGuessesOnlySoOften(EachDatabase database) {
        Throttle.Limit limit = new Throttle.Limit("failures", 3, Duration.ofHours(1));
        try (FlowWorld world = new FlowWorld(database.fresh(), 2, limit)) {
            world.flow("B2C_1_Ropc", "b2cIdentityUserFlow", "resourceOwner");
            world.change(world.app, "{'isFallbackPublicClient': true}");
            for (int guess = 0; guess < 3; guess++) {
                Map<String, String> wrong = form(world);
                wrong.put("username", "somebody" + guess + "@example.com");
                FlowCodeTest.assertRefused(token(world, wrong), "AADB2C90225");
            }
            Response last = token(world, form(world));
            FlowCodeTest.assertRefused(last, "AADB2C90229");
            assertThat(last.status()).isEqualTo(429);
            assertThat(last.header("Retry-After")).contains("3600");
            world.world.clock.advance(Duration.ofHours(1));
            assertThat(token(world, form(world)).status()).isEqualTo(200);
        }
    }
}
