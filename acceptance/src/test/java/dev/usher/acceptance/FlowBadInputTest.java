package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bad requests to the endpoints of user flows, at the address of a flow ({@code F}) and of the
 * tenant ({@code T}): each is refused with a code that says why, and nobody is sent anywhere.
 */
@UsherTest
class FlowBadInputTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final String REDIRECT = "http://localhost:3000/in";

    private final Usher usher;

    FlowBadInputTest(Usher usher) {
        this.usher = usher;
    }

    @BeforeEach
    void theApplicationMeetsAFlow() {
        String flow = usher.tenant().flows().get("signUpOrSignIn");
        usher.beta()
                .patch(
                        "/identity/b2cUserFlows/" + flow + "/usher.settings",
                        Map.of(
                                "applications",
                                List.of(usher.tenant().app(), usher.tenant().admin().id())))
                .expect(204);
    }

    private String fill(String text) {
        String tenant = "/" + usher.tenant().id();
        return text.replace("{F}", tenant + "/" + usher.tenant().flows().get("signUpOrSignIn"))
                .replace("{T}", tenant)
                .replace("{app}", usher.tenant().app())
                .replace("{R}", "http%3A%2F%2Flocalhost%3A3000%2Fin")
                .replace("{pkce}", "code_challenge_method=S256&code_challenge=" + "c".repeat(43))
                .replace("{long}", "x".repeat(9_000));
    }

    private Reply send(String method, String target, String type, String body) {
        String[] headers = type.isEmpty() ? new String[0] : new String[] {"Content-Type", type};
        return usher.http()
                .send(
                        method,
                        usher.json().httpsUrl() + fill(target),
                        fill(body).getBytes(StandardCharsets.UTF_8),
                        headers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|{F}/oauth2/v2.0/authorize|400|AADB2C90008",
                "GET|{T}/oauth2/v2.0/authorize|400|AADSTS900144",
                "GET|{F}/oauth2/v2.0/authorize?client_id=no|400|AADB2C90018",
                "GET|{T}/oauth2/v2.0/authorize?client_id=no|400|AADSTS700016",
                "GET|{F}/oauth2/v2.0/authorize?client_id={app}|400|AADB2C90083",
                "GET|{F}/oauth2/v2.0/authorize?client_id={app}&client_id={app}|400|AADSTS9000411",
                "GET|{F}/oauth2/v2.0/authorize?client_id=%ff|400|AADSTS90013",
                "GET|{F}/oauth2/v2.0/authorize?client_id={app}&redirect_uri=javascript:alert(1)|400|AADB2C90006",
                "GET|{F}/oauth2/v2.0/authorize?client_id={app}&redirect_uri=http://localhost.evil.test/|400|AADB2C90006",
                "GET|{F}/oauth2/v2.0/authorize?client_id={app}&redirect_uri=http://localhost@evil.test/|400|AADB2C90006",
                "GET|{F}/oauth2/v2.0/authorize?client_id={app}&redirect_uri=//evil.test/|400|AADB2C90006",
                "GET|{F}/oauth2/v2.0/authorize?client_id={app}&redirect_uri=https://localhost/|400|AADB2C90006",
                "GET|{T}/oauth2/v2.0/authorize?client_id={app}&redirect_uri=https://evil.test/|400|AADSTS50011",
                "GET|/{long}/x/oauth2/v2.0/authorize|400|AADSTS900023",
                "GET|/nowhere.example/x/oauth2/v2.0/authorize|400|AADSTS90002",
                "GET|/common/oauth2/v2.0/authorize?client_id={app}|400|AADSTS90019",
                "GET|{T}/B2C_1_Nothing/oauth2/v2.0/authorize?client_id={app}|404|AADB2C90022",
                "GET|{F}/oauth2/v2.0/resume|400|AADB2C90046",
                "GET|{F}/oauth2/v2.0/resume?journey=../x|400|AADB2C90046",
                "GET|{F}/oauth2/v2.0/resume?journey=00000000-0000-4000-8000-000000000000|400|AADB2C90046",
                "GET|{F}/oauth2/v2.0/logout?id_token_hint=x.y.z|400|AADB2C90210",
                "GET|{T}/oauth2/v2.0/logout?id_token_hint=x.y.z|400|AADSTS50027",
                "GET|{F}/oauth2/v2.0/logout?client_id={app}&post_logout_redirect_uri=https://evil.test/|400|AADB2C90067",
                "GET|{T}/oauth2/v2.0/logout?client_id={app}&post_logout_redirect_uri=https://evil.test/|400|AADSTS50011",
                "GET|{T}/B2C_1_Nothing/v2.0/.well-known/openid-configuration|404|AADB2C90022",
                "GET|{T}/v2.0/.well-known/openid-configuration?p=|200|issuer",
                "GET|{T}/v2.0/.well-known/openid-configuration?p=%00|404|AADB2C90022",
                "GET|{T}/B2C_1_Nothing/discovery/v2.0/keys|404|AADB2C90022",
                "GET|/nowhere.example/discovery/v2.0/keys|400|AADSTS90002",
                "GET|{F}/openid/v2.0/userinfo|401|",
                "GET|{T}/openid/v2.0/userinfo|401|",
            })
    void aRequestWithoutBody(String method, String target, int status, String said) {
        Reply reply = send(method, target, "", "");

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.text()).contains(said == null ? "" : said);
        assertThat(reply.header("Location")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{F}/oauth2/v2.0/token||form|AADB2C90122",
                "{T}/oauth2/v2.0/token||form|AADSTS90121",
                "{F}/oauth2/v2.0/token|a=b|form|AADB2C90083",
                "{T}/oauth2/v2.0/token|a=b|form|AADSTS900144",
                "{F}/oauth2/v2.0/token|{}|application/json|AADB2C90122",
                "{T}/oauth2/v2.0/token|{}|application/json|AADSTS90013",
                "{F}/oauth2/v2.0/token|grant_type=authorization_code&grant_type=x|form|AADB2C90122",
                "{F}/oauth2/v2.0/token|grant_type=authorization_code&client_id={app}|form|AADB2C90083",
                "{T}/oauth2/v2.0/token|grant_type=authorization_code&client_id={app}|form|AADSTS900144",
                "{F}/oauth2/v2.0/token|grant_type=authorization_code&client_id={app}&code={long}|form|AADB2C90080",
                "{T}/oauth2/v2.0/token|grant_type=authorization_code&client_id={app}&code={long}|form|AADSTS70008",
                "{T}/oauth2/v2.0/token|grant_type=refresh_token&client_id={app}&refresh_token=%00|form|AADSTS70008",
                "{F}/oauth2/v2.0/token|grant_type=device_code&client_id={app}|form|AADB2C90086",
                "{T}/oauth2/v2.0/token|grant_type=urn:x&client_id={app}|form|AADSTS70003",
                "{F}/oauth2/v2.0/token|grant_type=client_credentials&client_id={app}&client_secret=x&scope=a|form|AADB2C90081",
                "{F}/oauth2/v2.0/authorize|client_id=no|form|AADB2C90018",
                "{F}/oauth2/v2.0/authorize||form|AADSTS90121",
                "{T}/oauth2/v2.0/authorize|{}|application/json|AADSTS90013",
            })
    void aRequestWithABody(String target, String body, String type, String said) {
        Reply reply =
                send("POST", target, type.equals("form") ? FORM : type, body == null ? "" : body);

        assertThat(reply.status()).as(reply.text()).isBetween(400, 401);
        assertThat(reply.text()).contains(said);
        assertThat(reply.header("Location")).isEmpty();
    }

    /**
     * What the application may hear goes to it alone, and never in a way that it did not ask for.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "response_type=code|#?|AADB2C90010",
                "response_type=token&response_mode=query|#|AADB2C90057",
                "response_type=code&response_mode=fragment|#|AADB2C90010",
                "response_type=code&response_mode=pigeon|#?|AADB2C90014",
                "response_type=cookie&scope=openid|#|AADB2C90013",
                "response_type=code&scope=openid&{pkce}&prompt=nothing|?|AADB2C90043",
                "response_type=code&scope=openid&{pkce}&max_age=soon|?|AADB2C90120",
                "response_type=code&scope=openid&code_challenge=short|?|AADB2C90183",
                "response_type=code&scope=openid&{pkce}&login_hint=%3Cb%3E|?|AADB2C90122",
                "response_type=code&scope=openid&{pkce}&prompt=none|?|AADB2C90077",
                "response_type=code&scope=openid|?|AADB2C99059",
            })
    void whatTheApplicationIsTold(String query, String mark, String said) {
        Reply reply =
                send(
                        "GET",
                        "{F}/oauth2/v2.0/authorize?client_id={app}&redirect_uri={R}&state=s%26t&"
                                + query,
                        "",
                        "");

        assertThat(reply.status()).isEqualTo(303);
        String location = reply.need("Location");
        assertThat(location).startsWith(REDIRECT);
        assertThat(mark).contains(location.substring(REDIRECT.length(), REDIRECT.length() + 1));
        assertThat(location).contains("error_description=" + said).contains("state=s%26t");
    }
}
