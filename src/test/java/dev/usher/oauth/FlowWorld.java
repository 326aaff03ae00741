package dev.usher.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.Argon2Cost;
import dev.usher.directory.Credentials;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.directory.Throttle;
import dev.usher.edm.Model;
import dev.usher.edm.Schema;
import dev.usher.flow.JourneyEnd;
import dev.usher.flow.UserFlows;
import dev.usher.html.HtmlPages;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.secret.Sha256;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.StoreSettings;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenant;
import dev.usher.token.Delegations;
import dev.usher.token.RemoteIssuers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A tenant with a user flow, applications and a person; journeys end as tests say. */
final class FlowWorld implements AutoCloseable {

    static final String FLOW = "B2C_1_SuSi";
    static final String WEB = "https://app.example/signed-in";
    static final String SPA = "https://app.example/page";
    static final String NATIVE = "http://localhost/here";
    static final String PASSWORD = "Correct-horse-7";
    static final String VERIFIER = "v".repeat(43);

    private static final Model MODEL = Schema.load().model("beta");

    final World world;
    final Tenant tenant;
    final ScriptedJourneys journeys = new ScriptedJourneys();
    final Router router = new Router(_ -> Response.empty(404));
    final Clients.Created app;
    final String person;
    private String base;

    FlowWorld(StoreSettings settings) {
        this(settings, 2);
    }

    /**
     * @param lanes how many passwords are hashed at a time
     */
    FlowWorld(StoreSettings settings, int lanes) {
        this(settings, lanes, Throttle.Limit.none("failures"));
    }

    FlowWorld(StoreSettings settings, int lanes, Throttle.Limit failures) {
        world = new World(settings);
        PasswordHasher hasher = new PasswordHasher(new Argon2Cost(8, 1, 1), lanes, world.ids);
        tenant = world.tenant();
        base = "/" + tenant.id() + "/" + FLOW;
        flow(FLOW, "b2cIdentityUserFlow", "signUpOrSignIn");
        app = application();
        person = person("Ada Byron", "ada@example.com");
        FlowEndpoints flows =
                new FlowEndpoints(
                        new FlowEndpoints.Parts(
                                () -> World.ORIGINS,
                                world.here.store(),
                                MODEL,
                                world.here.tenants(),
                                world.here.clients(),
                                new RemoteIssuers(_ -> "", world.clock),
                                world.here.keys(),
                                GraphPermissions.load(),
                                new Delegations(world.here.store(), world.here.clients()),
                                new PasswordSignIn(
                                                world.here.store(), hasher, world.clock, world.ids)
                                        .limiting(failures),
                                new UserFlows(world.here.store(), MODEL),
                                journeys,
                                new HtmlPages(),
                                world.clock,
                                world.ids,
                                world.observed::add,
                                OAuthSettings.defaults()));
        world.here.oauth().routes(router, flows);
    }

    static Kind kind(String type) {
        return Kinds.of(MODEL.entityType("microsoft.graph." + type));
    }

    void write(Consumer<WriteTx> work) {
        world.here
                .store()
                .write(
                        tenant.id(),
                        World.ACTOR,
                        tx -> {
                            work.accept(tx);
                            return true;
                        });
    }

    static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }

    void flow(String id, String type, String flowType) {
        ObjectNode properties =
                object("{'userFlowType': '" + flowType + "', 'userFlowTypeVersion': 1}");
        Kind kind = kind("identityUserFlow");
        write(tx ->
                tx.insert(
                        kind,
                        new Entity(kind.name(), "", id, "microsoft.graph." + type, 0, properties)));
    }

    /** Stores the settings of a flow, in the place of what was there. */
    void settings(String flowId, String json) {
        settings("userFlowSettings", Entity.fold(flowId), json);
    }

    /** Stores the settings of the organization, in the place of what was there. */
    void organizationSettings(String json) {
        settings("organizationSettings", "", json);
    }

    private void settings(String type, String owner, String json) {
        Kind kind = new Kind(type, null, Map.of(), Set.of());
        Entity settings =
                new Entity(kind.name(), owner, "settings", "usher." + type, 0, object(json));
        write(tx -> {
            if (tx.lock(kind, owner, "settings").isPresent()) {
                tx.replace(kind, settings);
            } else {
                tx.insert(kind, settings);
            }
        });
    }

    /** An application that has every platform and may do everything. */
    Clients.Created application() {
        Clients.Created created = world.client(tenant);
        change(
                created,
                "{'web': {'redirectUris': ['"
                        + WEB
                        + "'], 'logoutUrl': 'https://app.example/signed-out',"
                        + " 'implicitGrantSettings': {'enableIdTokenIssuance': true,"
                        + " 'enableAccessTokenIssuance': true}}, 'spa': {'redirectUris': ['"
                        + SPA
                        + "']}, 'publicClient': {'redirectUris': ['"
                        + NATIVE
                        + "']}}");
        return created;
    }

    void change(Clients.Created application, String json) {
        Kind kind = kind("application");
        write(tx -> {
            Entity stored = tx.lock(kind, "", application.objectId()).orElseThrow();
            stored.properties().setAll(object(json));
            tx.replace(kind, stored);
        });
    }

    /** A person with a local account. */
    String person(String name, String mail) {
        String id = world.ids.guid().toString();
        Kind kind = kind("user");
        ObjectNode properties =
                object(
                        "{'displayName': '"
                                + name
                                + "', 'givenName': 'Ada', 'city': 'London', 'accountEnabled':"
                                + " true, 'userPrincipalName': '"
                                + id
                                + "@contoso.example', 'identities': [{'signInType':"
                                + " 'emailAddress', 'issuer': '"
                                + tenant.domains().getFirst()
                                + "', 'issuerAssignedId': '"
                                + mail
                                + "'}], 'otherMails': ['second@example.com', '"
                                + mail
                                + "'],"
                                + " 'extension_0123456789abcdef0123456789abcdef_Level': 7}");
        String hash = world.hasher().hash(PASSWORD);
        write(tx -> {
            tx.insert(kind, new Entity(kind.name(), "", id, "microsoft.graph.user", 0, properties));
            Credentials.set(tx, id, hash);
        });
        return id;
    }

    void changePerson(Consumer<ObjectNode> change) {
        Kind kind = kind("user");
        write(tx -> {
            Entity stored = tx.lock(kind, "", person).orElseThrow();
            change.accept(stored.properties());
            tx.replace(kind, stored);
        });
    }

    void deletePerson() {
        Kind kind = kind("user");
        write(tx -> tx.delete(kind, tx.lock(kind, "", person).orElseThrow()));
    }

    private String principal(WriteTx tx, Clients.Created application) {
        return world.here.clients().byAppId(tx, application.appId()).orElseThrow().principalId();
    }

    /** Grants scopes of an API to an application, for everybody. */
    void grant(Clients.Created client, Clients.Created api, String scope) {
        Kind kind = kind("oAuth2PermissionGrant");
        write(tx ->
                tx.insert(
                        kind,
                        new Entity(
                                kind.name(),
                                "",
                                world.ids.hex32(),
                                "microsoft.graph.oAuth2PermissionGrant",
                                0,
                                object("{'consentType': 'AllPrincipals'}")
                                        .put("clientId", principal(tx, client))
                                        .put("resourceId", principal(tx, api))
                                        .put("scope", scope))));
    }

    /** Gives a role of an API to an application. */
    void giveRole(Clients.Created client, Clients.Created api, String roleId) {
        Kind kind = kind("appRoleAssignment");
        write(tx ->
                tx.insert(
                        kind,
                        new Entity(
                                kind.name(),
                                "",
                                world.ids.hex32(),
                                "microsoft.graph.appRoleAssignment",
                                0,
                                object("{}")
                                        .put("principalId", principal(tx, client))
                                        .put("resourceId", principal(tx, api))
                                        .put("appRoleId", roleId))));
    }

    Browser browser() {
        return new Browser(router, World.ORIGIN);
    }

    String base() {
        return base;
    }

    /** From now on applications ask at the tenant's own address, where they meet the flow. */
    FlowWorld atTenant() {
        base = "/" + tenant.id();
        settings(FLOW, "{'applications': ['" + app.appId() + "']}");
        return this;
    }

    /** A request for a code with a refresh token behind it; a test changes what it is about. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", app.appId());
        parameters.put("redirect_uri", WEB);
        parameters.put("response_type", "code");
        parameters.put("scope", "openid offline_access");
        parameters.put("state", "a b+c/d=e&f");
        parameters.put("nonce", "n-0S6");
        parameters.put("code_challenge", Sha256.base64url(VERIFIER));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Response authorize(Browser browser, Map<String, String> parameters) {
        return browser.get(base() + FlowAddress.AUTHORIZE + "?" + encoded(parameters));
    }

    /** Signs the person in: a journey that ends well. */
    Response signIn(Browser browser, Map<String, String> parameters) {
        return finish(
                browser,
                authorize(browser, parameters),
                new JourneyEnd.SignedIn(person, false, world.clock.now(tenant.id()), false, null));
    }

    /** Ends the journey that an answer leads to, and comes back. */
    Response finish(Browser browser, Response begun, JourneyEnd end) {
        String path = Browser.location(begun);
        String id = path.substring(path.lastIndexOf('/') + 1);
        journeys.end(id, end);
        return browser.get(resume(id));
    }

    String resume(String journeyId) {
        return "/" + tenant.id() + "/" + FLOW + FlowAddress.RESUME + "?journey=" + journeyId;
    }

    /** The form that redeems a code of {@link #parameters}. */
    Map<String, String> redemption(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", app.appId());
        form.put("client_secret", app.secret());
        form.put("code", code);
        form.put("redirect_uri", WEB);
        form.put("code_verifier", VERIFIER);
        return form;
    }

    Map<String, String> refresh(String token) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", app.appId());
        form.put("client_secret", app.secret());
        form.put("refresh_token", token);
        return form;
    }

    Response token(Map<String, String> form) {
        return browser().post(base() + FlowAddress.TOKEN, encoded(form));
    }

    /** A code, by signing in. */
    String code() {
        return code(parameters());
    }

    String code(Map<String, String> parameters) {
        Map<String, String> answer = Browser.answer(signIn(browser(), parameters));
        if (!answer.containsKey("code")) {
            throw new AssertionError(answer.toString());
        }
        return answer.get("code");
    }

    /** Tokens, by signing in and redeeming. */
    JsonNode tokens() {
        return Json.of(token(redemption(code())));
    }

    static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException notOne) {
            throw new AssertionError(token, notOne);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
