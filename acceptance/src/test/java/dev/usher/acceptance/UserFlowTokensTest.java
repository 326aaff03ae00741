package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.acceptance.fixture.Client;
import dev.usher.acceptance.fixture.Fields;
import dev.usher.acceptance.fixture.FormBrowser;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person signs in through a user flow, and the application gets tokens, as on the wire. */
@UsherTest
class UserFlowTokensTest {

    private static final String REDIRECT = "http://localhost:4321/signed-in";
    private static final String VERIFIER = "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFG";
    private static final int ROUNDS = 1000;

    private final Usher usher;
    private final String flow;
    private final String person;
    private final Client admin;
    private final String base;

    UserFlowTokensTest(Usher usher) {
        this.usher = usher;
        this.flow = usher.tenant().flows().get("signUpOrSignIn");
        this.person = usher.tenant().users().keySet().iterator().next();
        this.admin = usher.tenant().admin();
        this.base = usher.json().httpsUrl() + "/" + usher.tenant().id() + "/" + flow;
    }

    private FormBrowser browser() {
        return new FormBrowser(usher.http(), usher.json().httpsUrl());
    }

    /** Somebody signs in for that request. */
    private FormBrowser signedIn(Map<String, String> request) {
        return browser()
                .open(authorize(request))
                .press("next", "email", person, "password", usher.tenant().users().get(person));
    }

    private static Map<String, String> answer(FormBrowser browser) {
        assertThat(browser.url()).startsWith(REDIRECT);
        return Fields.of(browser.url());
    }

    private Map<String, String> request(String responseType) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", admin.id());
        request.put("redirect_uri", REDIRECT);
        request.put("response_type", responseType);
        request.put("scope", "openid offline_access");
        request.put("state", "s t/a+t=e&");
        request.put("nonce", "n-1");
        request.put("code_challenge", challenge());
        request.put("code_challenge_method", "S256");
        return request;
    }

    private static String challenge() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String authorize(Map<String, String> request) {
        return base + "/oauth2/v2.0/authorize?" + Fields.encoded(request);
    }

    private Reply token(Map<String, String> form) {
        return usher.http()
                .send(
                        "POST",
                        base + "/oauth2/v2.0/token",
                        Fields.encoded(form).getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    private Map<String, String> redemption(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", admin.id());
        form.put("client_secret", admin.secret());
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("code_verifier", VERIFIER);
        return form;
    }

    private Map<String, String> refresh(String token) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", admin.id());
        form.put("client_secret", admin.secret());
        form.put("refresh_token", token);
        return form;
    }

    private static void refused(Reply reply, String code) {
        assertThat(reply.expect(400).json().get("error_description").asString())
                .startsWith(code + ": ");
    }

    @Test
    void codeThenTokensThenRenewalThenSignOut() throws Exception {
        FormBrowser browser = signedIn(request("code"));
        assertThat(browser.url()).startsWith(REDIRECT + "?code=");
        assertThat(answer(browser)).containsEntry("state", "s t/a+t=e&");

        JsonNode tokens = token(redemption(answer(browser).get("code"))).expect(200).json();
        JWTClaimsSet id = verified(tokens.get("id_token").asString());
        assertThat(id.getIssuer()).isEqualTo(base + "/v2.0");
        assertThat(id.getAudience()).containsExactly(admin.id());
        assertThat(id.getStringClaim("nonce")).isEqualTo("n-1");
        assertThat(id.getStringListClaim("emails")).containsExactly(person);
        assertThat(id.getStringClaim("tfp")).isEqualTo(flow);
        verified(tokens.get("access_token").asString());
        assertThat(userInfo(tokens).expect(200).json().get("sub").asString())
                .isEqualTo(id.getSubject());

        String first = tokens.get("refresh_token").asString();
        JsonNode renewed = token(refresh(first)).expect(200).json();
        refused(token(refresh(first)), "AADB2C90129");
        refused(token(refresh(renewed.get("refresh_token").asString())), "AADB2C90129");

        Map<String, String> silent = request("code");
        silent.put("prompt", "none");
        assertThat(answer(browser.open(authorize(silent)))).containsKey("code");
        browser.open(
                base
                        + "/oauth2/v2.0/logout?post_logout_redirect_uri="
                        + REDIRECT
                        + "&id_token_hint="
                        + tokens.get("id_token").asString());
        assertThat(browser.url()).isEqualTo(REDIRECT);
        assertThat(answer(browser.open(authorize(silent))))
                .containsEntry("error", "interaction_required");
    }

    private Reply userInfo(JsonNode tokens) {
        return usher.http()
                .get(
                        base + "/openid/v2.0/userinfo",
                        "Authorization",
                        "Bearer " + tokens.get("access_token").asString());
    }

    private JWTClaimsSet verified(String token) throws Exception {
        JWKSet keys =
                JWKSet.parse(usher.http().get(base + "/discovery/v2.0/keys").expect(200).text());
        SignedJWT jwt = SignedJWT.parse(token);
        assertThat(
                        jwt.verify(
                                new RSASSAVerifier(
                                        keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        return jwt.getJWTClaimsSet();
    }

    @Test
    void tokensByFragmentAndByForm() throws Exception {
        FormBrowser browser = signedIn(request("id_token"));
        assertThat(browser.url()).startsWith(REDIRECT + "#id_token=");
        verified(answer(browser).get("id_token"));

        Map<String, String> request = request("code id_token");
        request.put("response_mode", "form_post");
        browser.open(authorize(request)).last().expect(200).need("Content-Security-Policy");
        assertThat(browser.html())
                .contains("<form method=\"post\" action=\"" + REDIRECT + "\"")
                .contains("name=\"code\"", "name=\"id_token\"")
                .contains("name=\"state\" value=\"s t/a+t=e&amp;\"");
    }

    @Test
    void refusalsGoToTheApplicationOnlyIfItIsKnown() {
        Map<String, String> unknown = request("code");
        unknown.put("redirect_uri", "https://evil.example/");
        Reply page = browser().open(authorize(unknown)).last();
        assertThat(page.expect(400).text()).contains("AADB2C90006");

        Map<String, String> mode = request("id_token");
        mode.put("response_mode", "query");
        FormBrowser back = browser().open(authorize(mode));
        assertThat(back.url()).startsWith(REDIRECT + "#error=");
        assertThat(answer(back).get("error_description"))
                .startsWith("AADB2C90014: ")
                .contains("\r\nCorrelation ID: ", "\r\nTimestamp: ");
    }

    @Test
    void ofTwoThatRedeemACodeAtOnceOneWins() throws Exception {
        FormBrowser browser = signedIn(request("code"));
        Map<String, String> silent = request("code");
        silent.put("prompt", "none");
        silent.put("scope", "openid");
        int won = 0;
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                String code = answer(browser.open(authorize(silent))).get("code");
                List<Integer> statuses = both(two, () -> token(redemption(code)).status());
                assertThat(statuses).containsExactlyInAnyOrder(200, 400);
                won++;
            }
        }
        assertThat(won).isEqualTo(ROUNDS);
    }

    private static List<Integer> both(ExecutorService two, Callable<Integer> work)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Integer> together =
                () -> {
                    start.await();
                    return work.call();
                };
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> answer : two.invokeAll(List.of(together, together))) {
            answers.add(answer.get());
        }
        return answers;
    }
}
