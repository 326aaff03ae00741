package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.Argon2Cost;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.edm.MetadataWriter;
import dev.usher.edm.Model;
import dev.usher.edm.Schema;
import dev.usher.fuzz.Input;
import dev.usher.http.AddressRules;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.oauth.World;
import dev.usher.odata.ErrorWriter;
import dev.usher.odata.ODataService;
import dev.usher.odata.ODataSettings;
import dev.usher.odata.Permission;
import dev.usher.odata.RequestParser;
import dev.usher.store.StoreSettings;
import dev.usher.store.TestDatabases;
import dev.usher.tenant.NewTenant;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.TenantKind;
import dev.usher.tenant.TenantSeed;
import dev.usher.tenant.Tenants;
import dev.usher.token.TrustedIssuer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Graph edge on a database, with one tenant and one application that may do everything. */
final class GraphWorld implements AutoCloseable {

    static final String[] ALL = {
        "IdentityUserFlow.ReadWrite.All",
        "IdentityProvider.ReadWrite.All",
        "APIConnectors.ReadWrite.All",
        "User.ReadWrite.All",
        "User.DeleteRestore.All",
        "UserAuthenticationMethod.ReadWrite.All",
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "DelegatedPermissionGrant.ReadWrite.All",
        "Directory.ReadWrite.All",
        "RoleManagement.ReadWrite.Directory",
        "Organization.Read.All",
        "Domain.Read.All",
        "AuditLog.Read.All",
        "CustomAuthenticationExtension.ReadWrite.All",
        "EventListener.ReadWrite.All",
        "Policy.Read.All",
        "Policy.ReadWrite.ApplicationConfiguration",
        "Policy.ReadWrite.AuthenticationFlows",
        "Policy.ReadWrite.AuthenticationMethod"
    };

    final World world;
    final Tenant tenant;
    final String token;
    private final ODataService odata;
    private final GraphEdge edge;

    GraphWorld(StoreSettings settings, TrustedIssuer... trusted) {
        this(settings, TenantKind.ALL, false, false, trusted);
    }

    /** A world whose tenant is of that kind. */
    GraphWorld(StoreSettings settings, TenantKind kind) {
        this(settings, kind, false, false);
    }

    /**
     * @param twin whether Microsoft's limits and rates hold
     * @param explaining whether errors say what development mode says
     */
    GraphWorld(
            StoreSettings settings,
            TenantKind kind,
            boolean twin,
            boolean explaining,
            TrustedIssuer... trusted) {
        world = new World(settings, trusted);
        Schema schema = Schema.load();
        List<Model> models = Schema.VERSIONS.stream().map(schema::model).toList();
        List<TenantSeed> seeds = new ArrayList<>(GraphTypes.seeds(models.getLast()));
        seeds.add(world.here.clients());
        Tenants tenants = new Tenants(world.here.store(), world.ids, seeds);
        tenant =
                tenants.create(
                        World.ACTOR,
                        new NewTenant(null, kind, "Contoso", List.of("contoso.onmicrosoft.com")));
        odata =
                new ODataService(
                        models,
                        model -> MetadataWriter.write(model).getBytes(StandardCharsets.UTF_8),
                        world.here.store(),
                        GraphTypes.strategies(
                                models.getLast(),
                                world.here.clients(),
                                signIn(),
                                GraphPermissions.load(),
                                world.ids,
                                false,
                                twin ? ObjectLimits.MICROSOFT : ObjectLimits.DEFAULT,
                                AddressRules.allowing(List.of())),
                        world.clock,
                        world.ids,
                        TestDatabases.sealer(),
                        ODataSettings.DEFAULT);
        edge =
                new GraphEdge(
                        world.here.verifier(),
                        odata,
                        world.here.tenants(),
                        new ErrorWriter(world.clock, explaining),
                        world.observed::add,
                        world.clock,
                        world.ids,
                        twin ? new Quota(world.clock) : null);
        token = token(ALL);
    }

    private PasswordSignIn signIn() {
        PasswordHasher hasher = new PasswordHasher(new Argon2Cost(64, 1, 1), 2, world.ids);
        return new PasswordSignIn(world.here.store(), hasher, world.clock, world.ids);
    }

    /** A token of a fresh application with these permissions. */
    String token(String... permissions) {
        Clients.Created client = world.client(tenant, permissions);
        return world.token(tenant, client);
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends as the application that may do everything; headers as {@code Name: value}. */
    Answer send(String method, String target, String body, String... headers) {
        return sendAs(token, method, target, body, headers);
    }

    Answer sendAs(String bearer, String method, String target, String body, String... headers) {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        return sendAs(bearer, new Input(method, target, List.of(headers), bytes));
    }

    /** Sends exactly that as the application that may do everything. */
    Answer send(Input input) {
        return sendAs(token, input);
    }

    private Answer sendAs(String bearer, Input input) {
        Headers all = new Headers().set("Authorization", "Bearer " + bearer);
        for (String header : input.headers()) {
            int colon = header.indexOf(':');
            all.set(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return new Answer(edge.handle(request(input, all)));
    }

    /** What a caller needs to read that. */
    List<Permission> needed(String target) {
        Input input = new Input("GET", target, List.of(), new byte[0]);
        return odata.plan(new RequestParser().parse(request(input, new Headers()))).permissions();
    }

    private static Request request(Input input, Headers all) {
        String target = input.target();
        int mark = target.indexOf('?');
        return new Request(
                input.method(),
                World.ORIGIN,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                all,
                input.body(),
                "00000000-0000-4000-8000-00000000000a",
                "00000000-0000-4000-8000-00000000000b",
                "127.0.0.1",
                new Trail());
    }

    @Override
    public void close() {
        world.close();
    }

    /** A response, read as JSON where it has a body. */
    record Answer(Response response) {

        int status() {
            return response.status();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String header(String name) {
            return response.header(name).orElse(null);
        }

        /** {@code target: rule} of every detail of an error. */
        List<String> violations() {
            List<String> found = new ArrayList<>();
            for (JsonNode detail : json().path("error").path("details")) {
                found.add(detail.path("target").asString() + ": " + detail.path("code").asString());
            }
            return found;
        }

        String message() {
            return json().path("error").path("message").asString();
        }
    }
}
