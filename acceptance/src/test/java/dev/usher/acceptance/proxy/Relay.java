package dev.usher.acceptance.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ObjIntConsumer;

/**
 * One connection through the proxy. Every byte is passed on as it came, in both directions at once;
 * what cannot be read as HTTP/1.1 is passed on unread.
 */
final class Relay {

    /** A head that is longer is passed on unread, bytes. */
    private static final int HEAD_MAX = 1 << 17;

    private static final int BUFFER = 1 << 13;

    /** What the proxy does with what it sees. */
    interface Observer {
        /** A request has begun. */
        Exchange begin(Head request);

        /** Whether that request, which is complete, is to be refused by the proxy itself. */
        boolean refuses(Exchange exchange);

        /** Whether to decide on the refusal of that request its body is needed. */
        boolean decidesByBody(Exchange exchange);

        /** The response is complete. */
        void finished(Exchange exchange);
    }

    /** One of the two connections, read through a buffer. */
    private record Side(Socket socket, InputStream in) {
        static Side of(Socket socket) throws IOException {
            return new Side(socket, new BufferedInputStream(socket.getInputStream(), BUFFER));
        }

        OutputStream out() throws IOException {
            return socket.getOutputStream();
        }
    }

    private final Side client;
    private final Side server;
    private final Observer observer;
    private final BlockingQueue<Exchange> pending = new LinkedBlockingQueue<>();

    Relay(Socket client, Socket server, Observer observer) throws IOException {
        this.client = Side.of(client);
        this.server = Side.of(server);
        this.observer = observer;
    }

    /** Client to server, until the client has nothing more to say. */
    void requests() throws IOException {
        InputStream in = client.in();
        OutputStream out = server.out();
        while (true) {
            byte[] head = head(in);
            if (head.length == 0) {
                server.socket().shutdownOutput();
                return;
            }
            Optional<Head> parsed = Head.parse(head).filter(any -> complete(head));
            if (parsed.isEmpty()) {
                out.write(head);
                passOn(in, out);
                server.socket().shutdownOutput();
                return;
            }
            request(parsed.get(), head, in, out);
        }
    }

    private void request(Head head, byte[] bytes, InputStream in, OutputStream out)
            throws IOException {
        Exchange exchange = observer.begin(head);
        boolean late = observer.decidesByBody(exchange);
        if (!late && observer.refuses(exchange)) {
            body(head, in, OutputStream.nullOutputStream(), exchange);
            refuse();
            return;
        }
        OutputStream to = late ? new ByteArrayOutputStream() : out;
        if (!late) {
            pending.add(exchange);
        }
        to.write(bytes);
        to.flush();
        body(head, in, to, exchange);
        if (to instanceof ByteArrayOutputStream held) {
            if (observer.refuses(exchange)) {
                refuse();
            } else {
                pending.add(exchange);
                held.writeTo(out);
                out.flush();
            }
        }
    }

    private static void body(Head head, InputStream in, OutputStream out, Exchange exchange)
            throws IOException {
        if (head.chunked()) {
            chunks(in, out, exchange::sent);
        } else {
            copy(in, out, Math.max(head.length(), 0), exchange::sent);
        }
    }

    /** No request of a refused connection is on its way: the clients here do not pipeline. */
    private void refuse() throws IOException {
        byte[] body =
                ("{\"error\":{\"code\":\"NotImplemented\",\"message\":\"Refused by the proxy.\","
                                + "\"innerError\":{\"date\":\"2026-01-01T00:00:00\","
                                + "\"request-id\":\"0\",\"client-request-id\":\"0\"}}}")
                        .getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 501 Not Implemented\r\nContent-Type: application/json\r\n"
                        + "request-id: 0\r\nclient-request-id: 0\r\nContent-Length: "
                        + body.length
                        + "\r\nConnection: close\r\n\r\n";
        OutputStream out = client.out();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        client.socket().shutdownOutput();
    }

    /** Server to client, until the server has nothing more to say. */
    void responses() throws IOException {
        InputStream in = server.in();
        OutputStream out = client.out();
        Exchange current = null;
        while (true) {
            byte[] head = head(in);
            if (head.length == 0) {
                return;
            }
            out.write(head);
            current = current == null ? pending.poll() : current;
            Optional<Head> parsed = Head.parse(head).filter(any -> complete(head));
            if (parsed.isEmpty() || current == null || parsed.get().status() == 101) {
                passOn(in, out);
                return;
            }
            if (parsed.get().status() >= 200) {
                current.response(parsed.get());
                responseBody(current, in, out);
                observer.finished(current);
                current = null;
            }
            out.flush();
        }
    }

    private static void responseBody(Exchange exchange, InputStream in, OutputStream out)
            throws IOException {
        Head head = exchange.response();
        int status = head.status();
        if (exchange.method().equals("HEAD") || status == 204 || status == 304) {
            return;
        }
        if (head.chunked()) {
            chunks(in, out, exchange::received);
        } else {
            copy(in, out, head.length() < 0 ? Long.MAX_VALUE : head.length(), exchange::received);
        }
    }

    private static boolean complete(byte[] head) {
        int n = head.length;
        return n >= 4 && head[n - 1] == '\n' && head[n - 2] == '\r' && head[n - 3] == '\n';
    }

    /**
     * Up to and with the empty line; what there is, when the other side ends or goes on too long.
     */
    private static byte[] head(InputStream in) throws IOException {
        return until(in, HEAD_MAX, "\r\n\r\n");
    }

    private static byte[] until(InputStream in, int most, String end) throws IOException {
        byte[] last = end.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        int matched = 0;
        while (bytes.size() < most && matched < last.length) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            bytes.write(next);
            matched = next == last[matched] ? matched + 1 : next == last[0] ? 1 : 0;
        }
        return bytes.toByteArray();
    }

    private static void copy(
            InputStream in, OutputStream out, long length, ObjIntConsumer<byte[]> kept)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                return;
            }
            kept.accept(buffer, n);
            out.write(buffer, 0, n);
            out.flush();
            left -= n;
        }
    }

    private static void chunks(InputStream in, OutputStream out, ObjIntConsumer<byte[]> kept)
            throws IOException {
        while (true) {
            byte[] line = until(in, HEAD_MAX, "\r\n");
            out.write(line);
            String size = new String(line, StandardCharsets.ISO_8859_1).split(";")[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,8}")) {
                out.flush();
                return;
            }
            int length = Integer.parseInt(size, 16);
            if (length > 0) {
                copy(in, out, length, kept);
                out.write(until(in, 2, "\r\n"));
            } else {
                trailers(in, out);
                return;
            }
            out.flush();
        }
    }

    private static void trailers(InputStream in, OutputStream out) throws IOException {
        byte[] line;
        do {
            line = until(in, HEAD_MAX, "\r\n");
            out.write(line);
        } while (line.length > 2);
        out.flush();
    }

    private static void passOn(InputStream in, OutputStream out) throws IOException {
        out.flush();
        copy(in, out, Long.MAX_VALUE, (bytes, length) -> {});
    }
}
