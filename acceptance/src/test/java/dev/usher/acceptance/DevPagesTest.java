package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.FormBrowser;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.SignIn;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What development mode spares people to type: who they are, and looking for their mail. */
@UsherTest
class DevPagesTest {

    private final Usher usher;

    DevPagesTest(Usher usher) {
        this.usher = usher;
    }

    private Reply get(String path, String accept) {
        return usher.http()
                .send("GET", usher.json().httpUrl() + path, null, "Accept", accept)
                .expect(200);
    }

    @Test
    void onePressSignsInAsASeededPerson() {
        for (Tenant tenant : new Tenant[] {usher.tenant(), usher.otherTenant()}) {
            for (String email : tenant.users().keySet()) {
                SignIn signIn = new SignIn(usher, tenant, tenant.flows().get("signUpOrSignIn"));
                FormBrowser browser =
                        new FormBrowser(usher.http(), usher.json().httpUrl())
                                .open(signIn.address(""));
                assertThat(browser.html()).doesNotContain(tenant.users().get(email));
                Matcher button =
                        Pattern.compile("id=\"(persona_\\d)\"[^>]* value=\"signIn " + email + "\"")
                                .matcher(browser.html());
                assertThat(button.find()).as("button of %s", email).isTrue();
                browser.press(button.group(1));
                assertThat(signIn.claims(browser.url()).at("/emails/0").asString())
                        .isEqualTo(email);
            }
        }
    }

    @Test
    void theMailboxIsAPageForPeople() {
        String address = Usher.fresh("m").toLowerCase(Locale.ROOT) + "@example.com";
        SignIn signIn =
                new SignIn(usher, usher.tenant(), usher.tenant().flows().get("signUpOrSignIn"));
        FormBrowser browser =
                new FormBrowser(usher.http(), usher.json().httpUrl())
                        .open(signIn.address(""))
                        .press("createAccount")
                        .press("email_ver_but_send", "email", address);
        Matcher link = Pattern.compile("id=\"mailbox\" href=\"([^\"]*)\"").matcher(browser.html());
        assertThat(link.find()).isTrue();
        String path = link.group(1).replace("&amp;", "&");
        assertThat(path).contains(URLEncoder.encode(address, StandardCharsets.UTF_8));

        Reply page = get(path, "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.need("Content-Type")).startsWith("text/html");
        assertThat(page.need("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("frame-src 'self'")
                .doesNotContain("script-src");
        Matcher code = Pattern.compile("<code class=\"code\">(\\d{6})</code>").matcher(page.text());
        assertThat(code.find()).isTrue();
        Matcher frame =
                Pattern.compile("<iframe src=\"([^\"]*)\"[^>]* sandbox=\"\"").matcher(page.text());
        assertThat(frame.find()).isTrue();
        Reply mail = get(frame.group(1).replace("&amp;", "&"), "text/html");
        assertThat(mail.need("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .endsWith("sandbox");
        assertThat(mail.text()).contains(code.group(1));
        assertThat(get(path, "*/*").json().at("/value/0/code").asString()).isEqualTo(code.group(1));

        browser.press("email_ver_but_verify", "email_ver_input", code.group(1));
        assertThat(browser.heading()).isEqualTo("Create your account");
    }

    @Test
    void aMailThatIsNotThere() {
        usher.http().get(usher.json().httpUrl() + "/dev/mail/nothing/html").expect(400);
    }
}
