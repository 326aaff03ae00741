package dev.usher.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Redirects.Platform;
import dev.usher.client.Redirects.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {

    private static final List<Redirect> REGISTERED =
            List.of(
                    new Redirect(Platform.WEB, "https://shop.example:8443/signed-in?a=1"),
                    new Redirect(Platform.NATIVE, "http://localhost/done"),
                    new Redirect(Platform.NATIVE, "com.example.shop:/done"));

    private static Redirects redirects(@Nullable String homePage) {
        return new Redirects(REGISTERED, homePage, null, false, false);
    }

    @Test
    void anApplicationIsAtHomeWhereItSays() {
        assertThat(redirects("https://shop.example/start").home("anything"))
                .contains("https://shop.example/start");
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example:8443/signed-in?a=1, https://shop.example:8443/",
        "http://localhost:3000/done, http://localhost:3000/",
        "com.example.shop:/done,",
        "https://evil.example/,",
        "'',"
    })
    void elseAtTheRootOfARegisteredSite(String redirectUri, @Nullable String home) {
        assertThat(redirects(null).home(redirectUri).orElse(null)).isEqualTo(home);
        assertThat(redirects("javascript:alert(1)").home(redirectUri).orElse(null)).isEqualTo(home);
    }
}
