package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.fuzz.Dice;
import dev.usher.fuzz.FuzzRun;
import dev.usher.fuzz.Input;
import dev.usher.http.Headers;
import dev.usher.http.Response;
import dev.usher.oauth.EachDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is posted from a page, asked of the way back, or told to the endpoints for developers:
 * there is an answer, and it sends nobody elsewhere. The journey is begun anew where it ended.
 */
class JourneyFuzzTest {

    private static final long SECONDS = Boolean.getBoolean("long") ? 300 : 6;
    private static final List<String> FLOWS =
            List.of("B2C_1_SignUpOrSignIn", "B2C_1_SignUp", "B2C_1_SignIn", "B2X_1_Guest");
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
                    "persona");

    private static final List<String> CLOCKS =
            List.of(
                    "{\"advance\":60}",
                    "{\"advance\":\"PT1M\"}",
                    "{\"advance\":9223372036854775807}",
                    "{\"advance\":-9223372036854775808}",
                    "{\"advance\":\"PT9223372036854775807S\"}",
                    "{\"advance\":1e400}",
                    "{\"advance\":[]}",
                    "{\"freeze\":\"2026-01-01T00:00:00Z\"}",
                    "{\"freeze\":\"+1000000000-12-31T23:59:59Z\"}",
                    "{\"freeze\":\"-1000000000-01-01T00:00:00Z\"}",
                    "{\"freeze\":true,\"advance\":9223372036854775807}",
                    "{\"reset\":true}",
                    "{\"tenant\":7}",
                    "{\"tenant\":\"\\u0000\"}",
                    "[]",
                    "null",
                    "");

    private WholeApp app;
    private WholeBrowser browser;
    private FormPage page;
    private String journey = "";
    private int begun;

    @ParameterizedTest
    @EnumSource
    void everythingIsAnswered(EachDatabase database) {
        try (WholeApp whole = WholeApp.fresh(database.fresh())) {
            app = whole;
            new AddressEntries(app);
            begin("B2C_1_SignUp");
            new FuzzRun("journey", this::send).run(SECONDS, earlier(), this::next);
        }
    }

    /** What broke it once. */
    private List<Input> earlier() {
        return List.of(new Input("GET", journey + "%00", List.of(), new byte[0]));
    }

    private void begin(String flow) {
        browser = new WholeBrowser(app).open(FlowVisit.target(app, flow));
        assertThat(browser.left()).as("%s", browser).isFalse();
        journey = browser.url();
        page = browser.page();
    }

    /** Mostly what would mean something on the page that is shown. */
    private Input next(Dice dice) {
        int what = dice.below(100);
        if (what < 12) {
            String body = dice.pick(CLOCKS);
            return new Input(
                    "POST",
                    "/dev/clock",
                    List.of("Content-Type: application/json"),
                    (dice.chance(0.3) ? dice.mutated(body) : body)
                            .getBytes(StandardCharsets.UTF_8));
        }
        if (what < 20) {
            String target = "/dev/mail?to=a%40example.com&tenant=" + app.tenant;
            return new Input(
                    "GET",
                    Input.printable("/" + dice.mutated(target.substring(1))),
                    List.of(),
                    new byte[0]);
        }
        if (what < 32) {
            String target = journey.replace("/journey/", "/oauth2/v2.0/resume?journey=");
            return new Input(
                    "GET",
                    Input.printable(dice.chance(0.6) ? dice.mutated(target) : target),
                    List.of(),
                    new byte[0]);
        }
        String form = form(dice);
        return new Input(
                "POST",
                Input.printable(dice.chance(0.05) ? dice.mutated(journey) : journey),
                List.of("Content-Type: application/x-www-form-urlencoded"),
                (dice.chance(0.25) ? dice.mutated(form) : form).getBytes(StandardCharsets.UTF_8));
    }

    private String form(Dice dice) {
        List<String> sent = new ArrayList<>();
        page.hidden().forEach((name, value) -> sent.addAll(List.of(name, value)));
        List<String> offered = List.copyOf(page.buttons().values());
        sent.addAll(
                List.of(
                        "action",
                        dice.chance(0.6) && !offered.isEmpty()
                                ? dice.pick(offered)
                                : dice.pick(ACTIONS)));
        for (Map.Entry<String, List<String>> field : page.fields().entrySet()) {
            sent.add(field.getKey());
            sent.add(value(dice, field));
        }
        if (dice.chance(0.1)) {
            sent.addAll(List.of(dice.nasty(), dice.nasty()));
        }
        return WholeBrowser.form(sent.toArray(String[]::new));
    }

    private String value(Dice dice, Map.Entry<String, List<String>> field) {
        if (dice.chance(0.35)) {
            return dice.nasty().repeat(dice.chance(0.1) ? 400 : 1);
        }
        if (!field.getValue().isEmpty()) {
            return dice.pick(field.getValue());
        }
        return switch (field.getKey()) {
            case "email" -> "a%d@example.com".formatted(dice.below(1_000));
            case "email_ver_input" -> app.code(page.said("email"));
            case "newPassword", "reenterPassword", "password" -> "Correct-horse-7";
            default -> dice.mutated("Ann");
        };
    }

    private String send(Input input) {
        String form = new String(input.body(), StandardCharsets.UTF_8);
        Response response;
        if (input.target().startsWith("/dev/")) {
            Headers headers = new Headers();
            input.headers().forEach(each -> headers.set("Content-Type", each.split(": ")[1]));
            response = app.send(input.method(), input.target(), headers, input.body());
        } else {
            response = browser.send(input.method(), input.target(), form);
        }
        assertThat(response.status()).as("status").isBetween(200, 499);
        String location = response.header("Location").orElse("/");
        assertThat(location).doesNotContain("\r", "\n");
        assertThat(location.startsWith("http"))
                .as(location)
                .isEqualTo(location.startsWith(FlowVisit.REDIRECT + "?"));
        if (location.startsWith("http") || response.status() == 410) {
            app.clock("{\"reset\":true}");
        }
        refresh();
        return response.status() < 400 ? "2" : "4";
    }

    /** Where the journey is now, or another one if it is over. */
    private void refresh() {
        browser.open(journey);
        if (browser.left()
                || !browser.url().contains("/journey/")
                || !browser.page().has("cancel")) {
            app.clock("{\"reset\":true}");
            begin(FLOWS.get(begun++ % FLOWS.size()));
            return;
        }
        journey = browser.url();
        page = browser.page();
    }
}
