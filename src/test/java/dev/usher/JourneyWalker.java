package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Somebody with a browser who goes through user flows as people do, and as they should not: back,
 * reload, twice, in two tabs, with wrong codes, with what belongs to others. What they sent is
 * remembered, so that a test can hold what came of it against it.
 */
final class JourneyWalker {

    static final String PASSWORD = "Correct-horse-7";

    private static final int DIARY_SHOWN = 25;

    private static final List<String> ACTIONS =
            List.of(
                    "signIn",
                    "signUp",
                    "code",
                    "forgot",
                    "send",
                    "resend",
                    "verify",
                    "change",
                    "password",
                    "continue",
                    "cancel",
                    "none",
                    "");

    private static final List<String> MAIN =
            List.of(
                    "next",
                    "createAccount",
                    "email_ver_but_send",
                    "email_ver_but_verify",
                    "continue");

    private static final List<String> JUNK =
            List.of("", " ", "x", "<b>", "\0", "0", "9".repeat(300), "😀", "a,b", "é\r\nX: y");

    /**
     * What was sent.
     *
     * @param target where to
     * @param credential the address, folded, if the form holds what proves it or its password
     */
    private record Sent(String target, String form, String credential) {}

    private final WholeApp app;
    private final Random random;
    private final List<String> flows;
    private final List<String> addresses;

    /** Addresses whose right code was entered by whoever reads their mail, folded. */
    private final Set<String> proven;

    private final List<String> diary = new ArrayList<>();
    private final List<Sent> before = new ArrayList<>();
    private final Set<String> credentials = new HashSet<>();
    private WholeBrowser browser;
    private String journey = "";
    int codes;
    int refusals;

    JourneyWalker(
            WholeApp app,
            Random random,
            List<String> flows,
            List<String> addresses,
            Set<String> proven) {
        this.app = app;
        this.random = random;
        this.flows = flows;
        this.addresses = addresses;
        this.proven = proven;
        this.browser = new WholeBrowser(app);
    }

    static String fold(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    WholeBrowser browser() {
        return browser;
    }

    /** The address of the page of the journey that is on its way; empty if there is none. */
    String journey() {
        return journey;
    }

    /** What was done so far, for whoever looks for the cause of a failure. */
    @Override
    public String toString() {
        int from = Math.max(0, diary.size() - DIARY_SHOWN);
        return String.join("\n", diary.subList(from, diary.size())) + "\n" + browser;
    }

    /** Opens a flow as an application does. */
    void begin() {
        if (chance(15)) {
            browser = new WholeBrowser(app);
            credentials.clear();
            before.clear();
        }
        String authorize =
                FlowVisit.target(
                        app,
                        pick(flows),
                        "prompt",
                        chance(70) ? "login" : "select_account",
                        "login_hint",
                        chance(30) ? pick(addresses) : "",
                        "ui_locales",
                        chance(30) ? "de fr xx" : "");
        diary.add("open " + authorize);
        browser.open(authorize);
        arrived();
    }

    /** Does something, be it sensible or not. */
    void step(JourneyWalker other) {
        if (journey.isEmpty()) {
            begin();
            return;
        }
        int what = random.nextInt(100);
        if (what < 55) {
            fillIn();
        } else if (what < 63) {
            show(journey);
        } else if (what < 70) {
            again();
        } else if (what < 76) {
            forge();
        } else if (what < 80 && !other.before.isEmpty()) {
            Sent theirs = pick(other.before);
            send(new Sent(journey, theirs.form, theirs.credential));
        } else if (what < 83 && !other.journey.isEmpty()) {
            stranger(other);
        } else if (what < 86) {
            show(journey.replaceFirst("/journey/", "/oauth2/v2.0/resume?journey="));
        } else if (what < 93) {
            time();
        } else if (what < 95) {
            begin();
        } else {
            fillIn();
            if (!before.isEmpty()) {
                send(before.getLast());
            }
        }
    }

    /** The page as it is now, filled in, and one of its buttons. */
    private void fillIn() {
        show(journey);
        FormPage page = browser.page();
        if (journey.isEmpty() || page.buttons().isEmpty()) {
            return;
        }
        List<String> buttons = new ArrayList<>(page.buttons().keySet());
        buttons.retainAll(chance(65) ? MAIN : buttons);
        String button =
                buttons.isEmpty() ? pick(List.copyOf(page.buttons().keySet())) : pick(buttons);
        List<String> sent = new ArrayList<>();
        page.fields()
                .forEach((name, choices) -> {
                    sent.add(name);
                    sent.add(choices.isEmpty() ? text(name, page) : pick(choices));
                });
        send(
                new Sent(
                        journey,
                        page.body(button, sent.toArray(String[]::new)),
                        credential(page, page.buttons().get(button), sent)));
    }

    private String text(String name, FormPage page) {
        if (chance(7)) {
            return pick(JUNK);
        }
        return switch (name) {
            case "email" -> chance(20) ? pick(addresses).toUpperCase(Locale.ROOT) : pick(addresses);
            case "password", "newPassword", "reenterPassword" -> chance(80) ? PASSWORD : "wrong";
            case "email_ver_input" -> code(page);
            default -> "Pat";
        };
    }

    private String code(FormPage page) {
        String right = app.code(page.said("email"));
        return chance(70) || right.isEmpty() ? right : right.equals("000000") ? "1" : "000000";
    }

    /** The address that the form is good for; empty if for none. */
    private String credential(FormPage page, String action, List<String> sent) {
        String entered = value(sent, "email_ver_input").replaceAll("[\\s-]", "");
        String address = page.said("email");
        if (action.equals("verify") && !entered.isEmpty() && entered.equals(app.code(address))) {
            proven.add(fold(address));
            return fold(address);
        }
        boolean right = value(sent, "password").equals(PASSWORD);
        return action.equals("signIn") && right ? fold(value(sent, "email")) : "";
    }

    private static String value(List<String> sent, String name) {
        int at = sent.indexOf(name);
        return at < 0 ? "" : sent.get(at + 1);
    }

    /** From an earlier page, or from the other tab. */
    private void again() {
        if (!before.isEmpty()) {
            send(pick(before));
        }
    }

    /** What no page offers. */
    private void forge() {
        Map<String, String> hidden = browser.page().hidden();
        String form =
                WholeBrowser.form(
                        "csrf",
                        chance(80) ? hidden.getOrDefault("csrf", "") : pick(JUNK),
                        "position",
                        chance(80) ? hidden.getOrDefault("position", "0") : pick(JUNK),
                        "action",
                        pick(ACTIONS),
                        "email",
                        pick(addresses),
                        "newPassword",
                        PASSWORD,
                        "reenterPassword",
                        PASSWORD,
                        "displayName",
                        "Forger",
                        "email_ver_input",
                        pick(List.of("", "000000", "123456")),
                        pick(JUNK),
                        pick(JUNK));
        send(new Sent(journey, form, ""));
    }

    /** At the journey of another browser there is nothing to see and nothing to do. */
    private void stranger(JourneyWalker other) {
        if (browser.cookies().keySet().stream().anyMatch(other.journey::endsWith)
                || other.browser == browser) {
            return;
        }
        String id = other.journey.substring(other.journey.lastIndexOf('/') + 1);
        if (browser.cookies().containsKey("usher-journey-" + id)) {
            return;
        }
        diary.add("stranger at " + other.journey);
        assertThat(browser.send("GET", other.journey, "").status()).isEqualTo(404);
        String form = other.before.isEmpty() ? "action=cancel" : pick(other.before).form;
        assertThat(browser.send("POST", other.journey, form).status()).isEqualTo(404);
    }

    private void time() {
        String span = pick(List.of("PT5S", "PT31S", "PT2M", "PT11M", "PT30M", "PT61M", "-PT1M"));
        diary.add("time " + span);
        assertThat(app.clock("{\"advance\":\"" + span + "\"}").status()).isEqualTo(200);
    }

    private void show(String target) {
        diary.add("show " + target);
        browser.open(target);
        arrived();
    }

    private void send(Sent sent) {
        diary.add("send " + sent);
        before.add(sent);
        if (before.size() > 6) {
            before.removeFirst();
        }
        if (!sent.credential.isEmpty()) {
            credentials.add(sent.credential);
        }
        browser.post(sent.target, sent.form);
        arrived();
    }

    /** Whatever was done, there is an answer, and a way on. */
    private void arrived() {
        if (browser.left()) {
            journey = "";
            returned();
            return;
        }
        int status = browser.last().status();
        assertThat(status).as("%s", this).isBetween(200, 499);
        if (browser.url().contains("/journey/")) {
            journey = browser.url();
        }
        assertThat(browser.page().leadsOn()).as("a way on: %s", this).isTrue();
    }

    private void returned() {
        Map<String, String> answer = browser.answer();
        assertThat(answer).as("%s", this).containsEntry("state", "s-1");
        String code = answer.get("code");
        if (code == null) {
            assertThat(answer.get("error_description")).as("%s", this).startsWith("AADB2C");
            refusals++;
            return;
        }
        codes++;
        String form = FlowVisit.redemption(app, code);
        String endpoint =
                browser.cameFrom().replaceFirst("(/[^/]+/[^/]+)/.*", "$1/oauth2/v2.0/token");
        Response first = app.post(endpoint, form);
        assertThat(first.status()).as("%s", this).isEqualTo(200);
        assertThat(app.post(endpoint, form).status()).as("twice: %s", this).isEqualTo(400);
        String person = WholeApp.claim(WholeApp.json(first).path("id_token").asString(), "oid");
        assertThat(credentials)
                .as("signed in as %s: %s", person, this)
                .containsAnyElementsOf(app.addressesOf(person));
    }
}
