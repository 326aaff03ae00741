package dev.usher.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Calls to other servers. Every address that a name resolves to is checked before a connection to
 * that very address is made, so that a name which changes its mind cannot lead inside. No
 * redirects, cookies, proxies, or content codings. Thread-safe; a call blocks its (virtual) thread.
 */
public final class OutboundClient implements AutoCloseable {

    /** How long one address may take to accept a connection. */
    public static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private static final int PLATFORM_THREADS_MAX = 8;
    private static final int CONNECTIONS_PER_HOST_MAX = 64;
    private static final Duration IDLE_MAX = Duration.ofSeconds(15);

    /** Beyond the budget, for the client to report what it has noticed. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /**
     * What to ask.
     *
     * @param body sent if it is not empty
     * @param budget for everything: name, connection, request, answer
     * @param responseMax bytes of the answer's body
     */
    public record Call(
            String method,
            URI url,
            Headers headers,
            byte[] body,
            Duration budget,
            int responseMax) {

        public static Call get(URI url, Duration budget, int responseMax) {
            return new Call("GET", url, new Headers(), new byte[0], budget, responseMax);
        }
    }

    /** What the other server said, whatever its status. */
    public record Answer(int status, Headers headers, byte[] body) {

        /**
         * This answer, if its status is 2xx.
         *
         * @throws OutboundFailure otherwise, for {@link OutboundFailure.Reason#STATUS}
         */
        public Answer successful() {
            if (status / 100 != 2) {
                throw new OutboundFailure(
                        OutboundFailure.Reason.STATUS, "the answer has status " + status);
            }
            return this;
        }
    }

    private final AddressRules rules;
    private final NameResolver resolver;
    private final List<X509Certificate> authorities;
    private final Lock starting = new ReentrantLock();

    /** Started by the first call: its threads and its trust store cost a part of a start. */
    private volatile @Nullable HttpClient client;

    /**
     * A client.
     *
     * @param authorities CAs that are trusted besides those of the Java runtime
     */
    public OutboundClient(
            AddressRules rules, NameResolver resolver, List<X509Certificate> authorities) {
        this.rules = rules;
        this.resolver = resolver;
        this.authorities = List.copyOf(authorities);
    }

    private HttpClient client() {
        HttpClient present = client;
        if (present != null) {
            return present;
        }
        starting.lock();
        try {
            HttpClient started = client;
            if (started == null) {
                started = start();
                client = started;
            }
            return started;
        } finally {
            starting.unlock();
        }
    }

    private HttpClient start() {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS_MAX, 1);
        threads.setName("outbound");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(
                VirtualThreads.getNamedVirtualThreadsExecutor("outbound-"));
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setSslContextFactory(tls(authorities));
        HttpClient made = new HttpClient(new HttpClientTransportOverHTTP(connector));
        made.setExecutor(threads);
        made.setConnectTimeout(CONNECT_MAX.toMillis());
        made.setIdleTimeout(IDLE_MAX.toMillis());
        made.setMaxConnectionsPerDestination(CONNECTIONS_PER_HOST_MAX);
        made.setFollowRedirects(false);
        made.setHttpCookieStore(new HttpCookieStore.Empty());
        made.setUserAgentField(new HttpField("User-Agent", "Usher"));
        made.setSocketAddressResolver(new Checked());
        try {
            made.start();
        } catch (Exception cause) {
            throw new IllegalStateException("the HTTP client does not start", cause);
        }
        made.getContentDecoderFactories().clear();
        made.getProtocolHandlers().clear();
        return made;
    }

    /**
     * Makes the call.
     *
     * @throws OutboundFailure if there is no complete answer; any status is an answer
     */
    public Answer call(Call call) {
        URI url = call.url();
        String scheme = url.getScheme() == null ? "" : url.getScheme();
        if (url.getHost() == null
                || url.getUserInfo() != null
                || !(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))) {
            throw new OutboundFailure(
                    OutboundFailure.Reason.URL, "not an absolute http or https URL");
        }
        CompletableFuture<Result> done = new CompletableFuture<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Request request =
                client().newRequest(url)
                        .method(call.method())
                        .timeout(call.budget().toMillis(), TimeUnit.MILLISECONDS)
                        .headers(fields -> call.headers().forEach(fields::add))
                        .onResponseContent((response, chunk) -> {
                            if (body.size() + chunk.remaining() > call.responseMax()) {
                                var _ = response.abort(tooLarge(call));
                            } else {
                                append(body, chunk);
                            }
                        });
        if (call.body().length > 0) {
            String type = call.headers().first("Content-Type").orElse("application/json");
            request.body(new BytesRequestContent(type, call.body()));
        }
        request.send(done::complete);
        Result result = await(done, request, call);
        Throwable failure = result.getFailure();
        if (failure != null) {
            throw explain(failure, call);
        }
        Headers headers = new Headers();
        for (HttpField field : result.getResponse().getHeaders()) {
            headers.add(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return new Answer(result.getResponse().getStatus(), headers, body.toByteArray());
    }

    private static Result await(CompletableFuture<Result> done, Request request, Call call) {
        try {
            return done.get(call.budget().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            var _ = request.abort(interrupted);
            throw explain(interrupted, call);
        } catch (TimeoutException late) {
            var _ = request.abort(late);
            throw explain(late, call);
        } catch (ExecutionException impossible) {
            throw explain(impossible, call);
        }
    }

    private static void append(ByteArrayOutputStream body, ByteBuffer chunk) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        body.writeBytes(bytes);
    }

    private static OutboundFailure tooLarge(Call call) {
        return new OutboundFailure(
                OutboundFailure.Reason.SIZE,
                call.url().getHost() + ": the answer is larger than " + call.responseMax());
    }

    private static OutboundFailure explain(Throwable failure, Call call) {
        String host = call.url().getHost();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutboundFailure known) {
                return new OutboundFailure(
                        known.reason(), String.valueOf(known.getMessage()), known);
            }
            Optional<OutboundFailure.Reason> reason = reason(cause);
            if (reason.isPresent()) {
                return new OutboundFailure(reason.get(), host + ": " + cause, failure);
            }
        }
        return new OutboundFailure(OutboundFailure.Reason.PROTOCOL, host + ": " + failure, failure);
    }

    private static Optional<OutboundFailure.Reason> reason(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case UnknownHostException _ -> OutboundFailure.Reason.DNS;
                    case SSLException _ -> OutboundFailure.Reason.TLS;
                    case GeneralSecurityException _ -> OutboundFailure.Reason.TLS;
                    case SocketTimeoutException _ -> OutboundFailure.Reason.CONNECT;
                    case TimeoutException _ -> OutboundFailure.Reason.TIME;
                    case HttpResponseException _ -> OutboundFailure.Reason.PROTOCOL;
                    case IOException _ -> OutboundFailure.Reason.CONNECT;
                    default -> null;
                });
    }

    @Override
    public void close() {
        HttpClient started = client;
        if (started == null) {
            return;
        }
        try {
            started.stop();
        } catch (Exception cause) {
            throw new IllegalStateException("the HTTP client does not stop", cause);
        }
    }

    private static SslContextFactory.Client tls(List<X509Certificate> authorities) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (!authorities.isEmpty()) {
            tls.setTrustStore(Authorities.with(authorities));
        }
        return tls;
    }

    /** Resolves on a virtual thread, and lets through what the rules allow. */
    private final class Checked implements SocketAddressResolver {

        @Override
        public void resolve(
                String host,
                int port,
                Map<String, Object> context,
                Promise<List<InetSocketAddress>> promise) {
            Thread.ofVirtual().name("resolve").start(() -> answer(host, port, promise));
        }

        private void answer(String host, int port, Promise<List<InetSocketAddress>> promise) {
            try {
                List<InetAddress> resolved = resolver.resolve(host);
                List<InetAddress> allowed = rules.allowed(host, resolved);
                if (allowed.isEmpty()) {
                    promise.failed(
                            new OutboundFailure(
                                    OutboundFailure.Reason.ADDRESS_REFUSED,
                                    host
                                            + " has no address that calls may go to; the setting"
                                            + " outbound-allow could name it"));
                    return;
                }
                List<InetSocketAddress> sockets = new ArrayList<>();
                for (InetAddress address : allowed) {
                    sockets.add(new InetSocketAddress(named(host, address), port));
                }
                promise.succeeded(sockets);
            } catch (UnknownHostException | RuntimeException unknown) {
                promise.failed(unknown);
            }
        }

        /** The TLS layer checks the certificate against, and asks (SNI) for, this very name. */
        private static InetAddress named(String host, InetAddress address)
                throws UnknownHostException {
            return InetAddress.getByAddress(host, address.getAddress());
        }
    }
}
