package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.acceptance.fixture.Client;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Samples;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import dev.usher.acceptance.fixture.WebVisit;
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
    private final Samples samples;
    private final Client admin;
    private final String base;

    UserFlowTokensTest(Usher usher) {
        this.usher = usher;
        this.samples = Samples.of(usher);
        this.admin = usher.tenant().admin();
        this.base = usher.json().httpsUrl() + "/" + usher.tenant().id() + "/" + samples.flow();
    }

    private WebVisit visit() {
        return new WebVisit(usher.http(), usher.json().httpsUrl());
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
        return base + "/oauth2/v2.0/authorize?" + WebVisit.encoded(request);
    }

    private Reply token(Map<String, String> form) {
        return usher.http()
                .send(
                        "POST",
                        base + "/oauth2/v2.0/token",
                        WebVisit.encoded(form).getBytes(StandardCharsets.UTF_8),
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
        WebVisit visit = visit().to(authorize(request("code")));
        assertThat(visit.page().expect(200).text()).contains("<form");
        visit.signIn(samples.person());
        assertThat(visit.at()).startsWith(REDIRECT + "?code=");
        assertThat(visit.answer()).containsEntry("state", "s t/a+t=e&");

        JsonNode tokens = token(redemption(visit.answer().get("code"))).expect(200).json();
        JWTClaimsSet id = verified(tokens.get("id_token").asString());
        assertThat(id.getIssuer()).isEqualTo(base + "/v2.0");
        assertThat(id.getAudience()).containsExactly(admin.id());
        assertThat(id.getStringClaim("nonce")).isEqualTo("n-1");
        assertThat(id.getStringListClaim("emails")).containsExactly(samples.person().email());
        assertThat(id.getStringClaim("tfp")).isEqualTo(samples.flow());
        verified(tokens.get("access_token").asString());
        assertThat(userInfo(tokens).expect(200).json().get("sub").asString())
                .isEqualTo(id.getSubject());

        String first = tokens.get("refresh_token").asString();
        JsonNode renewed = token(refresh(first)).expect(200).json();
        refused(token(refresh(first)), "AADB2C90129");
        refused(token(refresh(renewed.get("refresh_token").asString())), "AADB2C90129");

        Map<String, String> silent = request("code");
        silent.put("prompt", "none");
        assertThat(visit.to(authorize(silent)).answer()).containsKey("code");
        visit.to(
                base
                        + "/oauth2/v2.0/logout?post_logout_redirect_uri="
                        + REDIRECT
                        + "&id_token_hint="
                        + tokens.get("id_token").asString());
        assertThat(visit.at()).isEqualTo(REDIRECT);
        assertThat(visit.to(authorize(silent)).answer())
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
                                        keys.getKeyByKeyId(jwt.getHeader().getKeyID())
                                                .toRSAKey())))
                .isTrue();
        return jwt.getJWTClaimsSet();
    }

    @Test
    void tokensByFragmentAndByForm() throws Exception {
        WebVisit visit = visit().to(authorize(request("id_token"))).signIn(samples.person());
        assertThat(visit.at()).startsWith(REDIRECT + "#id_token=");
        verified(visit.answer().get("id_token"));

        Map<String, String> request = request("code id_token");
        request.put("response_mode", "form_post");
        visit.to(authorize(request));
        assertThat(visit.page().expect(200).header("Content-Security-Policy")).isPresent();
        assertThat(visit.formAction()).isEqualTo(REDIRECT);
        assertThat(visit.hidden())
                .containsKeys("code", "id_token")
                .containsEntry("state", "s t/a+t=e&");
    }

    @Test
    void refusalsGoToTheApplicationOnlyIfItIsKnown() {
        Map<String, String> unknown = request("code");
        unknown.put("redirect_uri", "https://evil.example/");
        Reply page = visit().to(authorize(unknown)).page();
        assertThat(page.expect(400).text()).contains("AADB2C90006");

        Map<String, String> mode = request("id_token");
        mode.put("response_mode", "query");
        WebVisit back = visit().to(authorize(mode));
        assertThat(back.at()).startsWith(REDIRECT + "#error=");
        assertThat(back.answer().get("error_description"))
                .startsWith("AADB2C90014: ")
                .contains("\r\nCorrelation ID: ", "\r\nTimestamp: ");
    }

    @Test
    void ofTwoThatRedeemACodeAtOnceOneWins() throws Exception {
        WebVisit visit = visit().to(authorize(request("code"))).signIn(samples.person());
        Map<String, String> silent = request("code");
        silent.put("prompt", "none");
        silent.put("scope", "openid");
        int won = 0;
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                String code = visit.to(authorize(silent)).answer().get("code");
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
