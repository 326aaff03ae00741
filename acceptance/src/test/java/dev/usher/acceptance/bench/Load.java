package dev.usher.acceptance.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A closed loop of kept-alive connections, all on the calling thread: each sends its next request
 * when it has the whole answer to the last. One thread, because the machine's cores belong to the
 * server.
 */
final class Load {

    private static final int ANSWER_BYTES_MAX = 1024 * 1024;
    private static final int REQUEST_BYTES_MAX = 64 * 1024;
    private static final byte[] LENGTH = "\r\nContent-Length: ".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final int port;

    Load(int port) {
        this.port = port;
    }

    /** Runs so many connections for so long; returns how long each request took. */
    Latencies run(Template template, int clients, Duration time) throws IOException {
        Latencies latencies = new Latencies();
        List<Exchange> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                all.add(new Exchange(selector, template));
            }
            latencies.begin();
            long end = System.nanoTime() + time.toNanos();
            for (Exchange exchange : all) {
                exchange.send();
            }
            int busy = clients;
            while (busy > 0) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    Exchange exchange = (Exchange) key.attachment();
                    if (exchange.received()) {
                        long now = System.nanoTime();
                        latencies.add(now - exchange.sent);
                        if (now < end) {
                            exchange.send();
                        } else {
                            busy--;
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
            latencies.end();
        } finally {
            for (Exchange exchange : all) {
                exchange.channel.close();
            }
        }
        return latencies;
    }

    /** One connection: a request on its way, or its answer. */
    private final class Exchange {

        private final SocketChannel channel;
        private final Template template;
        private final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST_BYTES_MAX);
        private final ByteBuffer in = ByteBuffer.allocateDirect(ANSWER_BYTES_MAX);
        private int whole;
        private long sent;

        Exchange(Selector selector, Template template) throws IOException {
            this.template = template;
            channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            template.next(out);
            in.clear();
            whole = 0;
            sent = System.nanoTime();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** Reads what is there; says whether the answer is complete. */
        boolean received() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("the server closed a connection");
            }
            if (whole == 0) {
                whole = length();
            }
            return whole > 0 && in.position() >= whole;
        }

        /** The length of the answer with its head, 0 while the head is not complete. */
        private int length() throws IOException {
            int length = 0;
            for (int i = 0; i + 3 < in.position(); i++) {
                if (in.get(i) != '\r') {
                    continue;
                }
                if (in.get(i + 2) == '\r') {
                    check();
                    return i + 4 + length;
                }
                if (begins(i)) {
                    for (int j = i + LENGTH.length; in.get(j) != '\r'; j++) {
                        length = length * 10 + in.get(j) - '0';
                    }
                }
            }
            return 0;
        }

        private boolean begins(int from) {
            if (from + LENGTH.length >= in.position()) {
                return false;
            }
            for (int i = 0; i < LENGTH.length; i++) {
                if (in.get(from + i) != LENGTH[i]) {
                    return false;
                }
            }
            return true;
        }

        private void check() throws IOException {
            int status = 0;
            for (int i = 0; i < 3; i++) {
                status = status * 10 + in.get(STATUS_AT + i) - '0';
            }
            if (status != template.status()) {
                byte[] text = new byte[in.position()];
                in.get(0, text);
                throw new IOException("unexpected: " + new String(text, StandardCharsets.UTF_8));
            }
        }
    }
}
