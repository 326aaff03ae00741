package dev.usher;

import dev.usher.config.Config;
import dev.usher.config.ConfigLoader;
import dev.usher.dev.DevAnnouncement;
import dev.usher.dev.DevCertificates;
import dev.usher.dev.DevClock;
import dev.usher.dev.DevDirectory;
import dev.usher.dev.DevEndpoints;
import dev.usher.dev.DevSamples;
import dev.usher.dev.DevSeeds;
import dev.usher.directory.Argon2Cost;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.flow.NetworkLimits;
import dev.usher.flow.Rehearsal;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.mail.Outbox;
import dev.usher.observe.MetricsObserver;
import dev.usher.store.ReadTx;
import dev.usher.store.StoreSettings;
import dev.usher.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program as development mode wires it, asked without the network between; only the hashing of
 * passwords is cheaper. Tenants, flows, people and applications are those of {@code dev.json}.
 */
public final class WholeApp implements AutoCloseable {

    /** Wrong passwords that one network has in an hour. */
    public static final int FAILURES_MAX = 60;

    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");

    public final MetricsObserver metrics = new MetricsObserver();
    public final Services services;
    public final JsonNode facts;
    public final TenantId tenant;
    public final String origin;

    private final AtomicInteger networks = new AtomicInteger();
    private final Ids ids = new Ids(new SecureRandom());
    private final DevDirectory directory;
    private final App app;

    /**
     * @param path where secrets are kept, so that another one may go on with the database
     */
    public WholeApp(Path path, StoreSettings database) {
        this(path, database, new Argon2Cost(8, 1, 1));
    }

    /**
     * @param cost what a password costs to hash
     */
    public WholeApp(Path path, StoreSettings database, Argon2Cost cost) {
        directory = DevDirectory.open(path, ids);
        Config config = config(path, database);
        DevClock clock = new DevClock(Clock.system());
        DevCertificates certificates = new DevCertificates(directory.path(), clock, ids);
        services = hashing(Services.open(config, directory.masterKey(), clock, ids, metrics), cost);
        new DevSeeds(
                        directory,
                        certificates,
                        services.store(),
                        services.tenants(),
                        services.clients(),
                        services.permissions(),
                        clock,
                        ids)
                .ensure();
        try {
            app =
                    App.start(
                            App.Mode.DEVELOPMENT,
                            config,
                            certificates.server(),
                            services,
                            metrics,
                            metrics,
                            // pages as serve has them: nobody is signed in by a persona's button
                            new App.More(
                                    Rehearsal.NONE,
                                    new DevEndpoints(services.store(), services.tenants(), clock)
                                            ::routes));
            origin = "http://localhost:" + app.mainPort();
            DevAnnouncement.Urls urls =
                    new DevAnnouncement.Urls(
                            origin,
                            "https://localhost:" + app.tlsPort(),
                            "http://localhost:" + app.managementPort());
            new DevSamples(directory, app::handle, origin, services.clients(), ids).ensure();
            new DevAnnouncement(directory, certificates, urls).write(ProcessHandle.current().pid());
            facts = JsonMapper.shared().readTree(Files.readString(path.resolve("dev.json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        tenant = TenantId.of(facts.path("tenantId").asString());
    }

    /** In a directory of its own. */
    public static WholeApp fresh(StoreSettings database) {
        return new WholeApp(directory(), database);
    }

    public static Path directory() {
        try {
            return Files.createTempDirectory("usher-whole-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config config(Path path, StoreSettings database) {
        Map<String, List<String>> flags = new HashMap<>();
        flags.put("data", List.of(path.toString()));
        flags.put("database", List.of(database.url()));
        if (database.user() != null) {
            flags.put("database-user", List.of(database.user()));
        }
        for (String port : List.of("http-port", "https-port", "management-port")) {
            flags.put(port, List.of("0"));
        }
        Map<String, String> environment =
                database.password() == null
                        ? Map.of()
                        : Map.of("USHER_DATABASE_PASSWORD", database.password());
        return new ConfigLoader().load(null, environment, flags);
    }

    private Services hashing(Services made, Argon2Cost cost) {
        PasswordHasher hasher = new PasswordHasher(cost, 2, ids);
        return new Services(
                made.schema(),
                made.store(),
                made.sealer(),
                made.tenants(),
                made.clients(),
                made.permissions(),
                hasher,
                new PasswordSignIn(made.store(), hasher, made.clock(), ids)
                        .limiting(NetworkLimits.failures(FAILURES_MAX)),
                made.delegations(),
                made.keys(),
                made.clock(),
                ids);
    }

    /** Sends a request; the target may have a query. */
    public Response send(String method, String target, Headers headers, byte[] body) {
        return send(method, target, headers, body, network());
    }

    /** The address of a network from which nobody has come yet. */
    public String network() {
        int next = networks.incrementAndGet();
        return "10.%d.%d.7".formatted(next / 250 % 250, next % 250);
    }

    /** Sends a request from that address. */
    public Response send(
            String method, String target, Headers headers, byte[] body, String remoteAddress) {
        int mark = target.indexOf('?');
        String id = ids.guid().toString();
        return app.handle(
                new Request(
                        method,
                        origin,
                        mark < 0 ? target : target.substring(0, mark),
                        mark < 0 ? null : target.substring(mark + 1),
                        headers,
                        body,
                        id,
                        id,
                        remoteAddress,
                        new Trail()));
    }

    /** Sends JSON to Graph as the tenant's administrator. */
    public Response graph(String method, String target, @Nullable String body) {
        Headers headers =
                new Headers()
                        .set("Authorization", "Bearer " + adminToken())
                        .set("Content-Type", "application/json");
        return send(method, target, headers, (body == null ? "" : body).getBytes());
    }

    private String adminToken() {
        JsonNode admin = facts.at("/clients/admin");
        String form =
                "grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
                        + "&client_id="
                        + admin.path("clientId").asString()
                        + "&client_secret="
                        + admin.path("secret").asString();
        return json(post("/" + tenant + "/oauth2/v2.0/token", form))
                .path("access_token")
                .asString();
    }

    /** Posts a form without cookies. */
    public Response post(String target, String form) {
        Headers headers = new Headers().set("Content-Type", "application/x-www-form-urlencoded");
        return send("POST", target, headers, form.getBytes(StandardCharsets.US_ASCII));
    }

    /** Moves the tenant's clock: a JSON object as {@code POST /dev/clock} takes it. */
    public Response clock(String json) {
        Headers headers = new Headers().set("Content-Type", "application/json");
        return send("POST", "/dev/clock", headers, json.getBytes(StandardCharsets.UTF_8));
    }

    public static JsonNode json(Response response) {
        return JsonMapper.shared().readTree(response.body());
    }

    public <T> T read(Function<ReadTx, T> work) {
        return services.store().read(tenant, work::apply);
    }

    /** The code of the newest mail to that address; empty if there is none. */
    public String code(String address) {
        return read(tx -> Outbox.newest(tx, address)).stream()
                .findFirst()
                .map(kept -> CODE.matcher(kept.mail().plain()))
                .filter(Matcher::find)
                .map(Matcher::group)
                .orElse("");
    }

    /** How many mails there are to that address. */
    public int mails(String address) {
        return read(tx -> Outbox.newest(tx, address)).size();
    }

    /** The mail addresses that people sign in with, folded, each as often as it has an account. */
    public List<String> accounts() {
        String domain = facts.path("tenantDomain").asString();
        return read(tx ->
                tx.sql(
                                "select assigned_key from user_identity where tenant_id = :tenant"
                                        + " and assigned_key like '%@%'"
                                        + " and assigned_key not like :principals"
                                        + " order by assigned_key")
                        .bind("principals", "%@" + domain)
                        .list(row -> row.text("assigned_key")));
    }

    /** The mail addresses, folded, that the person of that object id signs in with. */
    public List<String> addressesOf(String person) {
        return read(tx ->
                tx.sql(
                                "select assigned_key from user_identity where tenant_id = :tenant"
                                        + " and entity_key = :person")
                        .bind("person", person)
                        .list(row -> row.text("assigned_key")));
    }

    /** A claim of a token, not verified. */
    public static String claim(String token, String name) {
        byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return JsonMapper.shared().readTree(payload).path(name).asString("");
    }

    @Override
    public void close() {
        app.close();
        services.close();
        directory.close();
    }
}
