package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Response;
import dev.usher.mail.Outbox;
import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody who wants an account with an address that is not theirs, or two with one that is. */
class CodeAttackTest {

    private static final int AT_ONCE = 50;
    private static final String PASSWORD = "Correct-horse-7";

    private WholeApp app;

    @AfterEach
    void close() {
        app.close();
    }

    private WholeBrowser begin(String flow) {
        return new WholeBrowser(app).open(FlowVisit.target(app, flow));
    }

    private WholeBrowser asked(String address) {
        return begin("B2C_1_SignUp").press("email_ver_but_send", "email", address);
    }

    private WholeBrowser proved(String address) {
        WholeBrowser browser = asked(address);
        browser.press("email_ver_but_verify", "email_ver_input", app.code(address));
        assertThat(browser.page().has("continue")).as("%s", browser).isTrue();
        return browser;
    }

    private static String account(WholeBrowser browser) {
        return browser.page()
                .body(
                        "continue",
                        "newPassword",
                        PASSWORD,
                        "reenterPassword",
                        PASSWORD,
                        "displayName",
                        "Ann");
    }

    private static Callable<Response> posting(WholeBrowser browser, String form) {
        String target = browser.url();
        return () -> browser.send("POST", target, form);
    }

    private void guestFlow() {
        app.graph(
                "POST",
                "/v1.0/identity/b2xUserFlows",
                "{\"id\":\"Guest\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}");
        app.graph(
                "POST",
                "/v1.0/identity/b2xUserFlows/B2X_1_Guest/userFlowIdentityProviders/$ref",
                "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/identityProviders/EmailOtpSignup-OAUTH\"}");
    }

    /** Fifty answers to one page are one answer: guessing in parallel wins no more often. */
    @ParameterizedTest
    @EnumSource
    void fiftyGuessesAtOnceAreOne(EachDatabase database) {
        app = WholeApp.fresh(database.fresh());
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        int won = 0;
        int rounds = 12;
        for (int round = 0; round < rounds; round++) {
            String address = "victim" + round + "@example.com";
            WholeBrowser browser = asked(address);
            String right = app.code(address);
            int lucky = random.nextInt(AT_ONCE);
            List<Callable<Response>> guesses = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String guess =
                        i == lucky
                                ? right
                                : "%06d".formatted((Integer.parseInt(right) + 1 + i) % 1_000_000);
                guesses.add(
                        posting(
                                browser,
                                browser.page()
                                        .body("email_ver_but_verify", "email_ver_input", guess)));
            }
            assertThat(AtOnce.all(guesses)).extracting(Response::status).containsOnly(303);
            won += browser.open(browser.url()).page().has("continue") ? 1 : 0;
        }
        assertThat(won).as("of %d, seed %d", rounds, seed).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void sendingTwiceAtOnceIsOneMail(EachDatabase database) {
        app = WholeApp.fresh(database.fresh());
        WholeBrowser browser = begin("B2C_1_SignUp");
        String form = browser.page().body("email_ver_but_send", "email", "twice@example.com");
        List<Callable<Response>> both = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            both.add(posting(browser, form));
        }
        assertThat(AtOnce.all(both)).extracting(Response::status).containsOnly(303);
        assertThat(app.mails("twice@example.com")).isEqualTo(1);
        assertThat(browser.open(browser.url()).page().has("email_ver_but_verify")).isTrue();
    }

    /** However many journeys: an address gets ten codes an hour, and each five tries. */
    @ParameterizedTest
    @EnumSource
    void newJourneysAreNoWayAroundTheCaps(EachDatabase database) {
        app = WholeApp.fresh(database.fresh());
        List<Callable<Response>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            WholeBrowser browser = begin("B2C_1_SignUp");
            String spelled = i % 2 == 0 ? "victim@example.com" : "VICTIM@Example.com";
            all.add(posting(browser, browser.page().body("email_ver_but_send", "email", spelled)));
        }
        assertThat(AtOnce.all(all)).extracting(Response::status).containsOnly(303);
        assertThat(app.mails("victim@example.com")).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void theCodeOfAnotherAddressOrJourneyIsNone(EachDatabase database) {
        app = WholeApp.fresh(database.fresh());
        WholeBrowser mine = asked("mine@example.com");
        String code = app.code("mine@example.com");
        mine.press("email_ver_but_edit").press("email_ver_but_send", "email", "victim@example.com");
        if (!code.equals(app.code("victim@example.com"))) {
            mine.press("email_ver_but_verify", "email_ver_input", code);
            assertThat(mine.page().has("continue")).as("%s", mine).isFalse();
        }
        WholeBrowser again = asked("mine@example.com");
        if (!code.equals(app.code("mine@example.com"))) {
            again.press("email_ver_but_verify", "email_ver_input", code);
            assertThat(again.page().has("continue")).as("%s", again).isFalse();
        }
    }

    /** The address cannot be swapped once it is proved, by no field and no page. */
    @ParameterizedTest
    @EnumSource
    void theProvenAddressIsTheOneOfTheAccount(EachDatabase database) {
        app = WholeApp.fresh(database.fresh());
        WholeBrowser browser = proved("mine@example.com");
        browser.post(
                browser.url(),
                account(browser)
                        + "&email=victim%40example.com&identities=victim%40example.com"
                        + "&userPrincipalName=admin&issuerAssignedId=victim%40example.com");
        assertThat(browser.answer()).containsKey("code");
        assertThat(app.accounts())
                .contains("mine@example.com")
                .doesNotContain("victim@example.com");
    }

    @ParameterizedTest
    @EnumSource
    void oneAddressIsOneAccountHoweverItIsSpelledAndWhicheverFlow(EachDatabase database) {
        app = WholeApp.fresh(database.fresh());
        guestFlow();
        for (int round = 0; round < 10; round++) {
            String address = "both" + round + "@example.com";
            WholeBrowser local = proved(address);
            WholeBrowser other = proved(address.toUpperCase(Locale.ROOT));
            WholeBrowser guest = begin("B2X_1_Guest").press("email_ver_but_send", "email", address);
            guest.press("email_ver_but_verify", "email_ver_input", app.code(address));
            List<Callable<Response>> all =
                    List.of(
                            posting(local, account(local)),
                            posting(other, account(other)),
                            posting(guest, account(guest)));
            assertThat(AtOnce.all(all)).extracting(Response::status).containsOnly(303);
            assertThat(app.accounts()).filteredOn(address::equals).as("round %d", round).hasSize(1);
        }
    }

    /** What looks like somebody's address, or is a way to write it that mail servers fold. */
    private static final List<String> LOOKALIKES =
            List.of(
                    "ann@example.com.",
                    "ann@example..com",
                    "аnn@example.com",
                    "ann@exаmple.com",
                    "ａnn@example.com",
                    "ann@ｅxample.com",
                    "K\u212Alvin@example.com",
                    "ann\u200B@example.com",
                    "a\u0301nn@example.com",
                    "ann@example。com",
                    "\"ann\"@example.com",
                    "ann(x)@example.com",
                    "ann@example.com,eve@evil.example",
                    "ann@example.com;eve@evil.example",
                    "ann@example.com eve@evil.example",
                    "ann@example.com\r\nBcc: eve@evil.example",
                    "<ann@example.com>",
                    "Ann <ann@example.com>",
                    "ann@[127.0.0.1]",
                    "ann@example.com\u0000",
                    "@example.com",
                    "ann@");

    @ParameterizedTest
    @EnumSource
    void lookalikesAreNoAddresses(EachDatabase database) {
        app = WholeApp.fresh(database.fresh());
        for (String address : LOOKALIKES) {
            WholeBrowser browser = asked(address);
            assertThat(browser.last().status()).as(address).isEqualTo(200);
            assertThat(browser.page().has("email_ver_but_verify")).as("%s", browser).isFalse();
        }
        List<Outbox.Kept> mails = app.read(tx -> Outbox.newest(tx, null));
        assertThat(mails).isEmpty();
    }
}
