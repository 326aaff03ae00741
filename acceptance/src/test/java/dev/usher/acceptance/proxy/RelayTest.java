package dev.usher.acceptance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What goes through the proxy, byte for byte, and what it sees of it. */
class RelayTest {

    private static final byte[] NOTHING = {};

    private final BlockingQueue<Exchange> finished = new LinkedBlockingQueue<>();
    private Set<String> refused = Set.of();
    private boolean byBody;

    private final Relay.Observer observer =
            new Relay.Observer() {
                @Override
                public Exchange begin(Head request) {
                    return new Exchange("test", request);
                }

                @Override
                public boolean refuses(Exchange exchange) {
                    return refused.contains(byBody ? exchange.requestText() : exchange.target());
                }

                @Override
                public boolean decidesByBody(Exchange exchange) {
                    return byBody;
                }

                @Override
                public void finished(Exchange exchange) {
                    finished.add(exchange);
                }
            };

    /** What the server got and what the client got; each closes when it has said its part. */
    private record Passed(String toServer, String toClient) {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Passed pass(String request, byte[] response) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ReverseProxy proxy = new ReverseProxy()) {
            proxy.start(ends(server.getLocalPort()), observer);
            FutureTask<String> serving = new FutureTask<>(() -> serve(server, response));
            Thread.ofVirtual().start(serving);
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
                client.getOutputStream().write(bytes(request));
                client.shutdownOutput();
                String answer = read(client);
                return new Passed(serving.get(), answer);
            }
        }
    }

    private static ReverseProxy.Ends ends(int port) {
        return new ReverseProxy.Ends() {
            @Override
            public Socket accepted(Socket plain) {
                return plain;
            }

            @Override
            public Socket connect() throws IOException {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            }
        };
    }

    private static String serve(ServerSocket server, byte[] response) throws IOException {
        try (Socket socket = server.accept()) {
            String got = read(socket);
            socket.getOutputStream().write(response);
            return got;
        }
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String response(String... lines) {
        return String.join("\r\n", lines);
    }

    @Test
    void bodiesOfEitherFramingAreSeenAndPassedOn() throws Exception {
        String one = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
        String two =
                "PUT /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\nde\r\n1;x=y\r\nf\r\n0\r\nTrailer: t\r\n\r\n";
        String answers =
                response("HTTP/1.1 100 Continue", "", "")
                        + response("HTTP/1.1 201 Created", "Content-Length: 2", "", "hi")
                        + response("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "")
                        + "3\r\nyou\r\n0\r\n\r\n";

        Passed passed = pass(one + two, bytes(answers));

        assertThat(passed).isEqualTo(new Passed(one + two, answers));
        Exchange first = finished.take();
        Exchange second = finished.take();
        assertThat(List.of(first.requestText(), second.requestText()))
                .containsExactly("abc", "def");
        assertThat(List.of(first.responseText(), second.responseText()))
                .containsExactly("hi", "you");
        assertThat(first.response().status()).isEqualTo(201);
        assertThat(first).hasToString("POST /a of test");
    }

    @Test
    void answersWithoutBodies() throws Exception {
        String requests =
                "HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nDELETE /b HTTP/1.1\r\nHost: x\r\n\r\n"
                        + "GET /c HTTP/1.1\r\nHost: x\r\n\r\n";
        String answers =
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end";

        assertThat(pass(requests, bytes(answers)).toClient()).isEqualTo(answers);

        assertThat(finished).hasSize(3);
        assertThat(finished.stream().map(Exchange::responseText))
                .containsExactly("", "", "to the end");
    }

    @Test
    void compressedAnswersAreRead() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(bytes("{\"a\":1}"));
        }
        String head =
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + bytes.size()
                        + "\r\n\r\n";
        var answer = new ByteArrayOutputStream();
        answer.writeBytes(bytes(head));
        answer.writeBytes(bytes.toByteArray());

        pass("GET /a HTTP/1.1\r\nHost: x\r\n\r\n", answer.toByteArray());

        assertThat(finished.take().responseText()).isEqualTo("{\"a\":1}");
    }

    @Test
    void whatIsNotHttpIsPassedOnUnread() throws Exception {
        for (String odd :
                List.of("hello\r\n\r\nworld", "GET /a HTTP/1.1\r\nno colon\r\n\r\n", "GET /a HT")) {
            assertThat(pass(odd, bytes("whatever"))).isEqualTo(new Passed(odd, "whatever"));
        }
        assertThat(finished).isEmpty();
    }

    @Test
    void anUnfinishedBodyIsPassedOn() throws Exception {
        String request = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\nabc";

        assertThat(
                        pass(request, bytes("HTTP/1.1 408 Late\r\nContent-Length: 0\r\n\r\n"))
                                .toServer())
                .isEqualTo(request);
    }

    @Test
    void aRefusedRequestNeverReachesTheServer() throws Exception {
        refused = Set.of("/a");
        Passed passed =
                pass("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", NOTHING);

        assertThat(passed.toServer()).isEmpty();
        assertThat(passed.toClient()).startsWith("HTTP/1.1 501 ").contains("\"error\"");
        assertThat(finished).isEmpty();
    }

    @Test
    void aBodyCanDecide() throws Exception {
        byBody = true;
        refused = Set.of("abc");
        String start = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";

        assertThat(pass(start + "abc", NOTHING).toServer()).isEmpty();
        assertThat(pass(start + "abd", bytes("HTTP/1.1 204 No Content\r\n\r\n")).toServer())
                .isEqualTo(start + "abd");
    }
}
