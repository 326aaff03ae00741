package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.JourneyEnd;
import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.http.Response;
import dev.usher.oauth.EachDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that arrive at the same time: one counts. */
class JourneyRaceTest {

    private static final String PASSWORD = "Correct-horse-7";
    private static final int AT_ONCE = 4;

    private static Browser begin(JourneyWorld world) {
        Browser browser = world.begin("B2C_1_Shop");
        return browser.has("createAccount") ? browser.press("createAccount") : browser;
    }

    private static void atOnce(List<Runnable> answers) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (Runnable answer : answers) {
                all.add(
                        threads.submit(() -> {
                            go.await();
                            answer.run();
                            return true;
                        }));
            }
            go.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static Runnable sending(Browser browser, String body) {
        return () -> {
            Response answer = browser.send("POST", body.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer.status()).isEqualTo(303);
        };
    }

    private static JourneyWorld world(EachDatabase database) {
        JourneyWorld world = new JourneyWorld(database.fresh());
        world.graph.post(
                "/beta/identity/b2cUserFlows",
                "{\"id\":\"Shop\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":3}");
        return world;
    }

    private static long accounts(JourneyWorld world, String address) {
        return world.graph
                .get(
                        "/v1.0/users?$filter=identities/any(i:i/issuerAssignedId eq '"
                                + address
                                + "' and i/issuer eq 'contoso.onmicrosoft.com')")
                .json()
                .path("value")
                .size();
    }

    private static Browser proved(JourneyWorld world, String address) {
        Browser browser = begin(world);
        browser.press("email_ver_but_send", "email", address);
        return browser.press("email_ver_but_verify", "email_ver_input", world.code(address));
    }

    @ParameterizedTest
    @EnumSource
    void aFormThatIsSentSeveralTimesMakesOneAccount(EachDatabase database) throws Exception {
        try (JourneyWorld world = world(database)) {
            Browser browser = proved(world, "one@example.com");
            String body =
                    browser.body("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
            List<Runnable> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(sending(browser, body));
            }
            atOnce(answers);
            assertThat(accounts(world, "one@example.com")).isEqualTo(1);
            assertThat(browser.end().orElseThrow().end()).isInstanceOf(JourneyEnd.SignedIn.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoJourneysWithOneAddressMakeOneAccount(EachDatabase database) throws Exception {
        try (JourneyWorld world = world(database)) {
            Browser first = proved(world, "two@example.com");
            world.graph.world.clock.advance(Duration.ofSeconds(1));
            List<Browser> browsers = List.of(first, proved(world, "two@example.com"));
            List<Runnable> answers = new ArrayList<>();
            for (Browser browser : browsers) {
                assertThat(browser.has("newPassword")).isTrue();
                answers.add(
                        sending(
                                browser,
                                browser.body(
                                        "continue",
                                        "newPassword",
                                        PASSWORD,
                                        "reenterPassword",
                                        PASSWORD)));
            }
            atOnce(answers);
            assertThat(accounts(world, "two@example.com")).isEqualTo(1);
            assertThat(browsers.stream().filter(each -> each.end().isPresent())).hasSize(1);
            Browser loser =
                    browsers.stream().filter(each -> each.end().isEmpty()).findFirst().get();
            assertThat(loser.open().said("alert")).contains("There is an account");
        }
    }

    /** Who asks for codes learns nothing: known and unknown addresses get the same. */
    @ParameterizedTest
    @EnumSource
    void knownAndUnknownAddressesLookAlike(EachDatabase database) {
        try (JourneyWorld world = world(database)) {
            Browser made = proved(world, "known@example.com");
            made.press("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
            assertThat(made.end()).isPresent();
            List<String> pages = new ArrayList<>();
            for (String address : List.of("known@example.com", "xxxxx@example.com")) {
                Browser asks = begin(world).press("email_ver_but_send", "email", address);
                Browser signs =
                        world.begin("B2C_1_Shop")
                                .press("next", "email", address, "password", "Wrong-horse-7");
                pages.add(plain(asks, address) + plain(signs, address));
            }
            assertThat(pages.get(0)).isEqualTo(pages.get(1));
            assertThat(world.mails("known@example.com")).isEqualTo(2);
            assertThat(world.mails("xxxxx@example.com")).isEqualTo(1);
        }
    }

    /** The page without what is of this journey alone. */
    private static String plain(Browser browser, String address) {
        return browser.html
                .replace(address, "ADDRESS")
                .replace(browser.started.id(), "JOURNEY")
                .replace(browser.hidden("csrf"), "CSRF");
    }
}
