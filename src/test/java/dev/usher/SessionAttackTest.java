package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Response;
import dev.usher.oauth.EachDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Somebody who wants to be somebody else, by their browser, their links or their way back. */
class SessionAttackTest {

    private static final String FLOW = "B2C_1_SignUpOrSignIn";

    private WholeApp app;

    @BeforeEach
    void open() {
        app = WholeApp.fresh(EachDatabase.SQLITE.fresh());
    }

    @AfterEach
    void close() {
        app.close();
    }

    private WholeBrowser visit(WholeBrowser browser, String... more) {
        return browser.open(FlowVisit.target(app, FLOW, more));
    }

    private WholeBrowser signedIn() {
        WholeBrowser browser = visit(new WholeBrowser(app));
        signIn(browser, 0);
        return browser;
    }

    private void signIn(WholeBrowser browser, int who) {
        JsonNode person = app.facts.path("users").get(who);
        browser.press(
                "next",
                "email",
                person.path("email").asString(),
                "password",
                person.path("password").asString());
        assertThat(browser.answer()).as("%s", browser).containsKey("code");
    }

    private static Map.Entry<String, String> cookie(WholeBrowser browser, String prefix) {
        return browser.cookies().entrySet().stream()
                .filter(each -> each.getKey().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private boolean silent(WholeBrowser browser) {
        return visit(browser, "prompt", "none").answer().containsKey("code");
    }

    @Test
    void aSessionThatWasSignedOutIsNone() {
        WholeBrowser browser = signedIn();
        var session = cookie(browser, "usher-session-");
        assertThat(silent(browser)).isTrue();
        browser.open(FlowVisit.at(app, FLOW, "logout"));
        assertThat(browser.cookies()).doesNotContainKey(session.getKey());
        assertThat(silent(browser)).isFalse();
        browser.cookies().put(session.getKey(), session.getValue());
        assertThat(silent(browser)).as("with the cookie put back").isFalse();
    }

    /** Who plants a cookie is not signed in with whoever signs in there. */
    @Test
    void aPlantedSessionIsNotSignedIn() {
        WholeBrowser attacker = signedIn();
        var planted = cookie(attacker, "usher-session-");
        WholeBrowser victim = new WholeBrowser(app);
        victim.cookies().put(planted.getKey(), planted.getValue());
        visit(victim, "prompt", "login");
        signIn(victim, 1);
        assertThat(cookie(victim, "usher-session-").getValue()).isNotEqualTo(planted.getValue());
        assertThat(silent(attacker)).as("the attacker, by the planted cookie").isFalse();

        WholeBrowser invented = new WholeBrowser(app);
        invented.cookies().put(planted.getKey(), "chosen-by-somebody");
        signIn(visit(invented), 1);
        assertThat(cookie(invented, "usher-session-").getValue())
                .isNotEqualTo("chosen-by-somebody");
    }

    @Test
    void aJourneyIsOfOneBrowser() {
        WholeBrowser victim = visit(new WholeBrowser(app));
        String journey = victim.url();
        var own = cookie(victim, "usher-journey-");
        WholeBrowser attacker = visit(new WholeBrowser(app));
        var theirs = cookie(attacker, "usher-journey-");
        for (String secret : new String[] {"", "x", theirs.getValue(), own.getValue() + "0"}) {
            attacker.cookies().put(own.getKey(), secret);
            String body = attacker.page().body("cancel");
            assertThat(attacker.send("GET", journey, "").status()).isEqualTo(404);
            assertThat(attacker.send("POST", journey, body).status()).isNotEqualTo(200);
            String resume = journey.replace("/journey/", "/oauth2/v2.0/resume?journey=");
            assertThat(attacker.send("GET", resume, "").header("Location").orElse(""))
                    .doesNotContain("localhost:3000");
        }
        assertThat(victim.open(journey).page().has("next")).as("%s", victim).isTrue();
    }

    @Test
    void aFormNeedsTheTokenOfItsOwnJourney() {
        WholeBrowser browser = visit(new WholeBrowser(app));
        String first = browser.url();
        String cancel = browser.page().body("cancel");
        WholeBrowser same = visit(browser);
        String foreign = same.page().hidden().get("csrf");
        for (String body :
                new String[] {
                    cancel.replaceFirst("csrf=[0-9a-f]+", ""),
                    cancel.replaceFirst("csrf=[0-9a-f]+", "csrf="),
                    cancel.replaceFirst("csrf=[0-9a-f]+", "csrf=" + foreign),
                    cancel.replaceFirst("csrf=", "CSRF="),
                    "action=cancel",
                    ""
                }) {
            assertThat(browser.send("POST", first, body).status()).as(body).isEqualTo(400);
        }
        assertThat(browser.open(first).page().has("next")).isTrue();
        assertThat(browser.send("GET", first + "?" + cancel, "").status()).isEqualTo(200);
        assertThat(browser.open(first).page().has("next")).as("GET changes nothing").isTrue();
    }

    private static final List<String> STRANGE =
            List.of(
                    "http://localhost.evil.example/",
                    "http://localhost@evil.example/",
                    "http://localhost:3000@evil.example/",
                    "http://localhost:@evil.example/",
                    "http://localhost%00.evil.example/",
                    "http://localhost\\@evil.example/",
                    "http://localhost\\.evil.example/",
                    "http://localhost#@evil.example/",
                    "http://localhost/\r\nX: y",
                    "//evil.example/",
                    "https://evil.example/http://localhost/",
                    "javascript:alert(1)//http://localhost/",
                    "data:text/html,x",
                    "http:evil.example",
                    "http:///evil.example",
                    "http://127.0.0.1.evil.example/",
                    "http://127.1/",
                    "http://[::ffff:127.0.0.1]/",
                    "http://2130706433/",
                    "HTTP://LOCALHOST.EVIL.EXAMPLE/",
                    " http://localhost/ ");

    @Test
    void nobodyIsSentToAnAddressThatIsNotRegistered() {
        WholeBrowser known = signedIn();
        for (String address : STRANGE) {
            WholeBrowser browser = new WholeBrowser(app);
            Response answer =
                    browser.send("GET", FlowVisit.target(app, FLOW, "redirect_uri", address), "");
            assertThat(answer.status()).as(address).isGreaterThanOrEqualTo(400);
            assertThat(answer.header("Location")).as(address).isEmpty();
            assertStays(known, address, "");
            assertStays(known, address, "&client_id=" + app.facts.at("/app/clientId").asString());
        }
    }

    private void assertStays(WholeBrowser known, String address, String more) {
        Response out =
                known.send(
                        "GET",
                        FlowVisit.at(app, FLOW, "logout")
                                + "?"
                                + WholeBrowser.form("post_logout_redirect_uri", address)
                                + more,
                        "");
        assertThat(out.header("Location")).as("%s%s", address, more).isEmpty();
        assertThat(out.header("Refresh")).as("%s%s", address, more).isEmpty();
        assertThat(new String(out.body(), StandardCharsets.UTF_8))
                .as("%s%s", address, more)
                .doesNotContain("href=\"http", "href=\"java");
    }

    /** What ended long ago and was not fetched signs nobody in. */
    @Test
    void theEndOfAJourneyDoesNotKeep() {
        WholeBrowser browser = visit(new WholeBrowser(app));
        JsonNode person = app.facts.path("users").get(0);
        String body =
                browser.page()
                        .body(
                                "next",
                                "email",
                                person.path("email").asString(),
                                "password",
                                person.path("password").asString());
        assertThat(browser.send("POST", browser.url(), body).status()).isEqualTo(303);
        assertThat(app.clock("{\"advance\":\"PT25H\"}").status()).isEqualTo(200);
        browser.open(browser.url());
        assertThat(browser.answer()).as("%s", browser).doesNotContainKey("code");
    }

    /** Other sites may begin journeys in somebody's browser, hidden: that locks nobody out. */
    @Test
    void cookiesOfJourneysDoNotPileUp() {
        WholeBrowser browser = new WholeBrowser(app);
        for (int i = 0; i < 120; i++) {
            visit(browser);
        }
        int bytes =
                browser.cookies().entrySet().stream()
                        .mapToInt(each -> each.getKey().length() + each.getValue().length() + 3)
                        .sum();
        assertThat(bytes).as("of cookies").isLessThan(3_000);
        signIn(browser, 0);
        Predicate<String> journeys = name -> name.startsWith("usher-journey-");
        long left = browser.cookies().keySet().stream().filter(journeys).count();
        assertThat(left).isLessThan(12);
    }
}
