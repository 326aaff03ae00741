package dev.usher.acceptance.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The proxy of a test run: one port for http, one for https, one record of both. */
public final class Recorder implements AutoCloseable {

    private final OperationList operations;
    private final Recording recording;
    private final SecretWatch secrets = new SecretWatch();
    private final ReverseProxy http = new ReverseProxy();
    private final ReverseProxy https = new ReverseProxy();
    private final AtomicInteger responses = new AtomicInteger();
    private volatile String test = "";
    private volatile String refused = "";

    public Recorder(OperationList operations) {
        this.operations = operations;
        this.recording = new Recording(operations);
    }

    public int httpPort() {
        return http.port();
    }

    public int httpsPort() {
        return https.port();
    }

    /** The origins under which clients reach the server through the proxy. */
    public List<String> origins() {
        return List.of(
                "https://localhost:" + https.port(),
                "https://127.0.0.1:" + https.port(),
                "http://localhost:" + http.port(),
                "http://127.0.0.1:" + http.port());
    }

    /**
     * Begins to relay.
     *
     * @param identity the certificate that clients are shown
     * @param trust what the server's certificate is held against
     */
    public void connect(int httpPort, int httpsPort, SSLContext identity, SSLContext trust) {
        Relay.Observer observer = new Watching();
        http.start(
                new ReverseProxy.Ends() {
                    @Override
                    public Socket accepted(Socket plain) {
                        return plain;
                    }

                    @Override
                    public Socket connect() throws IOException {
                        return new Socket(InetAddress.getLoopbackAddress(), httpPort);
                    }
                },
                observer);
        https.start(
                new ReverseProxy.Ends() {
                    @Override
                    public Socket accepted(Socket plain) throws IOException {
                        SSLSocket secure =
                                (SSLSocket)
                                        identity.getSocketFactory()
                                                .createSocket(plain, null, plain.getPort(), true);
                        secure.setUseClientMode(false);
                        secure.startHandshake();
                        return secure;
                    }

                    @Override
                    public Socket connect() throws IOException {
                        return trust.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), httpsPort);
                    }
                },
                observer);
    }

    /** Whose requests come from now on. */
    public void test(String name) {
        test = name;
    }

    /** From now on that line, as {@link Line#toString} names it, is refused; none when empty. */
    public void refuse(String line) {
        refused = line;
    }

    /** A secret that never crosses the proxy. */
    public void plant(String secret, String origin) {
        secrets.plant(secret, origin);
    }

    /** Looks for every secret in that text. */
    public void look(String where, String text) {
        secrets.look(where, text);
    }

    /** Writes what was seen of each operation. */
    public void writeOperations(Path file) {
        recording.write(file);
    }

    /** What was found of secrets: how many there are, in how many responses, and where. */
    public Leaks leaks() {
        return new Leaks(secrets.planted(), responses.get(), List.copyOf(secrets.leaks()));
    }

    /**
     * @param planted the number of secrets
     * @param responses the number of responses that were searched
     * @param found one line each
     */
    public record Leaks(int planted, int responses, List<String> found) {}

    private final class Watching implements Relay.Observer {

        @Override
        public Exchange begin(Head request) {
            return new Exchange(test, request);
        }

        @Override
        public boolean refuses(Exchange exchange) {
            if (refused.isEmpty()) {
                return false;
            }
            Optional<Line> line = operations.match(exchange.method(), exchange.target());
            return line.filter(this::isRefused).isPresent()
                    || (decidesByBody(exchange) && holdsRefused(line.get(), exchange));
        }

        private boolean isRefused(Line line) {
            return line.toString().equals(refused);
        }

        private boolean holdsRefused(Line batch, Exchange exchange) {
            return Recording.inner(exchange).stream()
                    .map(inner ->
                            operations.matchInner(batch.version(), inner.method(), inner.url()))
                    .flatMap(Optional::stream)
                    .anyMatch(this::isRefused);
        }

        @Override
        public boolean decidesByBody(Exchange exchange) {
            return !refused.isEmpty()
                    && operations
                            .match(exchange.method(), exchange.target())
                            .filter(line -> line.path().equals(Recording.BATCH))
                            .isPresent();
        }

        @Override
        public void finished(Exchange exchange) {
            responses.incrementAndGet();
            recording.add(exchange);
            secrets.request(exchange);
            secrets.response(exchange);
        }
    }

    @Override
    public void close() {
        http.close();
        https.close();
    }
}
