package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.ErrorRenderer;
import dev.usher.http.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client of the token endpoint reads when a limit of HTTP stopped it. */
final class HttpErrorsTest {

    private final HttpErrors errors = new HttpErrors(failure -> Response.empty(418));

    private Response render(int status, String path) {
        return errors.render(
                new ErrorRenderer.Failure(
                        status, "RequestTooLarge", "The body is too large.", path, "r", "c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/contoso.example/oauth2/v2.0/token",
                "/contoso.example/OAuth2/token",
                "/contoso.example/discovery/v2.0/keys",
                "/contoso.example/v2.0/.well-known/openid-configuration"
            })
    void oauthErrors(String path) {
        Response response = render(413, path);
        assertThat(response.status()).isEqualTo(413);
        JsonNode body =
                JsonMapper.shared().readTree(new String(response.body(), StandardCharsets.UTF_8));
        assertThat(body.path("error").asString()).isEqualTo("invalid_request");
        assertThat(body.path("error_description").asString())
                .isEqualTo("The body is too large. Trace ID: r Correlation ID: c");
        assertThat(response.headers().first("Cache-Control")).contains("no-store");
    }

    @Test
    void defectsAreTheServers() {
        Response response = render(500, "/t/oauth2/v2.0/token");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("server_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1.0/identity/b2xUserFlows", "/beta/$batch", "/oauth2/x"})
    void othersAreNotOurs(String path) {
        assertThat(render(413, path).status()).isEqualTo(418);
    }
}
