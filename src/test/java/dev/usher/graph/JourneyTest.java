package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.JourneyEnd;
import dev.usher.flow.Journeys;
import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.oauth.EachDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** People sign up and in through flows that were written through Graph. */
class JourneyTest {

    private static final String PASSWORD = "Correct-horse-7";

    private static void b2c(JourneyWorld world, String type) {
        int status =
                world.graph
                        .post(
                                "/beta/identity/b2cUserFlows",
                                "{\"id\":\"Shop\",\"userFlowType\":\"%s\",\"userFlowTypeVersion\":3}"
                                        .formatted(type))
                        .status();
        assertThat(status).isEqualTo(201);
    }

    private static Browser prove(JourneyWorld world, Browser browser, String address) {
        browser.press("email_ver_but_send", "email", address);
        assertThat(browser.heading()).isEqualTo("Check your mail");
        assertThat(browser.said("email")).isEqualTo(address);
        return browser.press("email_ver_but_verify", "email_ver_input", world.code(address));
    }

    private static JourneyEnd.SignedIn signedIn(Browser browser) {
        assertThat(browser.last.status()).isEqualTo(303);
        assertThat(browser.last.header("Location").orElseThrow())
                .endsWith("/oauth2/v2.0/resume?journey=" + browser.started.id());
        Journeys.Ended ended = browser.end().orElseThrow();
        assertThat(ended.resume()).isEqualTo("the authorize request");
        return (JourneyEnd.SignedIn) ended.end();
    }

    @ParameterizedTest
    @EnumSource
    void signUpThenSignInByPassword(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            b2c(world, "signUpOrSignIn");
            Browser browser = world.begin("b2c_1_shop");
            assertThat(browser.heading()).isEqualTo("Sign in");
            assertThat(browser.last.header("Content-Security-Policy").orElseThrow())
                    .endsWith("form-action 'self' https://app.example");
            browser.press("createAccount");
            assertThat(browser.heading()).isEqualTo("Create your account");
            prove(world, browser, "Adele@Example.com");
            assertThat(browser.has("newPassword")).isTrue();
            browser.press("continue", "newPassword", "short", "reenterPassword", "short");
            assertThat(browser.said("newPassword_error")).contains("not strong enough");
            browser.press("continue", "newPassword", PASSWORD, "reenterPassword", "Other-horse-7");
            assertThat(browser.said("reenterPassword_error")).contains("not the same");
            browser.press("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
            JourneyEnd.SignedIn up = signedIn(browser);
            assertThat(up.newUser()).isTrue();
            JsonNode person =
                    world.graph
                            .get(
                                    "/v1.0/users/"
                                            + up.userId()
                                            + "?$select=identities,userType,creationType")
                            .json();
            assertThat(person.path("creationType").asString()).isEqualTo("LocalAccount");
            assertThat(person.at("/identities/0/issuerAssignedId").asString())
                    .isEqualTo("Adele@Example.com");

            Browser again = world.begin("B2C_1_Shop");
            again.press("next", "email", "adele@example.com", "password", "wrong");
            assertThat(again.said("alert")).contains("is not right");
            assertThat(again.value("email")).isEqualTo("adele@example.com");
            again.press("next", "email", "adele@example.com", "password", PASSWORD);
            JourneyEnd.SignedIn in = signedIn(again);
            assertThat(in.newUser()).isFalse();
            assertThat(in.userId()).isEqualTo(up.userId());

            Browser taken = world.begin("B2C_1_Shop").press("createAccount");
            graph(world).clock.advance(Duration.ofMinutes(1));
            prove(world, taken, "adele@example.COM");
            assertThat(taken.said("alert")).contains("There is an account");
            assertThat(taken.end()).isEmpty();
        }
    }

    private static dev.usher.oauth.World graph(JourneyWorld world) {
        return world.graph.world;
    }

    @ParameterizedTest
    @EnumSource
    void aGuestSignsUpByCodeAndTellsWhatIsAsked(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            world.graph.post(
                    "/v1.0/identity/b2xUserFlows",
                    "{\"id\":\"Partner\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}");
            String flow = "/v1.0/identity/b2xUserFlows/B2X_1_Partner";
            world.graph.post(
                    flow + "/userFlowIdentityProviders/$ref",
                    "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/identityProviders/"
                            + "EmailOtpSignup-OAUTH\"}");
            world.graph.post(
                    flow + "/userAttributeAssignments",
                    """
                    {"userAttribute":{"id":"city"},"displayName":"Where from","isOptional":false,
                     "userInputType":"radioSingleSelect",
                     "userAttributeValues":[{"name":"Up north","value":"N"},{"name":"South","value":"S"}]}
                    """);
            Browser browser = world.begin("B2X_1_Partner");
            assertThat(browser.heading()).isEqualTo("Sign in or sign up");
            prove(world, browser, "guest@partner.example");
            assertThat(browser.html).contains("<legend>Where from", "Up north");
            browser.press("continue");
            assertThat(browser.said("city_error")).isEqualTo("Where from is missing.");
            browser.press("continue", "city", "elsewhere");
            assertThat(browser.said("city_error")).contains("Where from is not");
            browser.press("continue", "city", "N");
            JourneyEnd.SignedIn up = signedIn(browser);
            assertThat(up.newUser()).isTrue();
            JsonNode person =
                    world.graph
                            .get(
                                    "/v1.0/users/"
                                            + up.userId()
                                            + "?$select=city,mail,userType,userPrincipalName")
                            .json();
            assertThat(person.path("city").asString()).isEqualTo("N");
            assertThat(person.path("userType").asString()).isEqualTo("Guest");
            assertThat(person.path("userPrincipalName").asString())
                    .isEqualTo("guest_partner.example#EXT#@contoso.onmicrosoft.com");

            Browser again = world.begin("B2X_1_Partner");
            graph(world).clock.advance(Duration.ofMinutes(1));
            prove(world, again, "guest@partner.example");
            assertThat(signedIn(again).userId()).isEqualTo(up.userId());
        }
    }

    /** Whatever somebody sends, the page asks again, and what was right stays. */
    @Test
    void everyInputIsAskedForAgain() {
        try (JourneyWorld world = new JourneyWorld(EachDatabase.SQLITE.fresh())) {
            b2c(world, "signUp");
            Map<String, String> names = new LinkedHashMap<>();
            for (String input :
                    List.of(
                            "textBox string",
                            "textBox int64",
                            "emailBox string",
                            "dateTimeDropdown string",
                            "radioSingleSelect string",
                            "dropdownSingleSelect string",
                            "checkboxMultiSelect string",
                            "checkboxMultiSelect boolean")) {
                names.put(input, ask(world, "/beta/identity/b2cUserFlows/B2C_1_Shop", input));
            }
            Browser browser = world.begin("B2C_1_Shop");
            prove(world, browser, "adele@example.com");
            browser.press("continue");
            names.values().forEach(name -> assertThat(browser.said(name + "_error")).isNotEmpty());
            Random random = new Random(4711);
            List<String> junk =
                    List.of(
                            "",
                            "-",
                            "--",
                            "1-2-3-4",
                            "2024",
                            "\u0000",
                            "<b>",
                            "9".repeat(300),
                            "😀");
            for (int i = 0; i < 60; i++) {
                List<String> fields = new ArrayList<>();
                for (String name : names.values()) {
                    for (String end : List.of("", "_day", "_month", "_year")) {
                        fields.addAll(List.of(name + end, junk.get(random.nextInt(junk.size()))));
                    }
                }
                browser.press("continue", fields.toArray(String[]::new));
                assertThat(browser.last.status()).as("%s", fields).isEqualTo(200);
                assertThat(browser.end()).isEmpty();
            }
            String text = names.get("textBox string");
            browser.press("continue", text, "kept \"words\"");
            assertThat(browser.html).contains("value=\"kept &#34;words&#34;\"");
            String date = names.get("dateTimeDropdown string");
            browser.press(
                    "continue", date + "_day", "31", date + "_month", "2", date + "_year", "2001");
            assertThat(browser.said(date + "_error")).isNotEmpty();
            assertThat(browser.html).contains("<option value=\"31\" selected>31</option>");
        }
    }

    private static String ask(JourneyWorld world, String flow, String input) {
        String[] parts = input.split(" ");
        String attribute =
                world.graph
                        .post(
                                "/v1.0/identity/userFlowAttributes",
                                "{\"displayName\":\"%s\",\"dataType\":\"%s\"}"
                                        .formatted(input.replace(" ", ""), parts[1]))
                        .json()
                        .get("id")
                        .asString();
        boolean choice = parts[0].endsWith("Select") && !parts[1].equals("boolean");
        int status =
                world.graph
                        .post(
                                flow + "/userAttributeAssignments",
                                """
                                {"userAttribute":{"id":"%s"},"displayName":"%s","isOptional":false,
                                 "userInputType":"%s"%s}
                                """
                                        .formatted(
                                                attribute,
                                                input,
                                                parts[0],
                                                choice
                                                        ? ",\"userAttributeValues\":[{\"name\":\"One\",\"value\":\"1\"}]"
                                                        : ""))
                        .status();
        assertThat(status).as(input).isEqualTo(201);
        return attribute.replaceFirst("extension_[0-9a-f]{32}_", "extension_");
    }

    @ParameterizedTest
    @EnumSource
    void whoStopsIsTakenBackToTheApplication(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            b2c(world, "signUpOrSignIn");
            assertRefused(world.begin("B2C_1_Shop").press("cancel"), 90091);
            assertRefused(world.begin("B2C_1_Shop").press("forgotPassword"), 90118);
            Browser slow = world.begin("B2C_1_Shop");
            graph(world).clock.advance(Duration.ofHours(1));
            assertThat(slow.open().last.status()).isEqualTo(410);
            assertThat(slow.html).contains("resume?journey=" + slow.started.id());
            assertRefusedEnd(slow, 90046);
        }
    }

    private static void assertRefused(Browser browser, int code) {
        assertThat(browser.last.status()).isEqualTo(303);
        assertRefusedEnd(browser, code);
    }

    private static void assertRefusedEnd(Browser browser, int code) {
        assertThat(browser.end().orElseThrow().end())
                .isInstanceOfSatisfying(
                        JourneyEnd.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(code);
                            assertThat(refused.error()).isEqualTo("access_denied");
                        });
    }

    @ParameterizedTest
    @EnumSource
    void codesAreFewAndTriesAreFewer(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            b2c(world, "signUp");
            Browser browser = world.begin("B2C_1_Shop");
            browser.press("email_ver_but_send", "email", "not an address");
            assertThat(browser.said("email_error")).contains("not an email address");
            browser.press("email_ver_but_send", "email", "a@example.com");
            String code = world.code("a@example.com");
            browser.press("email_ver_but_resend");
            assertThat(browser.said("alert")).contains("too many requests");
            assertThat(world.mails("a@example.com")).isEqualTo(1);
            String wrong = code.equals("000000") ? "000001" : "000000";
            for (int i = 0; i < 5; i++) {
                browser.press("email_ver_but_verify", "email_ver_input", wrong);
            }
            assertThat(browser.said("email_ver_input_error")).contains("too many wrong codes");
            browser.press("email_ver_but_verify", "email_ver_input", code);
            assertThat(browser.said("email_ver_input_error")).contains("too many wrong codes");
            graph(world).clock.advance(Duration.ofSeconds(31));
            browser.press("email_ver_but_resend");
            assertThat(world.mails("a@example.com")).isEqualTo(2);
            graph(world).clock.advance(Duration.ofMinutes(10));
            browser.press("email_ver_but_verify", "email_ver_input", world.code("a@example.com"));
            assertThat(browser.said("email_ver_input_error")).contains("too old");
            browser.press("email_ver_but_edit");
            prove(world, browser, "b@example.com");
            assertThat(browser.has("newPassword")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void olderPagesAndOtherBrowsersChangeNothing(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            b2c(world, "signUpOrSignIn");
            Browser one = world.begin("B2C_1_Shop");
            Browser tab = one.tab();
            one.press("createAccount");
            tab.press("cancel");
            assertThat(tab.heading()).isEqualTo("Create your account");
            assertThat(one.end()).isEmpty();

            Browser stranger =
                    world
                    .new Browser(
                            new Journeys.Started(one.started.id(), "guess", one.started.path()));
            assertThat(stranger.open().last.status()).isEqualTo(404);
            assertThat(world.runner.ended(world.tenant(), one.started.id(), "guess")).isEmpty();

            String forged = one.body("cancel").replaceFirst("csrf=.", "csrf=x");
            assertThat(one.send("POST", forged.getBytes()).status()).isEqualTo(400);
            assertThat(one.end()).isEmpty();
            assertThat(List.of(one.open().heading())).containsExactly("Create your account");
        }
    }
}
