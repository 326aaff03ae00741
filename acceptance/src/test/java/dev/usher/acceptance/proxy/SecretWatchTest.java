package dev.usher.acceptance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretWatchTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SECRET = "a long and winding secret";

    private final SecretWatch watch = new SecretWatch();

    private void exchange(String type, String authorization, String request, String response) {
        noted(begun(type, authorization, request, response));
    }

    private void noted(Exchange exchange) {
        watch.request(exchange);
        watch.response(exchange);
    }

    private static Exchange begun(
            String type, String authorization, String request, String response) {
        byte[] sent = request.getBytes(StandardCharsets.UTF_8);
        byte[] got = response.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /a HTTP/1.1\r\nContent-Type: %s\r\nAuthorization: %s\r\n\r\n"
                        .formatted(type, authorization);
        Exchange exchange = new Exchange("test", Head.parse(head.getBytes()).orElseThrow());
        exchange.sent(sent, sent.length);
        exchange.response(
                Head.parse("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes())
                        .orElseThrow());
        exchange.received(got, got.length);
        return exchange;
    }

    /** The client was faster with its token than the watch with the answer that brought it. */
    @Test
    void aTokenThatIsUsedBeforeItsAnswerIsNoted() {
        String answer = "{\"access_token\":\"abcdefghijklmnop\"}";
        Exchange issued = begun(FORM, "", "", answer);
        noted(begun(JSON, "Bearer abcdefghijklmnop", "", "{}"));
        noted(issued);
        assertThat(watch.leaks()).isEmpty();
        exchange(FORM, "", "", answer);
        assertThat(watch.leaks()).hasSize(1);
    }

    @Test
    void aMemberThatComesBack() {
        exchange(JSON, "", "{\"a\":[{\"clientSecret\":\"" + SECRET + "\"}]}", "{}");
        assertThat(watch.leaks()).isEmpty();
        exchange(JSON, "", "{}", "{\"error\":\"not " + SECRET + "\"}");
        assertThat(watch.leaks()).hasSize(1);
    }

    @Test
    void namesInAnyCase() {
        exchange(JSON, "", "{\"Password\":\"" + SECRET + "\"}", "\"" + SECRET + "\"");
        assertThat(watch.leaks()).hasSize(1);
    }

    @Test
    void aFormFieldThatIsLogged() {
        exchange(FORM, "", "a=b&client_secret=a+long+and%20winding+secret", "{}");
        watch.look("the log", "client said " + SECRET);
        assertThat(watch.leaks()).singleElement().asString().endsWith("in the log");
    }

    @Test
    void credentialsInHeaders() {
        exchange(JSON, "Bearer abcdefghijklmnop", "", "{\"was\":\"abcdefghijklmnop\"}");
        String basic = Base64.getEncoder().encodeToString(("id:" + SECRET).getBytes());
        exchange(JSON, "Basic " + basic, "", "{\"was\":\"" + SECRET + "\"}");
        assertThat(watch.leaks()).hasSize(2);
    }

    @Test
    void aTokenIsHandedOutOnce() {
        String answer = "{\"access_token\":\"abc.def.ghi.jkl\"}";
        exchange(FORM, "", "a=b", answer);
        assertThat(watch.leaks()).isEmpty();
        exchange(FORM, "", "a=b", answer);
        assertThat(watch.leaks()).hasSize(1);
    }

    @Test
    void shortTextsAreNoSecrets() {
        exchange(JSON, "", "{\"password\":\"******\"}", "{\"password\":\"******\"}");
        assertThat(watch.leaks()).isEmpty();
        assertThat(watch.planted()).isZero();
    }
}
