package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Response;
import dev.usher.oauth.EachDatabase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a page shows, markup in it is text, and a line end in it ends no header. */
class MarkupAttackTest {

    /** Ends an attribute, an element and a comment, and would show. */
    private static final String EVIL = "\"'--></title></style><img src=x id=pwn onerror=a()>${7*7}";

    private static final String LINES = "x\r\nSet-Cookie: pwn=1\r\n\r\n<b>";

    private WholeApp app;

    @BeforeEach
    void open() {
        app = WholeApp.fresh(EachDatabase.SQLITE.fresh());
    }

    @AfterEach
    void close() {
        app.close();
    }

    private static void assertHarmless(Response response, String where) {
        String html = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(html).as(where).doesNotContain("<img", "</style><", "<b>", "<script>a");
        response.headers()
                .forEach((name, value) ->
                        assertThat(value).as("%s: %s", where, name).doesNotContain("\r", "\n"));
    }

    private Response authorize(String... more) {
        return new WholeBrowser(app)
                .send("GET", FlowVisit.target(app, "B2C_1_SignUpOrSignIn", more), "");
    }

    @Test
    void parametersOfARequestAreText() {
        for (String name :
                new String[] {
                    "client_id",
                    "redirect_uri",
                    "response_type",
                    "response_mode",
                    "scope",
                    "state",
                    "nonce",
                    "prompt",
                    "max_age",
                    "login_hint",
                    "domain_hint",
                    "ui_locales",
                    "code_challenge",
                    "id_token_hint",
                    "anything"
                }) {
            for (String value : new String[] {EVIL, LINES, "\0", "é\u2028", "x".repeat(3_000)}) {
                Response first = authorize(name, value);
                assertThat(first.status()).as("%s=%s", name, value).isLessThan(500);
                assertHarmless(first, name);
                WholeBrowser browser = new WholeBrowser(app);
                browser.open(FlowVisit.target(app, "B2C_1_SignUpOrSignIn", name, value));
                assertHarmless(browser.last(), name);
                assertThat(browser.cookies()).doesNotContainKey("pwn");
            }
        }
    }

    /** The state goes back byte for byte, and nowhere else. */
    @Test
    void theStateOfAFormIsText() {
        WholeBrowser browser = new WholeBrowser(app);
        browser.open(
                FlowVisit.target(
                        app,
                        "B2C_1_SignUpOrSignIn",
                        "state",
                        EVIL,
                        "response_mode",
                        "form_post",
                        "prompt",
                        "none"));
        assertHarmless(browser.last(), "form_post");
        assertThat(browser.page().hidden()).containsEntry("state", EVIL);
    }

    @Test
    void whatPeopleEnterIsText() {
        WholeBrowser browser = new WholeBrowser(app);
        browser.open(FlowVisit.target(app, "B2C_1_SignUpOrSignIn"));
        browser.press("next", "email", EVIL, "password", EVIL);
        assertHarmless(browser.last(), "sign-in name");
        browser.press("createAccount").press("email_ver_but_send", "email", EVIL);
        assertHarmless(browser.last(), "address");
        browser.press("email_ver_but_send", "email", "a@example.com");
        browser.press("email_ver_but_verify", "email_ver_input", EVIL);
        assertHarmless(browser.last(), "code");
        browser.press("email_ver_but_verify", "email_ver_input", app.code("a@example.com"));
        browser.press("continue", "displayName", EVIL, "newPassword", EVIL);
        assertHarmless(browser.last(), "attribute");
    }

    @Test
    void whatAdministratorsWriteIsText() {
        String json = EVIL.replace("\"", "\\\"");
        assertThat(
                        app.graph(
                                        "PATCH",
                                        "/v1.0/organization/" + app.tenant,
                                        "{\"displayName\":\"" + json + "\"}")
                                .status())
                .isLessThan(500);
        Response made =
                app.graph(
                        "POST",
                        "/beta/identity/b2cUserFlows/B2C_1_SignUp/userAttributeAssignments",
                        """
                        {"userAttribute":{"id":"city"},"displayName":"%s","isOptional":false,
                         "userInputType":"radioSingleSelect",
                         "userAttributeValues":[{"name":"%s","value":"%s"}]}
                        """
                                .formatted(json, json, json));
        assertThat(made.status()).isEqualTo(201);
        WholeBrowser browser = new WholeBrowser(app);
        browser.open(FlowVisit.target(app, "B2C_1_SignUp"));
        assertHarmless(browser.last(), "first page");
        browser.press("email_ver_but_send", "email", "a@example.com");
        browser.press("email_ver_but_verify", "email_ver_input", app.code("a@example.com"));
        assertHarmless(browser.last(), "attributes");
        assertThat(browser.page().fields().get("city")).contains(EVIL);
        browser.press("continue", "city", EVIL + "?");
        assertHarmless(browser.last(), "refused choice");
    }

    @Test
    void formsThatAreTooMuchChangeNothing() {
        WholeBrowser browser = new WholeBrowser(app);
        browser.open(FlowVisit.target(app, "B2C_1_SignUpOrSignIn"));
        String journey = browser.url();
        String cancel = browser.page().body("cancel");
        String[] tooMuch = {
            cancel + "&x=" + "y".repeat(70_000),
            cancel + "&x=y".repeat(600),
            cancel + "&x=%zz",
            cancel + "&" + "z".repeat(65_536)
        };
        for (String form : tooMuch) {
            Response answer = browser.send("POST", journey, form);
            assertThat(answer.status()).isEqualTo(400);
            assertHarmless(answer, "too much");
        }
        assertThat(browser.open(journey).page().has("next")).as("%s", browser).isTrue();
    }
}
