package dev.usher.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which redirect URIs count as registered. */
class RedirectsTest {

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
