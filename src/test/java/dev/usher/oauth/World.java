package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.client.NewClient;
import dev.usher.directory.Argon2Cost;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.http.Trail;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.key.KeyRing;
import dev.usher.observe.Observation;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.StoreSettings;
import dev.usher.store.TestDatabases;
import dev.usher.tenant.NewTenant;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.TenantKind;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import dev.usher.token.AccessTokenVerifier;
import dev.usher.token.Delegations;
import dev.usher.token.RemoteIssuers;
import dev.usher.token.TokenIssuer;
import dev.usher.token.TrustedIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Everything that issues and verifies tokens, on a database, at a time that the test moves. */
public final class World implements AutoCloseable {

    public static final String ORIGIN = "https://localhost:8443";
    public static final String OTHER_ORIGIN = "http://127.0.0.1:8080";
    public static final Set<String> ORIGINS = Set.of(ORIGIN, OTHER_ORIGIN);
    public static final Actor ACTOR = new Actor("test", null, "request");

    private final StoreSettings settings;
    private final List<Store> opened = new ArrayList<>();

    public final MovableClock clock = new MovableClock();
    public final Ids ids = TestDatabases.ids();
    public final List<Observation> observed = new CopyOnWriteArrayList<>();
    public final Map<URI, String> published = new ConcurrentHashMap<>();
    public final AtomicInteger fetches = new AtomicInteger();
    public final Node here;

    public World(StoreSettings settings, TrustedIssuer... trusted) {
        this.settings = settings;
        this.here = node(trusted);
    }

    /** A time that stands still until it is moved. */
    public static final class MovableClock implements Clock {
        private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

        public void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant now(TenantId tenant) {
            return now;
        }

        @Override
        public Instant now() {
            return now;
        }
    }

    /** The services of one process. */
    public record Node(
            Store store,
            Tenants tenants,
            Clients clients,
            KeyRing keys,
            TokenIssuer issuer,
            AccessTokenVerifier verifier,
            OAuthEndpoints oauth,
            Router router) {}

    /** A process of its own on the same database. */
    public Node node(TrustedIssuer... trusted) {
        Store store = TestDatabases.open(settings, clock);
        opened.add(store);
        GraphPermissions permissions = GraphPermissions.load();
        Clients clients = new Clients(store, ids, permissions);
        Delegations delegations = new Delegations(store, clients);
        Tenants tenants = new Tenants(store, ids, List.of(clients));
        KeyRing keys = new KeyRing(store, clock, TestDatabases.sealer(), observed::add);
        TokenIssuer issuer = new TokenIssuer(keys, clock, ids);
        AccessTokenVerifier verifier =
                new AccessTokenVerifier(
                        () -> ORIGINS,
                        store,
                        tenants,
                        clients,
                        delegations,
                        keys,
                        List.of(trusted),
                        this::fetch,
                        clock);
        Router router = new Router(_ -> Response.empty(404));
        OAuthEndpoints oauth =
                new OAuthEndpoints(
                        () -> ORIGINS,
                        tenants,
                        clients,
                        keys,
                        issuer,
                        permissions,
                        new PasswordSignIn(store, hasher(), clock, ids),
                        delegations,
                        new RemoteIssuers(this::fetch, clock),
                        clock,
                        observed::add,
                        new OAuthSettings(true));
        oauth.routes(router);
        return new Node(store, tenants, clients, keys, issuer, verifier, oauth, router);
    }

    /** Hashes cheaply. */
    public PasswordHasher hasher() {
        return new PasswordHasher(new Argon2Cost(8, 1, 1), 2, ids);
    }

    /** Another process notices the change within the promised time. */
    public static void assertHeard(Node other, Runnable change, BooleanSupplier visible) {
        CountDownLatch heard = new CountDownLatch(1);
        other.store()
                .onChange(_ -> {
                    if (visible.getAsBoolean()) {
                        heard.countDown();
                    }
                });
        change.run();
        try {
            assertThat(heard.await(Store.STALENESS_MS_MAX, TimeUnit.MILLISECONDS))
                    .as("within the promised time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String fetch(URI url) throws IOException {
        fetches.incrementAndGet();
        String body = published.get(url);
        if (body == null) {
            throw new IOException("connection refused");
        }
        return body;
    }

    /** A fresh tenant with a domain of its own. */
    public Tenant tenant() {
        String domain = "t" + ids.hex32().substring(0, 8) + ".onmicrosoft.com";
        return here.tenants.create(
                ACTOR, new NewTenant(null, TenantKind.WORKFORCE, "Contoso", List.of(domain)));
    }

    /** A fresh client with these permissions. */
    public Clients.Created client(Tenant tenant, String... permissions) {
        return here.store.write(
                tenant.id(),
                ACTOR,
                tx ->
                        here.clients.create(
                                tx, new NewClient(null, "App", Set.of(permissions), null, null)));
    }

    /** A token as the token endpoint issues it. */
    public String token(Tenant tenant, Clients.Created client) {
        Response response =
                post(
                        "/" + tenant.id() + "/oauth2/v2.0/token",
                        "grant_type=client_credentials&client_id="
                                + client.appId()
                                + "&client_secret="
                                + client.secret()
                                + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default");
        return Json.of(response).path("access_token").asString();
    }

    public Response post(String path, String form) {
        return send("POST", path, form, new Headers());
    }

    public Response get(String path) {
        return send("GET", path, "", new Headers());
    }

    /** Sends a request; a form gets its content type unless the headers have one. */
    public Response send(String method, String target, String body, Headers headers) {
        if (!body.isEmpty() && !headers.has("Content-Type")) {
            headers.set("Content-Type", "application/x-www-form-urlencoded");
        }
        int mark = target.indexOf('?');
        @Nullable String query = mark < 0 ? null : target.substring(mark + 1);
        return here.router.handle(
                new Request(
                        method,
                        ORIGIN,
                        mark < 0 ? target : target.substring(0, mark),
                        query,
                        headers,
                        body.getBytes(StandardCharsets.UTF_8),
                        "00000000-0000-4000-8000-00000000000a",
                        "00000000-0000-4000-8000-00000000000b",
                        "127.0.0.1",
                        new Trail()));
    }

    @Override
    public void close() {
        opened.forEach(Store::close);
    }
}
