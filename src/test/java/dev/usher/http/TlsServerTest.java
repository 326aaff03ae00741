package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.dev.DevCertificates;
import dev.usher.ids.Ids;
import dev.usher.odata.ErrorWriter;
import dev.usher.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server over TLS, and the outbound client against it. */
final class TlsServerTest {

    private static final int MAX = 10_000;
    private static final Duration BUDGET = Duration.ofSeconds(20);

    @TempDir private Path directory;
    private final Clock clock = Clock.system();
    private final Ids ids = new Ids(new SplittableRandom(11));
    private final CountDownLatch never = new CountDownLatch(1);
    private DevCertificates certificates;
    private JettyServer server;
    private int port;

    @BeforeEach
    void start() {
        certificates = new DevCertificates(directory, clock, ids);
        var listener = new ServerSettings.Listener(List.of("127.0.0.1"), 0, certificates.server());
        server =
                new JettyServer(
                        new ServerSettings("tls", List.of(listener), Limits.standard(), List.of()),
                        new ErrorWriter(clock),
                        ids,
                        clock,
                        _ -> {});
        server.bind();
        port = server.port(0);
        server.start(
                this::answer,
                Origins.of(
                        List.of(
                                "https://localhost:" + port,
                                "https://127.0.0.1:" + port,
                                "https://inside.example:" + port)));
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.close();
    }

    private Response answer(Request request) {
        return switch (request.path()) {
            case "/large" -> Response.text(200, "text/plain", "a".repeat(MAX + 1));
            case "/fits" -> Response.text(200, "text/plain", "a".repeat(MAX));
            case "/elsewhere" -> Response.empty(302).with("Location", request.origin() + "/fits");
            case "/error" -> Response.text(500, "text/plain", "broken");
            case "/slow" -> {
                try {
                    assertThat(never.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                yield Response.empty(204);
            }
            default ->
                    Response.text(
                            200,
                            "text/plain",
                            request.method()
                                    + " "
                                    + request.origin()
                                    + " "
                                    + request.headers().first("Cookie").orElse("no cookie"));
        };
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", Tls.certificates(certificates.caFile()).getFirst());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private HttpResponse<String> get(HttpClient client, String url)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void http2AndHttp1ForNameAndAddress() throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            HttpResponse<String> http2 = get(client, "https://localhost:" + port + "/");
            assertThat(http2.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(http2.body()).startsWith("GET https://localhost:" + port);
            assertThat(http2.headers().firstValue("strict-transport-security"))
                    .hasValue("max-age=31536000");
            assertThat(get(client, "https://127.0.0.1:" + port + "/").body())
                    .startsWith("GET https://127.0.0.1:" + port);
        }
        try (HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(trusting())
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            HttpResponse<String> http1 = get(client, "https://localhost:" + port + "/");
            assertThat(http1.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(http1.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void malformedPathsOverHttp2GetAGraphError() throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            HttpResponse<String> answer = get(client, "https://localhost:" + port + "/a%C3%28");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("{\"error\":{\"code\":\"BadRequest\"");
        }
    }

    @Test
    void onlyCurrentTlsVersions() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (SSLSocket socket =
                    (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.setEnabledProtocols(new String[] {version});
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            }
        }
        try (HttpClient stranger = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> get(stranger, "https://localhost:" + port + "/"))
                    .isInstanceOf(SSLException.class);
        }
    }

    private OutboundClient outbound(boolean trusted, NameResolver resolver, String... allowed) {
        return new OutboundClient(
                AddressRules.allowing(List.of(allowed)),
                resolver,
                trusted ? Tls.certificates(certificates.caFile()) : List.of());
    }

    private OutboundClient.Call call(String host, String path) {
        return OutboundClient.Call.get(
                URI.create("https://" + host + ":" + port + path), BUDGET, MAX);
    }

    private static OutboundFailure.Reason reason(OutboundClient client, OutboundClient.Call call) {
        try {
            OutboundClient.Answer answer = client.call(call);
            throw new AssertionError("answered " + answer.status());
        } catch (OutboundFailure failure) {
            return failure.reason();
        }
    }

    @Test
    void anExtraCaIsTrusted() {
        try (OutboundClient client = outbound(true, NameResolver.system(), "127.0.0.0/8", "::1")) {
            OutboundClient.Answer answer = client.call(call("127.0.0.1", "/"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("GET https://127.0.0.1:" + port + " no cookie");
        }
        try (OutboundClient client = outbound(false, NameResolver.system(), "127.0.0.0/8")) {
            assertThat(reason(client, call("127.0.0.1", "/")))
                    .isEqualTo(OutboundFailure.Reason.TLS);
        }
    }

    @Test
    void privateAddressesAreRefusedUnlessNamed() {
        NameResolver inside = _ -> List.of(InetAddress.ofLiteral("127.0.0.1"));
        try (OutboundClient client = outbound(true, inside)) {
            assertThat(reason(client, call("inside.example", "/")))
                    .isEqualTo(OutboundFailure.Reason.ADDRESS_REFUSED);
            assertThat(reason(client, call("127.0.0.1", "/")))
                    .isEqualTo(OutboundFailure.Reason.ADDRESS_REFUSED);
        }
        // the host is named, so the address passes; the certificate is for another name
        try (OutboundClient client = outbound(true, inside, "inside.example")) {
            assertThat(reason(client, call("inside.example", "/")))
                    .isEqualTo(OutboundFailure.Reason.TLS);
        }
    }

    @Test
    void aNameThatTurnsInsideIsRefusedAtTheNextConnection() {
        var answers = new java.util.concurrent.atomic.AtomicInteger();
        // first the address that the operator allows, then the link-local metadata service
        NameResolver rebinding =
                _ ->
                        List.of(
                                InetAddress.ofLiteral(
                                        answers.getAndIncrement() == 0
                                                ? "127.0.0.1"
                                                : "169.254.169.254"));
        try (OutboundClient client = outbound(true, rebinding, "127.0.0.1")) {
            assertThat(client.call(call("localhost", "/")).status()).isEqualTo(200);
            URI other = URI.create("http://localhost:" + port + "/");
            assertThat(reason(client, OutboundClient.Call.get(other, BUDGET, MAX)))
                    .isEqualTo(OutboundFailure.Reason.ADDRESS_REFUSED);
            assertThat(answers).hasValue(2);
        }
    }

    @Test
    void answersAreBoundedInSizeAndTime() {
        try (OutboundClient client = outbound(true, NameResolver.system(), "127.0.0.1")) {
            assertThat(client.call(call("127.0.0.1", "/fits")).body()).hasSize(MAX);
            assertThat(reason(client, call("127.0.0.1", "/large")))
                    .isEqualTo(OutboundFailure.Reason.SIZE);
            OutboundClient.Call impatient =
                    OutboundClient.Call.get(
                            URI.create("https://127.0.0.1:" + port + "/slow"),
                            Duration.ofMillis(300),
                            MAX);
            assertThat(reason(client, impatient)).isEqualTo(OutboundFailure.Reason.TIME);
        }
    }

    @Test
    void redirectsAreAnswersAndStatusesAreKept() {
        try (OutboundClient client = outbound(true, NameResolver.system(), "127.0.0.1")) {
            assertThat(client.call(call("127.0.0.1", "/elsewhere")).status()).isEqualTo(302);
            OutboundClient.Answer error = client.call(call("127.0.0.1", "/error"));
            assertThat(error.status()).isEqualTo(500);
            assertThatThrownBy(error::successful)
                    .isInstanceOfSatisfying(
                            OutboundFailure.class,
                            failure ->
                                    assertThat(failure.reason())
                                            .isEqualTo(OutboundFailure.Reason.STATUS));
        }
    }

    @Test
    void failuresNameTheirTrueCause() throws IOException {
        int closed;
        try (var socket = new java.net.ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        NameResolver unknown =
                host -> {
                    throw new java.net.UnknownHostException(host);
                };
        try (OutboundClient client = outbound(true, NameResolver.system(), "127.0.0.1")) {
            URI nobody = URI.create("http://127.0.0.1:" + closed + "/");
            assertThat(reason(client, OutboundClient.Call.get(nobody, BUDGET, MAX)))
                    .isEqualTo(OutboundFailure.Reason.CONNECT);
            URI notHttps = URI.create("https://user@127.0.0.1/");
            assertThat(reason(client, OutboundClient.Call.get(notHttps, BUDGET, MAX)))
                    .isEqualTo(OutboundFailure.Reason.URL);
            URI file = URI.create("file:///etc/passwd");
            assertThat(reason(client, OutboundClient.Call.get(file, BUDGET, MAX)))
                    .isEqualTo(OutboundFailure.Reason.URL);
        }
        try (OutboundClient client = outbound(true, unknown)) {
            assertThat(reason(client, call("nowhere.example", "/")))
                    .isEqualTo(OutboundFailure.Reason.DNS);
        }
    }
}
