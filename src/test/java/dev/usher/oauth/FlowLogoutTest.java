package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.http.Response;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signing out: what ends, who hears of it, and where the browser goes. */
class FlowLogoutTest {

    private static final String EVIL = "https://evil.example/";

    private static boolean signedIn(FlowWorld world, Browser browser, String clientId) {
        Map<String, String> parameters = world.parameters();
        parameters.put("client_id", clientId);
        parameters.put("prompt", "none");
        return Browser.answer(world.authorize(browser, parameters)).containsKey("code");
    }

    private static String logout(FlowWorld world, String query) {
        return world.base() + FlowAddress.LOGOUT + query;
    }

    @ParameterizedTest
    @EnumSource
    void thePersonIsSignedOutAndTheApplicationsAreTold(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser browser = world.browser();
            world.signIn(browser, world.parameters());
            Response response =
                    browser.get(
                            logout(
                                    world,
                                    "?post_logout_redirect_uri="
                                            + FlowWorld.WEB
                                            + "&state=x%20y&client_id="
                                            + world.app.appId()));

            assertThat(response.status()).isEqualTo(200);
            assertThat(Browser.text(response))
                    .contains("<iframe src=\"https://app.example/signed-out\"")
                    .contains("href=\"" + FlowWorld.WEB + "?state=x%20y\"");
            assertThat(response.header("Refresh"))
                    .contains("2;url=" + FlowWorld.WEB + "?state=x%20y");
            assertThat(response.header("Content-Security-Policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy).contains("frame-src https://app.example;"));
            assertThat(browser.cookies).doesNotContainKey("usher-session-" + world.tenant.id());
            assertThat(signedIn(world, browser, world.app.appId())).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnybodyToTellTheBrowserGoesOnAtOnce(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            world.change(world.app, "{'web': {'redirectUris': ['" + FlowWorld.WEB + "']}}");
            Browser browser = world.browser();
            String hint =
                    Json.of(
                                    world.token(
                                            world.redemption(
                                                    Browser.answer(
                                                                    world.signIn(
                                                                            browser,
                                                                            world.parameters()))
                                                            .get("code"))))
                            .path("id_token")
                            .asString();
            world.world.clock.advance(java.time.Duration.ofHours(2));
            Response response =
                    browser.get(
                            logout(
                                    world,
                                    "?id_token_hint="
                                            + hint
                                            + "&post_logout_redirect_uri="
                                            + FlowWorld.WEB));

            assertThat(Browser.location(response)).isEqualTo(FlowWorld.WEB);
            assertThat(signedIn(world, browser, world.app.appId())).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsSentWhereNothingIsRegistered(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser browser = world.browser();
            world.signIn(browser, world.parameters());
            Response unnamed = browser.get(logout(world, "?post_logout_redirect_uri=" + EVIL));
            assertThat(unnamed.status()).isEqualTo(200);
            assertThat(unnamed.header("Refresh")).isEmpty();
            assertThat(Browser.text(unnamed)).doesNotContain("evil");
            assertThat(signedIn(world, browser, world.app.appId())).isFalse();

            world.signIn(browser, world.parameters());
            Response known =
                    browser.get(logout(world, "?post_logout_redirect_uri=" + FlowWorld.WEB));
            assertThat(known.header("Refresh")).contains("2;url=" + FlowWorld.WEB);
            Response stranger =
                    world.browser()
                            .get(logout(world, "?post_logout_redirect_uri=" + FlowWorld.WEB));
            assertThat(stranger.header("Refresh")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationsSignInEndsByItself(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            world.settings(FlowWorld.FLOW, "{'sessionScope': 'application'}");
            Clients.Created second = world.application();
            Browser browser = world.browser();
            world.signIn(browser, world.parameters());
            Map<String, String> theirs = world.parameters();
            theirs.put("client_id", second.appId());
            world.signIn(browser, theirs);

            browser.post(world.base() + FlowAddress.LOGOUT, "client_id=" + second.appId());
            assertThat(signedIn(world, browser, second.appId())).isFalse();
            assertThat(signedIn(world, browser, world.app.appId())).isTrue();
            browser.get(world.base() + FlowAddress.LOGOUT);
            assertThat(signedIn(world, browser, world.app.appId())).isFalse();
        }
    }
}
