package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.RawHttp;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Bent requests, byte by byte over HTTP: answered, never by a defect, in Graph's envelope. */
class HttpFuzzTest {

    private static final long SECONDS = Boolean.getBoolean("long") ? 300 : 15;

    /** The server answers sooner, whatever it is asked. */
    private static final long ANSWER_SECONDS_MAX = 10;

    private static final int REQUESTS_MIN = 200;

    private static final List<String> TARGETS =
            List.of(
                    "/v1.0/identity/b2xUserFlows?$expand=userFlowIdentityProviders($select=id)",
                    "/v1.0/identity/b2xUserFlows/B2X_1_Fuzz/apiConnectorConfiguration",
                    "/beta/identity/b2xUserFlows('B2X_1_Fuzz')/userFlowIdentityProviders/$ref",
                    "/beta/identity/apiConnectors?$filter=startswith(displayName,'a')&$top=2",
                    "/v1.0/identity/identityProviders?$orderby=displayName%20desc&$count=true",
                    "/v1.0/identity/userFlowAttributes/city?$select=id,displayName",
                    "/v1.0/identity/apiConnectors/$count",
                    "/v1.0/$metadata",
                    "/beta/identity/b2xUserFlows");
    private static final List<String> HEADERS =
            List.of(
                    "Accept: application/json;odata.metadata=full",
                    "Prefer: return=minimal, odata.maxpagesize=3",
                    "If-None-Match: \"1\", W/\"2\"",
                    "Accept-Encoding: gzip;q=0.5",
                    "client-request-id: 7c5f4e0e-0f0f-4f0f-8f0f-0f0f0f0f0f0f",
                    "Content-Encoding: identity",
                    "Origin: https://example.test",
                    "X-Forwarded-Host: other.example");
    private static final List<String> NASTY =
            List.of(
                    "%",
                    "%00", "%2F", "%2e%2e/", "%ff", "//", "/./", "/../", ";a=b", "?", "&", "'",
                    "''", "(", ")", "\"", "\\", "$", "@", "{}", "[]", "null", "1e999", "-1", "é",
                    "\u00ff", "\t", " ", ",", "*", "=", "\\u0000", "\\ud800", "x");

    private final long seed =
            Long.getLong("seed", Boolean.getBoolean("long") ? new Random().nextLong() : 1);
    private final Random random = new Random(seed);

    private record Bent(String method, String target, List<String> headers, byte[] body) {}

    @Test
    void everyRequestIsAnswered() {
        System.out.printf("fuzz http: -Dseed=%d%n", seed);
        try (Usher usher = Usher.start(Distribution.workDirectory("fuzz"))) {
            usher.newFlow("Fuzz");
            String token = usher.tokens().of(usher.tenant(), usher.tenant().admin());
            RawHttp http = usher.raw();
            Map<Integer, Integer> statuses = new TreeMap<>();
            long began = System.nanoTime();
            int count = 0;
            while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(SECONDS)) {
                Bent bent = bent(token);
                long sent = System.nanoTime();
                Reply reply = http.send(bent.method(), bent.target(), bent.headers(), bent.body());
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sent);
                String what = "seed " + seed + ", request " + count + ": " + bent.headers() + reply;
                assertThat(reply.status()).as(what).isBetween(200, 499);
                assertThat(seconds).as(what).isLessThan(ANSWER_SECONDS_MAX);
                if (reply.status() >= 400) {
                    assertThat(plain(reply).error()).as(what).isNotNull();
                }
                statuses.merge(reply.status(), 1, Integer::sum);
                count++;
            }
            System.out.printf("fuzz http: %d requests, %s%n", count, statuses);
            assertThat(count).isGreaterThan(REQUESTS_MIN);
            assertThat(statuses).containsKeys(200, 400);
            assertThat(usher.dev().process().log()).doesNotContain(" ERROR ");
            usher.graph().get("/identity/b2xUserFlows/B2X_1_Fuzz").expect(200);
        }
    }

    private static Reply plain(Reply reply) {
        if (!reply.header("Content-Encoding").orElse("").equals("gzip")) {
            return reply;
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
            return new Reply(reply.request(), reply.status(), reply.headers(), gzip.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Bent bent(String token) {
        String method = pick(List.of("GET", "GET", "POST", "PATCH", "PUT", "DELETE"));
        String target = pick(TARGETS);
        if (method.equals("DELETE")) {
            target = "/v1.0/identity/apiConnectors/none";
        }
        String body = method.equals("GET") || method.equals("DELETE") ? "" : body();
        String header = pick(HEADERS);
        String bearer = token;
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> target = visible(changed(target));
            case 3, 4 -> header = value(header);
            case 5, 6 -> body = body.isEmpty() ? "" : changed(body);
            default -> bearer = value("x: " + token).substring(3);
        }
        List<String> headers = new ArrayList<>(List.of(header, "Authorization: Bearer " + bearer));
        headers.add("Content-Type: application/json");
        if (!target.toLowerCase(Locale.ROOT).matches("/(v1\\.0|beta)/.*")) {
            target = "/v1.0/" + target;
        }
        return new Bent(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private String body() {
        return Json.write(
                random.nextBoolean()
                        ? Usher.connector("a" + random.nextInt(20))
                        : Json.object(
                                "id",
                                "F" + random.nextInt(20),
                                "userFlowType",
                                "signUpOrSignIn",
                                "userFlowTypeVersion",
                                1));
    }

    private String changed(String text) {
        String changed = text;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int from = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), from + random.nextInt(5));
            String with =
                    switch (random.nextInt(3)) {
                        case 0 -> "";
                        case 1 -> changed.substring(from, to).repeat(random.nextInt(100));
                        default -> pick(NASTY);
                    };
            changed = changed.substring(0, from) + with + changed.substring(to);
        }
        return changed;
    }

    /** A request line ends at a space. */
    private static String visible(String target) {
        return target.replaceAll("[\\x00-\\x20]", "%20");
    }

    private String value(String header) {
        int colon = header.indexOf(": ") + 2;
        return header.substring(0, colon) + changed(header.substring(colon));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
