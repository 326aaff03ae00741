package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.ids.Ids;
import dev.usher.observe.Observation;
import dev.usher.odata.ErrorWriter;
import dev.usher.time.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JettyServerTest {

    private static final Limits LIMITS =
            new Limits(
                    100_000,
                    8_192,
                    2_000,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));

    private final List<Observation> seen = Collections.synchronizedList(new ArrayList<>());
    private final Clock clock = Clock.system();
    private JettyServer server;
    private int port;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void serve(Handler handler, String... proxies) {
        var listener = new ServerSettings.Listener(List.of("127.0.0.1"), 0, null);
        var settings =
                new ServerSettings("test", List.of(listener), LIMITS, Cidr.parse(List.of(proxies)));
        server =
                new JettyServer(
                        settings,
                        new ErrorWriter(clock),
                        new Ids(new SplittableRandom(7)),
                        clock,
                        seen::add);
        server.bind();
        port = server.port(0);
        server.start(
                handler,
                Origins.of(List.of("http://127.0.0.1:" + port, "https://login.example.com")));
    }

    private static Response echo(Request request) {
        return Response.text(
                200,
                "text/plain",
                String.join(
                        "\n",
                        request.method(),
                        request.origin(),
                        request.path(),
                        "query=" + request.query(),
                        request.remoteAddress(),
                        new String(request.body(), StandardCharsets.UTF_8)));
    }

    private String get(String target, String... headerLines) throws IOException {
        return Raw.exchange(
                port,
                "GET "
                        + target
                        + " HTTP/1.1\nHost: 127.0.0.1:"
                        + port
                        + "\nConnection: close\n"
                        + String.join("", List.of(headerLines).stream().map(l -> l + "\n").toList())
                        + "\n");
    }

    private byte[] post(String extra, byte[] body) {
        byte[] head =
                ("POST /x HTTP/1.1\r\nHost: 127.0.0.1:"
                                + port
                                + "\r\nConnection: close\r\n"
                                + extra
                                + "Content-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1.0//identity///b2xUserFlows",
                "/beta/identity/b2xUserFlows('B2X_1%2Fx')/%24ref",
                "/beta/a%2F..%2Fb/../c/./d;p=1/%25",
                "/beta/identity/x(a='b%27c')/$ref",
                "/beta/a%5Cb/caf%C3%A9"
            })
    void rawPathsReachTheHandler(String path) throws IOException {
        serve(JettyServerTest::echo);
        assertThat(get(path + "?$filter=a%20eq%20'b'&%24top=1"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("\n" + path + "\n")
                .contains("\nquery=$filter=a%20eq%20'b'&%24top=1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a%zz HTTP/1.1\nHost: H\n\n",
                "GET /a%C3%28 HTTP/1.1\nHost: H\nConnection: close\n\n",
                "GET /a b HTTP/1.1\nHost: H\n\n",
                "NONSENSE\n\n",
                "GET / HTTP/9.9\nHost: H\n\n",
                "GET / HTTP/1.1\n\n",
                "GET / HTTP/1.1\nHost: H\nHost: H\n\n",
                "GET / HTTP/1.1\nHost: H\nBroken header\n\n",
                "POST / HTTP/1.1\nHost: H\nContent-Length: abc\n\n",
                "POST / HTTP/1.1\nHost: H\nContent-Length: 3\nTransfer-Encoding: chunked\n\n",
                "GET http://user:pw@H/ HTTP/1.1\nHost: H\nConnection: close\n\n",
            })
    void malformedMessagesGetAGraphError(String text) throws IOException {
        serve(JettyServerTest::echo);
        String answer = Raw.exchange(port, text.replace("H\n", "127.0.0.1:" + port + "\n"));
        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*");
        assertThat(answer)
                .contains("{\"error\":{\"code\":")
                .contains("\"innerError\":{\"date\":")
                .containsIgnoringCase("\r\nContent-Type: application/json")
                .doesNotContain("<html");
    }

    @Test
    void tooLargeHeadersAndUris() throws IOException {
        serve(JettyServerTest::echo);
        assertThat(get("/" + "a".repeat(3_000)))
                .startsWith("HTTP/1.1 414 ")
                .contains("\"UriTooLong\"");
        assertThat(get("/" + "a".repeat(9_000))).startsWith("HTTP/1.1 414 ").contains("error");
        assertThat(get("/", "X-Large: " + "a".repeat(9_000)))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"RequestHeaderFieldsTooLarge\"");
    }

    @Test
    void tooLargeBodiesWithAndWithoutAnnouncement() throws IOException {
        serve(JettyServerTest::echo);
        byte[] exact = new byte[LIMITS.bodyMax()];
        byte[] over = new byte[LIMITS.bodyMax() + 1];
        assertThat(Raw.exchange(port, post("", exact))).startsWith("HTTP/1.1 200 ");
        assertThat(Raw.exchange(port, post("", over)))
                .startsWith("HTTP/1.1 413 ")
                .contains("100000 bytes");
        String chunk =
                Integer.toHexString(over.length) + "\n" + "a".repeat(over.length) + "\n0\n\n";
        String chunked =
                "POST / HTTP/1.1\nHost: 127.0.0.1:%d\nConnection: close\nTransfer-Encoding: chunked\n\n"
                        .formatted(port);
        assertThat(Raw.exchange(port, chunked + chunk)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void gzipBodiesAreDecodedWithinTheLimit() throws IOException {
        serve(JettyServerTest::echo);
        String gzip = "Content-Encoding: gzip\r\n";
        byte[] small = "{\"id\":\"é\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(Raw.exchange(port, post(gzip, Gzip.compress(small))))
                .startsWith("HTTP/1.1 200 ")
                .endsWith(new String(small, StandardCharsets.ISO_8859_1));
        byte[] bomb = bomb(50 * LIMITS.bodyMax());
        assertThat(bomb).hasSizeLessThan(LIMITS.bodyMax());
        assertThat(Raw.exchange(port, post(gzip, bomb))).startsWith("HTTP/1.1 413 ");
        assertThat(Raw.exchange(port, post(gzip, small)))
                .startsWith("HTTP/1.1 400 ")
                .contains("not gzip");
        assertThat(Raw.exchange(port, post("Content-Encoding: br\r\n", small)))
                .startsWith("HTTP/1.1 415 ");
    }

    private static byte[] bomb(int size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(new byte[size]);
        }
        return out.toByteArray();
    }

    @Test
    void answersAreCompressedForWhoAsks() throws Exception {
        String text = "usher ".repeat(1_000);
        serve(_ -> Response.text(200, "application/json", text));
        HttpResponse<byte[]> coded = send("GET", "/", "Accept-Encoding", "br, gzip");
        assertThat(coded.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(coded.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(coded.body())).readAllBytes();
        assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(send("GET", "/", "Accept-Encoding", "gzip;q=0").body()).hasSize(6_000);
        assertThat(send("GET", "/", "Accept", "*/*").body()).hasSize(6_000);
    }

    @Test
    void secretAnswersAreNotCompressed() throws Exception {
        serve(_ ->
                Response.text(200, "application/json", "a".repeat(5_000))
                        .with("Cache-Control", "no-store"));
        assertThat(send("GET", "/", "Accept-Encoding", "gzip").body()).hasSize(5_000);
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .headers(headers)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void commonHeadersAndTheOfferOfHttp2InClear() throws Exception {
        serve(JettyServerTest::echo);
        // Java's client offers h2c by an Upgrade header, and is content with HTTP/1.1
        HttpResponse<byte[]> answer = send("GET", "/", "client-request-id", "abc-123");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.headers().map().keySet())
                .contains("request-id", "date")
                .doesNotContain("server", "strict-transport-security");
        assertThat(answer.headers().firstValue("client-request-id")).hasValue("abc-123");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-cache");
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        HttpResponse<byte[]> unsafe = send("GET", "/", "client-request-id", "<script>");
        assertThat(unsafe.headers().firstValue("client-request-id"))
                .isEqualTo(unsafe.headers().firstValue("request-id"));
        HttpResponse<byte[]> azure = send("GET", "/", "x-ms-client-request-id", "az-1");
        assertThat(azure.headers().firstValue("client-request-id")).hasValue("az-1");
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        serve(JettyServerTest::echo);
        HttpResponse<byte[]> get = send("GET", "/h", "Accept", "*/*");
        HttpResponse<byte[]> head = send("HEAD", "/h", "Accept", "*/*");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .hasValue(Integer.toString(get.body().length));
    }

    @Test
    void noContentHasNoLengthAndNoType() throws Exception {
        serve(_ -> Response.empty(204));
        HttpResponse<byte[]> answer = send("GET", "/", "Accept", "*/*");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().map()).doesNotContainKeys("content-length", "content-type");
    }

    @Test
    void foreignAuthoritiesAreMisdirected() throws IOException {
        serve(JettyServerTest::echo);
        String answer =
                Raw.exchange(port, "GET / HTTP/1.1\nHost: evil.example\nConnection: close\n\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 421 ")
                .contains("http://127.0.0.1:" + port + ", https://login.example.com")
                .doesNotContain("evil");
    }

    @Test
    void forwardedHeadersCountOnlyFromATrustedProxy() throws IOException {
        String[] forwarded = {
            "X-Forwarded-For: 203.0.113.9, 198.51.100.7, 127.0.0.1",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: login.example.com"
        };
        serve(JettyServerTest::echo);
        assertThat(get("/", forwarded)).contains("http://127.0.0.1:" + port + "\n");
        server.close();
        serve(JettyServerTest::echo, "127.0.0.0/8");
        assertThat(get("/", forwarded))
                .contains("\nhttps://login.example.com\n")
                .contains("\n198.51.100.7")
                .containsIgnoringCase("Strict-Transport-Security: max-age=31536000");
        assertThat(
                        get(
                                "/",
                                "Forwarded:"
                                    + " for=\"[2001:db8::7]:4711\";proto=https;host=login.example.com"))
                .contains("\nhttps://login.example.com\n")
                .contains("\n2001:db8::7");
        assertThat(get("/")).contains("http://127.0.0.1:" + port + "\n");
    }

    @Test
    void aDefectBecomesA500AndIsObservedButNotShown() throws IOException {
        serve(_ -> {
            throw new IllegalStateException("hidden detail");
        });
        String answer = get("/x?secret=1");
        assertThat(answer)
                .startsWith("HTTP/1.1 500 ")
                .contains("\"InternalServerError\"")
                .doesNotContain("hidden detail");
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst())
                .isInstanceOfSatisfying(
                        Observation.RequestFailed.class,
                        failed -> assertThat(failed.cause()).hasMessage("hidden detail"));
        assertThat(seen.getLast())
                .isInstanceOfSatisfying(
                        Observation.RequestServed.class,
                        served -> {
                            assertThat(served.status()).isEqualTo(500);
                            assertThat(served.path()).isEqualTo("/x");
                            assertThat(answer).contains(served.requestId());
                        });
    }

    @Test
    void whatHasBegunIsFinishedBeforeTheServerStops() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        serve(_ -> {
            begun.countDown();
            await(release);
            return Response.text(200, "text/plain", "finished");
        });
        var answer =
                java.util.concurrent.CompletableFuture.supplyAsync(() -> {
                    try {
                        return get("/slow");
                    } catch (IOException failed) {
                        return failed.toString();
                    }
                });
        await(begun);
        Thread stopping = Thread.ofVirtual().start(server::close);
        assertThat(stopping.isAlive()).isTrue();
        release.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS)).contains("finished");
        stopping.join();
        assertThatThrownBy(() -> get("/after")).isInstanceOf(IOException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aTakenPortIsNamed() {
        serve(JettyServerTest::echo);
        var listener = new ServerSettings.Listener(List.of("127.0.0.1"), port, null);
        var second =
                new JettyServer(
                        new ServerSettings("second", List.of(listener), LIMITS, List.of()),
                        new ErrorWriter(clock),
                        new Ids(new SplittableRandom(8)),
                        clock,
                        seen::add);
        assertThatThrownBy(second::bind)
                .isInstanceOf(CannotListen.class)
                .hasMessageContaining("127.0.0.1 port " + port)
                .hasMessageContaining("in use");
    }
}
