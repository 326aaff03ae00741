package dev.usher.acceptance.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on a free port of the loopback address and relays each connection to one port of the
 * server. Has its port before the server is started, which must know it.
 */
final class ReverseProxy implements AutoCloseable {

    private static final int BACKLOG = 200;
    private static final long LAST_BYTES_MILLIS_MAX = 1000;

    /** How a connection is made at either end. */
    interface Ends {
        /** What the client's connection becomes. */
        Socket accepted(Socket plain) throws IOException;

        /** A connection to the server. */
        Socket connect() throws IOException;
    }

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    ReverseProxy() {
        try {
            this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Begins to relay. */
    void start(Ends ends, Relay.Observer observer) {
        Thread.ofVirtual().start(() -> listen(ends, observer));
    }

    private void listen(Ends ends, Relay.Observer observer) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> relay(client, ends, observer));
            } catch (IOException failed) {
                // of one connection, or of all because this is closing: the condition tells
                continue;
            }
        }
    }

    private void relay(Socket plain, Ends ends, Relay.Observer observer) {
        try (plain;
                Socket client = ends.accepted(plain);
                Socket server = ends.connect()) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Relay relay = new Relay(client, server, observer);
            Thread up = Thread.ofVirtual().start(() -> requests(relay, server));
            relay.responses();
            client.shutdownOutput();
            up.join(LAST_BYTES_MILLIS_MAX);
            open.remove(server);
        } catch (IOException gone) {
            // either side may end a connection whenever it likes
            open.remove(plain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(plain);
        }
    }

    private static void requests(Relay relay, Socket server) {
        try {
            relay.requests();
        } catch (IOException gone) {
            close(server);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(ReverseProxy::close);
    }
}
