package dev.usher.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Redirects.Platform;
import dev.usher.client.Redirects.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which redirect URIs count as registered, and where their applications are at home. */
class RedirectsTest {

    private static final List<Redirect> REGISTERED =
            List.of(
                    new Redirect(Platform.WEB, "https://shop.example:8443/signed-in?a=1"),
                    new Redirect(Platform.NATIVE, "http://localhost/done"),
                    new Redirect(Platform.NATIVE, "com.example.shop:/done"));

    private static Redirects redirects(@Nullable String homePage) {
        return new Redirects(REGISTERED, homePage, null, false, false, false);
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

    private static Redirects of(String uri, boolean anywhere) {
        String json =
                "{\"loopbackAnywhere\": " + anywhere + ", \"web\": {\"redirectUris\": [\"%s\"]}}";
        return Redirects.read((ObjectNode) JsonMapper.shared().readTree(json.formatted(uri)));
    }

    private static boolean registered(Redirects redirects, String uri) {
        return redirects.platformOf(uri).isPresent();
    }

    @Test
    void onLoopbackThePortDoesNotCount() {
        Redirects redirects = of("http://localhost:3000/in?a=b", false);
        assertThat(registered(redirects, "http://localhost:3000/in?a=b")).isTrue();
        assertThat(registered(redirects, "http://localhost/in?a=b")).isTrue();
        assertThat(registered(redirects, "http://localhost:99/in?a=b")).isTrue();
        assertThat(registered(redirects, "http://localhost:99/in")).isFalse();
        assertThat(registered(redirects, "http://localhost:99/other?a=b")).isFalse();
        assertThat(registered(redirects, "http://127.0.0.1:99/in?a=b")).isFalse();
        assertThat(registered(redirects, "https://localhost:99/in?a=b")).isFalse();
        assertThat(registered(redirects, "http://user@localhost:99/in?a=b")).isFalse();
        assertThat(registered(redirects, "http://localhost:99/in?a=b#c")).isFalse();
    }

    @Test
    void elsewhereEverythingCounts() {
        Redirects redirects = of("https://app.example:8443/in", false);
        assertThat(registered(redirects, "https://app.example:8443/in")).isTrue();
        assertThat(registered(redirects, "https://app.example/in")).isFalse();
        assertThat(registered(redirects, "https://app.example:8443/in/")).isFalse();
        assertThat(registered(redirects, "HTTPS://app.example:8443/in")).isFalse();
    }

    @Test
    void aStarIsAPathLikeAnyOther() {
        Redirects redirects = of("http://localhost/*", false);
        assertThat(registered(redirects, "http://localhost:3000/*")).isTrue();
        assertThat(registered(redirects, "http://localhost:3000/in")).isFalse();
        assertThat(registered(redirects, "http://localhost:3000/")).isFalse();
    }

    @Test
    void whoMayBeAnsweredAnywhereOnThisMachineIs() {
        Redirects redirects = of("http://localhost/*", true);
        assertThat(registered(redirects, "http://localhost:3000/in")).isTrue();
        assertThat(registered(redirects, "http://localhost")).isTrue();
        assertThat(registered(redirects, "http://127.0.0.1/in")).isFalse();
        assertThat(registered(redirects, "http://localhost.evil.example/in")).isFalse();
        assertThat(registered(redirects, "http://localhost@evil.example/in")).isFalse();
        assertThat(registered(of("https://app.example/*", true), "https://app.example/in"))
                .isFalse();
    }
}
