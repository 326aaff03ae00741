package dev.usher.dev;

import dev.usher.client.Clients;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.ids.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Flows, people and an application to begin with, written through the Graph API itself: whatever it
 * checks and completes holds for them, too. Written once: what was changed or deleted stays so.
 */
public final class DevSamples {

    /** The flows of a tenant: key in {@code dev.json} and {@code userFlowType}, and id. */
    static final Map<String, String> FLOWS =
            Map.of(
                    "signUp", "B2C_1_SignUp",
                    "signIn", "B2C_1_SignIn",
                    "signUpOrSignIn", "B2C_1_SignUpOrSignIn");

    /** The people of a tenant: name and mail address. */
    static final List<Sample> PEOPLE =
            List.of(
                    new Sample("Adele Vance", "Adele", "Vance", "adele@example.com"),
                    new Sample("Grady Archie", "Grady", "Archie", "grady@example.com"));

    record Sample(String name, String given, String surname, String email) {}

    private static final String APPLICATIONS = "/v1.0/applications";
    private static final String ANYWHERE = "[\"http://localhost/*\",\"http://127.0.0.1/*\"]";

    private final DevDirectory directory;
    private final Function<Request, Response> server;
    private final String origin;
    private final Clients clients;
    private final Ids ids;

    /**
     * @param server answers requests, without the network between
     * @param origin under which it answers
     */
    public DevSamples(
            DevDirectory directory,
            Function<Request, Response> server,
            String origin,
            Clients clients,
            Ids ids) {
        this.directory = directory;
        this.server = server;
        this.origin = origin;
        this.clients = clients;
        this.ids = ids;
    }

    /** Writes what is missing, unless all was there once. */
    public void ensure() {
        DevTenant.all().stream().filter(this::unfinished).forEach(this::ensure);
    }

    /** The redirect URIs of the application come last. */
    private boolean unfinished(DevTenant tenant) {
        return clients.byAppId(tenant.id(), tenant.appId())
                .filter(app -> !app.redirects().registered().isEmpty())
                .isEmpty();
    }

    private void ensure(DevTenant tenant) {
        String token = token(tenant);
        FLOWS.forEach((type, id) -> flow(token, type, id));
        PEOPLE.forEach(person -> person(token, tenant, person));
        redirects(
                token,
                tenant.clientId(DevTenant.Role.ADMIN),
                "{\"web\":{\"redirectUris\":"
                        + ANYWHERE
                        + ",\"implicitGrantSettings\":{\"enableIdTokenIssuance\":true,"
                        + "\"enableAccessTokenIssuance\":true}}}");
        redirects(
                token,
                tenant.appId(),
                "{\"isFallbackPublicClient\":true,\"spa\":{\"redirectUris\":"
                        + ANYWHERE
                        + "},\"publicClient\":{\"redirectUris\":"
                        + ANYWHERE
                        + "}}");
    }

    private void flow(String token, String type, String id) {
        if (get(token, "/beta/identity/b2cUserFlows/" + id).status() == 200) {
            return;
        }
        ObjectNode flow = JsonMapper.shared().createObjectNode();
        flow.put("id", id);
        flow.put("userFlowType", type);
        flow.put("userFlowTypeVersion", 3);
        created(token, "/beta/identity/b2cUserFlows", flow);
        if (!type.equals("signIn")) {
            ObjectNode name = JsonMapper.shared().createObjectNode();
            name.putObject("userAttribute").put("id", "displayName");
            name.put("displayName", "Display Name");
            name.put("isOptional", false);
            name.put("userInputType", "textBox");
            created(token, "/beta/identity/b2cUserFlows/" + id + "/userAttributeAssignments", name);
        }
    }

    private void person(String token, DevTenant tenant, Sample person) {
        String filter =
                "identities/any(i:i/issuerAssignedId eq '%s' and i/issuer eq '%s')"
                        .formatted(person.email, tenant.domain());
        Response found = get(token, "/v1.0/users?$filter=" + encode(filter));
        if (!json(found).path("value").isEmpty()) {
            return;
        }
        ObjectNode user = JsonMapper.shared().createObjectNode();
        user.put("accountEnabled", true);
        user.put("displayName", person.name);
        user.put("givenName", person.given);
        user.put("surname", person.surname);
        user.put("passwordPolicies", "DisablePasswordExpiration");
        user.putArray("identities")
                .addObject()
                .put("signInType", "emailAddress")
                .put("issuer", tenant.domain())
                .put("issuerAssignedId", person.email);
        user.putObject("passwordProfile")
                .put("forceChangePasswordNextSignIn", false)
                .put("password", directory.password(tenant, person.email));
        created(token, "/v1.0/users", user);
    }

    /** An application that has redirect URIs keeps them: somebody may have changed them. */
    private void redirects(String token, String appId, String body) {
        String filter = "?$filter=" + encode("appId eq '" + appId + "'");
        JsonNode application = json(get(token, APPLICATIONS + filter)).at("/value/0");
        List<JsonNode> uris = new ArrayList<>();
        for (String platform : List.of("web", "spa", "publicClient")) {
            application.path(platform).path("redirectUris").forEach(uris::add);
        }
        if (uris.isEmpty()) {
            String path = APPLICATIONS + "/" + application.path("id").asString("");
            Response changed = send("PATCH", path, token, body);
            if (changed.status() != 204) {
                throw failed(path, changed);
            }
        }
    }

    private void created(String token, String path, ObjectNode body) {
        Response answer = send("POST", path, token, body.toString());
        if (answer.status() != 201) {
            throw failed(path, answer);
        }
    }

    private Response get(String token, String path) {
        return send("GET", path, token, "");
    }

    private static JsonNode json(Response response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static IllegalStateException failed(String path, Response answer) {
        return new IllegalStateException(
                path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** A token of the tenant's administrator. */
    String token(DevTenant tenant) {
        DevTenant.Role role = DevTenant.Role.ADMIN;
        String form =
                "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
                        .formatted(
                                tenant.clientId(role),
                                encode(directory.secret(tenant, role)),
                                encode("https://graph.microsoft.com/.default"));
        String path = "/" + tenant.id() + "/oauth2/v2.0/token";
        Headers headers = new Headers().set("Content-Type", "application/x-www-form-urlencoded");
        Response response = server.apply(request("POST", path, headers, form));
        if (response.status() != 200) {
            throw failed(path, response);
        }
        return json(response).path("access_token").asString();
    }

    private Response send(String method, String path, String token, String body) {
        Headers headers =
                new Headers()
                        .set("Authorization", "Bearer " + token)
                        .set("Content-Type", "application/json");
        return server.apply(request(method, path, headers, body));
    }

    private Request request(String method, String target, Headers headers, String body) {
        String requestId = ids.guid().toString();
        int mark = target.indexOf('?');
        return new Request(
                method,
                origin,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                requestId,
                requestId,
                "127.0.0.1",
                new Trail());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
