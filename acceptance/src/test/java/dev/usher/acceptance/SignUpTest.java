package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.FormBrowser;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Mailbox;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.SignIn;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** People sign up and in through user flows, by plain forms, and their applications get tokens. */
@UsherTest
class SignUpTest {

    private static final String PASSWORD = "Correct-horse-7";

    private final Usher usher;
    private final Tenant tenant;
    private final Mailbox mailbox;

    SignUpTest(Usher usher) {
        this.usher = usher;
        this.tenant = usher.tenant();
        this.mailbox = new Mailbox(usher);
    }

    private static String address() {
        return Usher.fresh("p").toLowerCase(Locale.ROOT) + "@example.com";
    }

    private FormBrowser browser() {
        return new FormBrowser(usher.http(), usher.json().httpUrl());
    }

    private void prove(FormBrowser browser, String address) {
        browser.press("email_ver_but_send", "email", address);
        assertThat(browser.heading()).isEqualTo("Check your mail");
        browser.press("email_ver_but_verify", "email_ver_input", mailbox.code(address));
    }

    @Test
    void signUpThenSignIn() {
        String address = address();
        SignIn first = new SignIn(usher, tenant, tenant.flows().get("signUpOrSignIn"));
        FormBrowser browser = browser().open(first.address(""));
        assertThat(browser.heading()).isEqualTo("Sign in");
        browser.press("createAccount");
        prove(browser, address);
        browser.press(
                "continue",
                "newPassword",
                PASSWORD,
                "reenterPassword",
                PASSWORD,
                "displayName",
                "Pat");
        JsonNode claims = first.claims(browser.url());
        assertThat(claims.get("newUser").asBoolean()).isTrue();
        assertThat(claims.get("name").asString()).isEqualTo("Pat");
        assertThat(claims.get("emails").get(0).asString()).isEqualTo(address);
        assertThat(claims.get("nonce").asString()).isEqualTo("n-1");
        assertThat(claims.get("tfp").asString()).isEqualTo(tenant.flows().get("signUpOrSignIn"));

        String id = claims.get("oid").asString();
        JsonNode person =
                usher.graph().get("/users/" + id + "?$select=displayName,identities").json();
        assertThat(person.get("displayName").asString()).isEqualTo("Pat");
        assertThat(person.toString()).contains(address);

        SignIn second = new SignIn(usher, tenant, tenant.flows().get("signIn"));
        FormBrowser other = browser().open(second.address("&login_hint=" + address));
        assertThat(other.html()).contains("value=\"" + address + "\"");
        other.press("next", "email", address, "password", "wrong");
        assertThat(other.said("alert")).contains("is not right");
        other.press("next", "email", address, "password", PASSWORD);
        JsonNode again = second.claims(other.url());
        assertThat(again.get("oid").asString()).isEqualTo(id);
        assertThat(again.has("newUser")).isFalse();
    }

    @Test
    void theFlowOfTheSeedAsksWhatItIsTold() {
        Graph graph = usher.graph();
        String id = usher.newFlow(Usher.fresh("Partner"));
        String flow = "/identity/b2xUserFlows/" + id;
        graph.post(
                        flow + "/userFlowIdentityProviders/$ref",
                        Json.object(
                                "@odata.id",
                                usher.json().httpsUrl()
                                        + "/v1.0/identity/identityProviders/EmailOtpSignup-OAUTH"))
                .expect(204);
        String custom =
                graph.post(
                                "/identity/userFlowAttributes",
                                Json.object(
                                        "displayName", Usher.fresh("Size"), "dataType", "string"))
                        .expect(201)
                        .json()
                        .get("id")
                        .asString();
        String name = custom.replaceFirst("extension_[0-9a-f]{32}_", "extension_");
        graph.post(
                        flow + "/userAttributeAssignments",
                        Json.object(
                                "userAttribute",
                                Map.of("id", custom),
                                "displayName",
                                "Your size",
                                "isOptional",
                                false,
                                "userInputType",
                                "dropdownSingleSelect",
                                "userAttributeValues",
                                new Object[] {
                                    Map.of("name", "Small", "value", "S"),
                                    Map.of("name", "Large", "value", "L")
                                }))
                .expect(201);
        String address = address();
        SignIn signIn = new SignIn(usher, tenant, id.toLowerCase(Locale.ROOT));
        FormBrowser browser = browser().open(signIn.address(""));
        assertThat(browser.heading()).isEqualTo("Sign in or sign up");
        prove(browser, address);
        assertThat(browser.html()).contains("Your size", "<option value=\"L\"");
        browser.press("continue");
        assertThat(browser.said(name + "_error")).isEqualTo("Your size is missing.");
        browser.press("continue", name, "L");
        JsonNode claims = signIn.claims(browser.url());
        assertThat(claims.get(name).asString()).isEqualTo("L");
        JsonNode person =
                graph.get("/users/" + claims.get("oid").asString() + "?$select=userType," + custom)
                        .json();
        assertThat(person.get("userType").asString()).isEqualTo("Guest");
        assertThat(person.get(custom).asString()).isEqualTo("L");
    }

    @Test
    void whoStopsIsToldToTheApplication() {
        SignIn signIn = new SignIn(usher, tenant, tenant.flows().get("signUpOrSignIn"));
        String cancelled = browser().open(signIn.address("")).press("cancel").url();
        assertThat(SignIn.answer(cancelled))
                .containsEntry("error", "access_denied")
                .extractingByKey("error_description")
                .asString()
                .startsWith("AADB2C90091: ");
        String forgotten = browser().open(signIn.address("")).press("forgotPassword").url();
        assertThat(SignIn.answer(forgotten))
                .containsEntry("error", "access_denied")
                .extractingByKey("error_description")
                .asString()
                .startsWith("AADB2C90118: ");
    }

    @Test
    void theSeededPersonSignsInUntilTimeIsUp() {
        SignIn signIn =
                new SignIn(usher, usher.otherTenant(), usher.otherTenant().flows().get("signIn"));
        var person = usher.otherTenant().users().entrySet().iterator().next();
        FormBrowser browser = browser().open(signIn.address(""));
        assertThat(move("{\"tenant\":\"%s\",\"advance\":\"PT2H\"}").status()).isEqualTo(200);
        try {
            browser.press("next", "email", person.getKey(), "password", person.getValue());
            assertThat(browser.last().status()).isEqualTo(410);
            assertThat(browser.heading()).isEqualTo("This took too long");
        } finally {
            assertThat(move("{\"tenant\":\"%s\",\"reset\":true}").status()).isEqualTo(200);
        }
        browser.open(signIn.address(""))
                .press("next", "email", person.getKey(), "password", person.getValue());
        assertThat(SignIn.answer(browser.url())).containsKey("code");
    }

    private Reply move(String body) {
        return usher.http()
                .send(
                        "POST",
                        usher.json().httpUrl() + "/dev/clock",
                        body.formatted(usher.otherTenant().id()).getBytes(),
                        "Content-Type",
                        "application/json");
    }
}
