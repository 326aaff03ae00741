package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.flow.JourneyEnd;
import dev.usher.http.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who signed in once need not sign in again: how long, and for what else. */
class FlowSessionTest {

    private static final String OTHER = "B2C_1_Other";

    /** Whether the request is answered without a journey. */
    private static boolean silent(FlowWorld world, Browser browser, String flow, String clientId) {
        Map<String, String> parameters = world.parameters();
        parameters.put("client_id", clientId);
        parameters.put("prompt", "none");
        Response response =
                browser.get(
                        "/"
                                + world.tenant.id()
                                + "/"
                                + flow
                                + FlowAddress.AUTHORIZE
                                + "?"
                                + FlowWorld.encoded(parameters));
        Map<String, String> answer = Browser.answer(response);
        if (answer.containsKey("error")) {
            assertThat(answer.get("error")).isEqualTo("interaction_required");
        }
        return answer.containsKey("code");
    }

    private static boolean silent(FlowWorld world, Browser browser) {
        return silent(world, browser, FlowWorld.FLOW, world.app.appId());
    }

    private static Browser signedIn(FlowWorld world) {
        Browser browser = world.browser();
        assertThat(Browser.answer(world.signIn(browser, world.parameters()))).containsKey("code");
        return browser;
    }

    @ParameterizedTest
    @EnumSource
    void aSignInCountsForTheWholeTenantUnlessTheFlowSaysOtherwise(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            world.flow(OTHER, "b2cIdentityUserFlow", "signIn");
            Clients.Created second = world.application();
            Browser browser = signedIn(world);
            assertThat(silent(world, browser)).isTrue();
            assertThat(silent(world, browser, OTHER, world.app.appId())).isTrue();
            assertThat(silent(world, browser, FlowWorld.FLOW, second.appId())).isTrue();
            assertThat(silent(world, world.browser())).isFalse();

            world.settings(FlowWorld.FLOW, "{'sessionScope': 'application'}");
            browser = signedIn(world);
            assertThat(silent(world, browser)).isTrue();
            assertThat(silent(world, browser, FlowWorld.FLOW, second.appId())).isFalse();

            world.settings(FlowWorld.FLOW, "{'sessionScope': 'userFlow'}");
            world.settings(OTHER, "{'sessionScope': 'userFlow'}");
            browser = signedIn(world);
            assertThat(silent(world, browser, FlowWorld.FLOW, second.appId())).isTrue();
            assertThat(silent(world, browser, OTHER, world.app.appId())).isFalse();

            world.settings(FlowWorld.FLOW, "{'sessionScope': 'suppressed'}");
            browser = signedIn(world);
            assertThat(browser.cookies).containsOnlyKeys("usher-journey-j4");
            assertThat(silent(world, browser)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRollingSessionLastsAsLongAsItIsUsed(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            world.settings(FlowWorld.FLOW, "{'sessionLifetimeMinutes': 60}");
            Browser browser = signedIn(world);
            for (int use = 0; use < 3; use++) {
                world.world.clock.advance(Duration.ofMinutes(59));
                assertThat(silent(world, browser)).isTrue();
            }
            world.world.clock.advance(Duration.ofMinutes(60));
            assertThat(silent(world, browser)).isFalse();

            world.settings(
                    FlowWorld.FLOW, "{'sessionLifetimeMinutes': 60, 'sessionExpiry': 'absolute'}");
            browser = signedIn(world);
            world.world.clock.advance(Duration.ofMinutes(59));
            assertThat(silent(world, browser)).isTrue();
            world.world.clock.advance(Duration.ofMinutes(1));
            assertThat(silent(world, browser)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoAsksForItIsKeptSignedIn(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            world.settings(FlowWorld.FLOW, "{'keepMeSignedInDays': 30}");
            Browser browser = world.browser();
            Response response =
                    world.finish(
                            browser,
                            world.authorize(browser, world.parameters()),
                            new JourneyEnd.SignedIn(
                                    world.person,
                                    false,
                                    world.world.clock.now(world.tenant.id()),
                                    true,
                                    null));
            assertThat(response.headers().all("Set-Cookie"))
                    .singleElement()
                    .asString()
                    .startsWith("usher-session-" + world.tenant.id() + "=")
                    .endsWith("; Max-Age=" + 30 * 86_400);
            world.world.clock.advance(Duration.ofDays(29));
            assertThat(silent(world, browser)).isTrue();
            world.world.clock.advance(Duration.ofDays(31));
            assertThat(silent(world, browser)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsCanInsistOnANewSignIn(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser browser = signedIn(world);
            for (String prompt : new String[] {"login", "select_account", "login consent"}) {
                Map<String, String> parameters = world.parameters();
                parameters.put("prompt", prompt);
                assertThat(Browser.location(world.authorize(browser, parameters)))
                        .as(prompt)
                        .contains("/journey/");
            }
            world.world.clock.advance(Duration.ofMinutes(5));
            Map<String, String> parameters = world.parameters();
            parameters.put("max_age", "300");
            assertThat(Browser.answer(world.authorize(browser, parameters))).containsKey("code");
            parameters.put("max_age", "299");
            assertThat(Browser.location(world.authorize(browser, parameters)))
                    .contains("/journey/");
            assertThat(world.journeys.starts.getLast().signedIn()).isNull();
            parameters.put("prompt", "none");
            assertThat(Browser.answer(world.authorize(browser, parameters)))
                    .containsEntry("error", "interaction_required");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSignInEndsWithTheAccountAndWithItsSessions(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser browser = signedIn(world);
            world.changePerson(person -> person.put("accountEnabled", false));
            assertThat(silent(world, browser)).isFalse();
            world.changePerson(person -> person.put("accountEnabled", true));
            assertThat(silent(world, browser)).isTrue();
            world.changePerson(person ->
                    person.put("signInSessionsValidFromDateTime", "2026-11-22T10:00:01Z"));
            assertThat(silent(world, browser)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfAJourneyIsGoodForOneAnswer(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser browser = signedIn(world);
            Response again = browser.get(world.resume("j1"));
            assertThat(Browser.location(again)).startsWith(world.base() + FlowAddress.AUTHORIZE);
            assertThat(Browser.answer(browser.get(Browser.location(again))))
                    .containsKeys("code", "state");

            browser.get(world.base() + FlowAddress.LOGOUT);
            Response backButton = browser.get(world.resume("j1"));
            assertThat(Browser.location(browser.get(Browser.location(backButton))))
                    .contains("/journey/");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsToldOnceInTheWordsOfTheJourney(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser browser = world.browser();
            Response response =
                    world.finish(
                            browser,
                            world.authorize(browser, world.parameters()),
                            new JourneyEnd.Refused(
                                    "access_denied", 90118, "The person forgot the password."));
            Map<String, String> answer = Browser.answer(response);
            assertThat(answer).containsEntry("error", "access_denied").containsKey("state");
            assertThat(answer.get("error_description"))
                    .startsWith("AADB2C90118: The person forgot the password.\r\nCorrelation ID: ");
            assertThat(Browser.location(browser.get(world.resume("j1"))))
                    .startsWith(world.base() + FlowAddress.AUTHORIZE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void signingInAgainReplacesTheSecretAndEndsWhatOthersWereSignedInTo(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            world.flow(OTHER, "b2cIdentityUserFlow", "signIn");
            world.settings(OTHER, "{'sessionScope': 'userFlow'}");
            String cookie = "usher-session-" + world.tenant.id();
            Browser browser = signedIn(world);
            Browser planted = world.browser();
            planted.cookies.putAll(browser.cookies);
            String other = world.person("Bob", "bob@example.com");

            Map<String, String> parameters = world.parameters();
            Response begun =
                    browser.get(
                            "/"
                                    + world.tenant.id()
                                    + "/"
                                    + OTHER
                                    + FlowAddress.AUTHORIZE
                                    + "?"
                                    + FlowWorld.encoded(parameters));
            String path = Browser.location(begun);
            String id = path.substring(path.lastIndexOf('/') + 1);
            world.journeys.end(
                    id,
                    new JourneyEnd.SignedIn(
                            other, false, world.world.clock.now(world.tenant.id()), false, null));
            browser.get(
                    "/" + world.tenant.id() + "/" + OTHER + FlowAddress.RESUME + "?journey=" + id);

            assertThat(browser.cookies.get(cookie)).isNotEqualTo(planted.cookies.get(cookie));
            assertThat(silent(world, browser, OTHER, world.app.appId())).isTrue();
            assertThat(silent(world, browser)).isFalse();
            assertThat(silent(world, planted)).isFalse();
            assertThat(silent(world, planted, OTHER, world.app.appId())).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void plainAndSecureSessionsDoNotMeet(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Browser plain = new Browser(world.router, World.OTHER_ORIGIN);
            Response response = world.signIn(plain, world.parameters());
            assertThat(response.headers().all("Set-Cookie"))
                    .singleElement()
                    .asString()
                    .startsWith("usher-session-" + world.tenant.id() + "-plain=")
                    .endsWith("; Path=/; HttpOnly; SameSite=Lax");
            assertThat(silent(world, plain)).isTrue();
            Browser secure = world.browser();
            secure.cookies.putAll(plain.cookies);
            assertThat(silent(world, secure)).isFalse();
        }
    }
}
