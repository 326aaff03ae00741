package dev.usher.http;

import dev.usher.ids.Ids;
import dev.usher.observe.Observer;
import dev.usher.time.Clock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server: HTTP/1.1 on plain ports, HTTP/2 and HTTP/1.1 by ALPN on TLS ports, each request
 * on a virtual thread of its own. The only file that knows Jetty's server; it binds first, so that
 * ports and origins are known before the handler is wired, and serves from {@link #start} on.
 */
public final class JettyServer implements AutoCloseable {

    private static final int PLATFORM_THREADS_MAX = 16;
    private static final int PLATFORM_THREADS_MIN = 2;
    private static final int BIND_ATTEMPTS_MAX = 16;

    private final ServerSettings settings;
    private final ErrorRenderer errors;
    private final Ids ids;
    private final Clock clock;
    private final Observer observer;
    private final Server server;
    private final List<List<ServerConnector>> connectors = new ArrayList<>();

    public JettyServer(
            ServerSettings settings,
            ErrorRenderer errors,
            Ids ids,
            Clock clock,
            Observer observer) {
        this.settings = settings;
        this.errors = errors;
        this.ids = ids;
        this.clock = clock;
        this.observer = observer;
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS_MAX, PLATFORM_THREADS_MIN);
        threads.setName(settings.name());
        threads.setVirtualThreadsExecutor(
                VirtualThreads.getNamedVirtualThreadsExecutor(settings.name() + "-request-"));
        this.server = new Server(threads);
        server.setStopTimeout(settings.limits().drain().toMillis());
        server.addBean(new NetworkConnectionLimit(Limits.CONNECTIONS_MAX, server));
    }

    /**
     * Opens the ports. Clients that connect now wait for {@link #start}.
     *
     * @throws CannotListen if one of them is taken or not allowed
     */
    public void bind() {
        for (ServerSettings.Listener listener : settings.listeners()) {
            connectors.add(bind(listener, listener.port() == 0 ? BIND_ATTEMPTS_MAX : 1));
        }
    }

    /** The port of the listener of that position in the settings. */
    public int port(int listener) {
        return connectors.get(listener).getFirst().getLocalPort();
    }

    /**
     * Begins to serve.
     *
     * @param origins the origins that requests may name
     */
    public void start(Handler handler, Origins origins) {
        Pipeline pipeline =
                new Pipeline(
                        handler,
                        origins,
                        new TrustedProxies(settings.trustedProxies()),
                        settings.limits(),
                        errors,
                        ids,
                        clock,
                        observer);
        server.setHandler(new GracefulHandler(new Adapter(pipeline)));
        server.setErrorHandler(new Malformed(pipeline));
        connectors.forEach(opened -> opened.forEach(server::addConnector));
        try {
            server.start();
        } catch (Exception cause) {
            close();
            throw new IllegalStateException("the HTTP server does not start", cause);
        }
    }

    /** Stops accepting, lets what has begun finish within the drain limit, then closes. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception tooLate) {
            throw new IllegalStateException("requests were cut off", tooLate);
        } finally {
            connectors.forEach(opened -> opened.forEach(ServerConnector::close));
        }
    }

    private List<ServerConnector> bind(ServerSettings.Listener listener, int attempts) {
        List<ServerConnector> opened = new ArrayList<>();
        int port = listener.port();
        for (String host : listener.hosts()) {
            ServerConnector connector = connector(listener.tls());
            connector.setHost(host);
            connector.setPort(port);
            try {
                connector.open();
            } catch (IOException cause) {
                opened.forEach(ServerConnector::close);
                if (attempts > 1
                        && !opened.isEmpty()
                        && cause.getCause() instanceof BindException) {
                    return bind(listener, attempts - 1);
                }
                Throwable reason = cause.getCause() == null ? cause : cause.getCause();
                throw new CannotListen(host, port, reason);
            }
            opened.add(connector);
            port = connector.getLocalPort();
        }
        return opened;
    }

    private ServerConnector connector(@Nullable Tls tls) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(settings.limits().headerMax());
        configuration.setUriCompliance(anyPath());
        configuration.setIdleTimeout(settings.limits().idle().toMillis());
        List<ConnectionFactory> protocols = new ArrayList<>();
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        if (tls == null) {
            protocols.add(http1);
        } else {
            configuration.addCustomizer(new SecureRequestCustomizer(false));
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
            alpn.setDefaultProtocol(http1.getProtocol());
            protocols.add(new SslConnectionFactory(sslContext(tls), alpn.getProtocol()));
            protocols.add(alpn);
            protocols.add(new HTTP2ServerConnectionFactory(configuration));
            protocols.add(http1);
        }
        ServerConnector connector =
                new ServerConnector(server, 1, 1, protocols.toArray(ConnectionFactory[]::new));
        connector.setIdleTimeout(settings.limits().idle().toMillis());
        connector.setShutdownIdleTimeout(1000);
        return connector;
    }

    private static SslContextFactory.Server sslContext(Tls tls) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(tls.keyStore());
        context.setKeyStorePassword("");
        context.setSniRequired(false);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return context;
    }

    /**
     * Every path that can be split at its slashes: keys may hold encoded slashes, quotes, dots and
     * empty segments, and nothing here maps a path to a file.
     */
    private static UriCompliance anyPath() {
        return new UriCompliance(
                "raw paths",
                EnumSet.of(
                        UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
                        UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                        UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                        UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                        UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                        UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS,
                        UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS));
    }

    private static void send(
            Response answer,
            boolean head,
            org.eclipse.jetty.server.Response response,
            Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().add(name, value));
        byte[] body = answer.body();
        if (answer.status() != 204 && answer.status() != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        response.write(true, ByteBuffer.wrap(head ? new byte[0] : body), callback);
    }

    /** Translates both ways. */
    private static final class Adapter extends org.eclipse.jetty.server.Handler.Abstract {

        private final Pipeline pipeline;

        Adapter(Pipeline pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public boolean handle(
                org.eclipse.jetty.server.Request request,
                org.eclipse.jetty.server.Response response,
                Callback callback) {
            HttpURI uri = request.getHttpURI();
            Headers headers = new Headers();
            for (HttpField field : request.getHeaders()) {
                String value = field.getValue();
                headers.add(field.getName(), value == null ? "" : value);
            }
            String path = uri.getPath();
            Arrival arrival =
                    new Arrival(
                            request.getMethod(),
                            request.isSecure(),
                            uri.getAuthority(),
                            path == null ? "/" : path,
                            uri.getQuery(),
                            headers,
                            peer(request),
                            () -> Content.Source.asInputStream(request));
            Response answer = pipeline.answer(arrival);
            send(answer, request.getMethod().equals("HEAD"), response, callback);
            return true;
        }

        private static InetAddress peer(org.eclipse.jetty.server.Request request) {
            return request.getConnectionMetaData().getRemoteSocketAddress()
                            instanceof InetSocketAddress socket
                    ? socket.getAddress()
                    : InetAddress.getLoopbackAddress();
        }
    }

    /** Answers what Jetty refuses by itself: malformed messages, too large heads, draining. */
    private static final class Malformed extends ErrorHandler {

        private final Pipeline pipeline;

        Malformed(Pipeline pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public boolean handle(
                org.eclipse.jetty.server.Request request,
                org.eclipse.jetty.server.Response response,
                Callback callback) {
            int status = response.getStatus() < 400 ? 500 : response.getStatus();
            Object message = request.getAttribute(ERROR_MESSAGE);
            send(
                    pipeline.answerMalformed(
                            status,
                            message == null ? "The request is malformed." : message.toString(),
                            request.isSecure()),
                    request.getMethod().equals("HEAD"),
                    response,
                    callback);
            return true;
        }
    }
}
