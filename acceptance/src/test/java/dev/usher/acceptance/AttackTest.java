package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.SignIn;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody tries on the wire that no browser of good will sends. */
@UsherTest
class AttackTest {

    private final Usher usher;
    private final String flow;

    AttackTest(Usher usher) {
        this.usher = usher;
        this.flow = usher.tenant().flows().get("signUpOrSignIn");
    }

    private String target(String more) {
        URI uri = URI.create(new SignIn(usher, usher.tenant(), flow).address(more));
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private Reply exchange(String request) {
        return usher.raw().exchange("attack", request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The server is known under its own names alone, whatever a header says. */
    @Test
    void otherHostsAreNotOurs() {
        String authority = usher.raw().authority();
        String target = target("");
        for (String host :
                List.of(
                        "evil.example",
                        authority + ".evil.example",
                        "evil.example@" + authority,
                        authority + "@evil.example",
                        "",
                        authority + "," + "evil.example")) {
            Reply reply =
                    exchange(
                            "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                    .formatted(target, host));
            assertThat(reply.status()).as("Host: %s", host).isIn(400, 421);
            assertThat(reply.header("Location")).isEmpty();
        }
        Reply two =
                exchange(
                        "GET %s HTTP/1.1\r\nHost: %s\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                .formatted(target, authority));
        assertThat(two.status()).isEqualTo(400);
        Reply forwarded =
                usher.raw()
                        .send(
                                "GET",
                                target,
                                List.of(
                                        "X-Forwarded-Host: evil.example",
                                        "X-Forwarded-Proto: https",
                                        "Forwarded: host=evil.example;proto=https",
                                        "X-Original-URL: /evil",
                                        "X-Rewrite-URL: /evil"),
                                new byte[0]);
        assertThat(forwarded.status()).isEqualTo(303);
        assertThat(forwarded.need("Location")).doesNotContain("evil");
        assertThat(String.join("", forwarded.headers().get("Set-Cookie")))
                .doesNotContain("Domain", "evil");
    }

    /** A path that begins like an address leads nowhere. */
    @Test
    void noPathIsAnAddressOfAnotherHost() {
        String domain = usher.tenant().domain();
        for (String path :
                List.of(
                        "//" + domain + "/" + flow + "/journey/x",
                        "///" + domain + "/" + flow + "/journey/x",
                        "/\\" + domain + "/" + flow + "/journey/x",
                        "//evil.example/%2e%2e",
                        "/" + domain + "//evil.example/journey/x")) {
            Reply reply =
                    usher.raw()
                            .send(
                                    "POST",
                                    path,
                                    List.of("Cookie: usher-journey-x=y"),
                                    "action=cancel".getBytes(StandardCharsets.US_ASCII));
            assertThat(reply.status()).as(path).isBetween(400, 499);
            assertThat(reply.header("Location")).as(path).isEmpty();
        }
    }

    /** What is sent for one header ends there. */
    @Test
    void noParameterMakesAHeader() {
        for (String name : List.of("ui_locales", "login_hint", "state", "domain_hint", "p")) {
            Reply reply =
                    usher.raw()
                            .send(
                                    "GET",
                                    target("&" + name + "=x%0d%0aSet-Cookie:%20pwn=1%0d%0a%0d%0ax"),
                                    List.of(),
                                    new byte[0]);
            assertThat(reply.status()).as(name).isLessThan(500);
            assertThat(reply.headers().getOrDefault("Set-Cookie", List.of()))
                    .as(name)
                    .noneMatch(cookie -> cookie.startsWith("pwn"));
        }
    }

    /** Over TLS no cookie goes without it, and none is for a page's script. */
    @Test
    void cookiesAreKept() {
        String secure = usher.json().httpsUrl() + target("");
        Reply journey = usher.http().get(secure);
        assertThat(journey.headers().get("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("; Secure", "; HttpOnly"));
        Reply plain = usher.http().get(usher.json().httpUrl() + target(""));
        assertThat(plain.headers().get("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("; HttpOnly", "SameSite=Lax"));
        Reply page =
                usher.http()
                        .get(
                                usher.json().httpsUrl() + journey.need("Location"),
                                "Cookie",
                                journey.need("Set-Cookie").split(";", 2)[0]);
        assertThat(page.expect(200).need("Strict-Transport-Security")).isNotBlank();
        assertThat(page.need("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(page.need("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void bodiesThatAreTooLargeAreRefused() {
        byte[] large = "x".repeat(8 << 20).getBytes(StandardCharsets.US_ASCII);
        String path = "/" + usher.tenant().id() + "/" + flow + "/journey/x";
        Reply reply = usher.raw().send("POST", path, List.of("Cookie: usher-journey-x=y"), large);
        assertThat(reply.status()).isIn(400, 413);
    }
}
