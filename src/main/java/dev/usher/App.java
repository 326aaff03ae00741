package dev.usher;

import dev.usher.config.Config;
import dev.usher.edm.MetadataWriter;
import dev.usher.edm.Model;
import dev.usher.edm.Schema;
import dev.usher.flow.Rehearsal;
import dev.usher.graph.GraphEdge;
import dev.usher.graph.GraphTypes;
import dev.usher.graph.ObjectLimits;
import dev.usher.graph.Quota;
import dev.usher.http.AddressRules;
import dev.usher.http.Authorities;
import dev.usher.http.Cidr;
import dev.usher.http.ErrorRenderer;
import dev.usher.http.Handler;
import dev.usher.http.JettyServer;
import dev.usher.http.Limits;
import dev.usher.http.NameResolver;
import dev.usher.http.Origins;
import dev.usher.http.OutboundClient;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.http.ServerSettings;
import dev.usher.http.ServerSettings.Listener;
import dev.usher.http.Tls;
import dev.usher.ids.TenantId;
import dev.usher.mail.Courier;
import dev.usher.mail.MailServer;
import dev.usher.mail.SmtpSender;
import dev.usher.oauth.HttpErrors;
import dev.usher.oauth.OAuthEndpoints;
import dev.usher.oauth.OAuthSettings;
import dev.usher.observe.MetricsObserver;
import dev.usher.observe.Observer;
import dev.usher.odata.ErrorWriter;
import dev.usher.odata.ODataService;
import dev.usher.odata.ODataSettings;
import dev.usher.store.Actor;
import dev.usher.token.RemoteIssuers;
import dev.usher.token.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server, wired by constructors: read it from {@link #start} down. Ports are bound first, since
 * in development mode the origins are known only then.
 */
public final class App implements AutoCloseable {

    /** What is served, and to whom. */
    public enum Mode {
        /** Plain and TLS ports of localhost, readiness also on them. */
        DEVELOPMENT,
        /** TLS, or plain behind a trusted proxy; only the configured origins. */
        PRODUCTION
    }

    /**
     * What one command has beyond the others.
     *
     * @param routes adds its routes
     */
    public record More(Rehearsal rehearsal, Consumer<Router> routes) {

        /** Nothing. */
        public static final More NONE = new More(Rehearsal.NONE, _ -> {});
    }

    private final Config config;
    private final Mode mode;
    private final Services services;
    private final Observer observer;
    private final ErrorWriter errors;
    private final ListenAddresses addresses;
    private final List<Listener> listeners;
    private final JettyServer server;
    private final JettyServer managementServer;
    private final Management management;
    private final OutboundClient outbound;
    private final @Nullable Courier courier;
    private final Housekeeping housekeeping;
    private final Set<String> origins = new LinkedHashSet<>();
    private final Router router;

    private App(
            Mode mode,
            Config config,
            @Nullable Tls tls,
            Services services,
            MetricsObserver metrics,
            Observer observer) {
        this.mode = mode;
        this.config = config;
        this.services = services;
        this.observer = observer;
        this.errors = new ErrorWriter(services.clock(), mode == Mode.DEVELOPMENT);
        this.addresses = new ListenAddresses(config, mode == Mode.DEVELOPMENT);
        this.listeners = addresses.main(tls);
        this.server =
                server(
                        "http",
                        listeners,
                        setting("trusted-proxies", () -> Cidr.parse(config.trustedProxies())));
        this.managementServer = server("management", List.of(addresses.management()), List.of());
        this.management = new Management(services.store(), metrics, observer);
        this.outbound = outbound();
        this.courier = courier();
        this.housekeeping = new Housekeeping(config, services, observer);
        this.router = new Router(this::notFound);
    }

    /**
     * Starts to serve.
     *
     * @param tls certificate and key; null if a proxy ends TLS (production only)
     * @param metrics also one of those that {@code observer} tells
     * @param more what only this command has
     * @throws dev.usher.http.CannotListen if a port is taken
     */
    public static App start(
            Mode mode,
            Config config,
            @Nullable Tls tls,
            Services services,
            MetricsObserver metrics,
            Observer observer,
            More more) {
        App app = new App(mode, config, tls, services, metrics, observer);
        try {
            app.start(more);
            return app;
        } catch (RuntimeException failed) {
            app.close();
            throw failed;
        }
    }

    private void start(More more) {
        server.bind();
        managementServer.bind();
        origins.addAll(setting("public-origins", () -> Origins.of(config.publicOrigins()).all()));
        if (mode == Mode.DEVELOPMENT) {
            origins.addAll(addresses.localOrigins(mainPort(), tlsPort()));
        }
        route(more.rehearsal());
        more.routes().accept(router);
        managementServer.start(management.handler(), Origins.any());
        server.start(router, Origins.of(List.copyOf(origins)));
        management.serving(true);
        Thread.ofPlatform().daemon().name("usher-crypto").start(services.keys()::prepare);
        housekeeping.start();
    }

    /** The edges, each with what it needs. */
    private void route(Rehearsal rehearsal) {
        Set<String> known = Set.copyOf(origins);
        RemoteIssuers issuers = new RemoteIssuers(Verifiers.jwks(outbound), services.clock());
        FlowEdges flows =
                new FlowEdges(
                        services, limits(), known, issuers, observer, this::mailed, rehearsal);
        flows.routes(router);
        TokenIssuer issuer = new TokenIssuer(services.keys(), services.clock(), services.ids());
        new OAuthEndpoints(
                        () -> known,
                        services.tenants(),
                        services.clients(),
                        services.keys(),
                        issuer,
                        services.permissions(),
                        flows.signIn(),
                        services.delegations(),
                        issuers,
                        services.clock(),
                        observer,
                        OAuthSettings.defaults())
                .routes(router, flows.endpoints());
        Handler graph = graph(known);
        for (String version : Schema.VERSIONS) {
            router.on("*", "/" + version + "/**", (request, _) -> graph.handle(request));
        }
        if (mode == Mode.DEVELOPMENT) {
            management.routeReady(router);
            management.routeFixed(router);
        }
    }

    /** Who develops is one network, and in a hurry. */
    private @Nullable Config limits() {
        return mode == Mode.DEVELOPMENT ? null : config;
    }

    private Handler graph(Set<String> known) {
        Schema schema = services.schema();
        List<Model> models = Schema.VERSIONS.stream().map(schema::model).toList();
        Map<String, byte[]> printed = new ConcurrentHashMap<>();
        ODataService odata =
                new ODataService(
                        models,
                        model -> printed.computeIfAbsent(model.version(), _ -> metadata(model)),
                        services.store(),
                        GraphTypes.strategies(
                                models.getLast(),
                                services.clients(),
                                services.signIn(),
                                services.permissions(),
                                services.ids(),
                                mode == Mode.DEVELOPMENT,
                                config.quotaTwin() ? ObjectLimits.MICROSOFT : ObjectLimits.DEFAULT,
                                addressRules()),
                        services.clock(),
                        services.ids(),
                        services.sealer(),
                        ODataSettings.DEFAULT);
        return new GraphEdge(
                Verifiers.of(config, services, known, outbound),
                odata,
                services.tenants(),
                errors,
                observer,
                services.clock(),
                services.ids(),
                config.quotaTwin() ? new Quota(services.clock()) : null);
    }

    private static byte[] metadata(Model model) {
        return MetadataWriter.write(model).getBytes(StandardCharsets.UTF_8);
    }

    private Response notFound(Request request) {
        request.trail().errorCode("ResourceNotFound");
        return errors.render(
                new ErrorRenderer.Failure(
                        404,
                        "ResourceNotFound",
                        "There is nothing at this path.",
                        request.path(),
                        request.requestId(),
                        request.clientRequestId()));
    }

    /** Answers a request without the network between: for the commands that run the server. */
    public Response handle(Request request) {
        return router.handle(request);
    }

    /** The plain port; in production the only one, be it plain or TLS. */
    public int mainPort() {
        return server.port(0);
    }

    /** The TLS port; the main one, unless development mode has both. */
    public int tlsPort() {
        return server.port(listeners.size() - 1);
    }

    public int managementPort() {
        return managementServer.port(0);
    }

    /** Says that it is not ready any more, lets requests finish, and stops. */
    @Override
    public void close() {
        management.serving(false);
        housekeeping.close();
        server.close();
        managementServer.close();
        outbound.close();
        if (courier != null) {
            courier.close();
        }
    }

    private JettyServer server(String name, List<Listener> listening, List<Cidr> proxies) {
        Limits limits =
                new Limits(
                        config.bodyMax(),
                        config.headerMax(),
                        config.uriMax(),
                        Duration.ofSeconds(config.idleSeconds()),
                        Duration.ofSeconds(config.receiveSeconds()),
                        Duration.ofSeconds(config.drainSeconds()));
        return new JettyServer(
                new ServerSettings(name, listening, limits, proxies),
                new HttpErrors(errors),
                services.ids(),
                services.clock(),
                observer);
    }

    private OutboundClient outbound() {
        return new OutboundClient(addressRules(), NameResolver.system(), authorities());
    }

    private List<X509Certificate> authorities() {
        String authorities = config.outboundCa();
        return authorities == null
                ? List.of()
                : setting("outbound-ca", () -> Tls.certificates(Path.of(authorities)));
    }

    /** Who brings mails away; in development mode they stay, to be looked at. */
    private @Nullable Courier courier() {
        String url = config.smtpUrl();
        if (mode == Mode.DEVELOPMENT || url == null) {
            return null;
        }
        String from = config.mailFrom();
        if (from == null) {
            throw new Config.Invalid("mail-from: the address that mails come from is not named");
        }
        MailServer mails =
                setting(
                        "smtp-url",
                        () ->
                                MailServer.parse(
                                        url, config.smtpUser(), config.smtpPassword(), from));
        return new Courier(
                services.store(),
                services.tenants(),
                new SmtpSender(mails, Authorities.tls(authorities())),
                services.clock(),
                observer,
                new Actor("courier", null, services.ids().guid().toString()));
    }

    private void mailed(TenantId tenant) {
        if (courier != null) {
            courier.tell(tenant);
        }
    }

    /** Where calls may go: in development mode to this machine, too. */
    private AddressRules addressRules() {
        List<String> allowed = new ArrayList<>(config.outboundAllow());
        if (mode == Mode.DEVELOPMENT) {
            allowed.addAll(List.of("127.0.0.0/8", "::1"));
        }
        return setting("outbound-allow", () -> AddressRules.allowing(allowed));
    }

    /** What the value of a setting means; an unusable one is refused under its name. */
    private static <T> T setting(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException unusable) {
            throw new Config.Invalid(name + ": " + unusable.getMessage(), unusable);
        }
    }
}
