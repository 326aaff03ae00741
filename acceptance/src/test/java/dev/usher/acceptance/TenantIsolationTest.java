package dev.usher.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Operations;
import dev.usher.acceptance.fixture.Operations.Operation;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Tokens;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two tenants: what belongs to the other is answered exactly as what belongs to nobody. Generated
 * over every operation that docs/parity.md says works.
 */
@UsherTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantIsolationTest {

    private static final String FLOW = "{flow-id}";

    /** What the operation list calls a flow id too. */
    private static final String B2C_FLOW = "{b2c-flow-id}";

    private static final String ASSIGNMENT = "{assignment-id}";
    private static final String CONNECTOR = "{connector-id}";
    private static final String PROVIDER = "{provider-id}";
    private static final String ATTRIBUTE = "{attribute-id}";
    private static final String FEDERATION = "{federation-id}";
    private static final String DOMAIN = "{domain-name}";
    private static final String LANGUAGE = "{lang-id}";
    private static final String PAGE = "{page-id}";
    private static final String URL = "{url}";
    private static final String EVENTS_FLOW = "{eventsflow-id}";
    private static final String LISTENER = "{listener-id}";
    private static final String EXTENSION = "{extension-id}";
    private static final String APPLICATION = "{appId}";

    /** What the operation list calls a listener's id too. */
    private static final String SIGN_UP = "{sign-up-listener-id}";

    private static final List<String> GUIDS =
            List.of(CONNECTOR, FEDERATION, EVENTS_FLOW, LISTENER, EXTENSION, APPLICATION, SIGN_UP);

    private final Usher usher;
    private final Map<String, String> theirs = new LinkedHashMap<>();
    private final Map<String, String> nobodys = new LinkedHashMap<>();
    private final Map<String, String> ours = new LinkedHashMap<>();

    TenantIsolationTest(Usher usher) {
        this.usher = usher;
    }

    private Graph other(String version) {
        return usher.graph(version, usher.otherTenant(), usher.otherTenant().admin());
    }

    @BeforeAll
    void bothTenantsOwnSomething() {
        fill(ours, usher.beta());
        fill(theirs, other("beta"));
        // in our tenant there is no such type: the other tenant's key is free here
        theirs.put(PROVIDER, ProvidersTest.ensureSocial(other("beta"), "QQ"));
        usher.beta().get("/identity/identityProviders/" + theirs.get(PROVIDER)).expect(404);
        nobodys.put(B2C_FLOW, "B2C_1_" + Usher.fresh("Nobody"));
        nobodys.put(FLOW, "B2X_1_" + Usher.fresh("Nobody"));
        nobodys.putAll(Map.of(PROVIDER, "XX-OAUTH", DOMAIN, "nobody.example"));
        nobodys.putAll(Map.of(ATTRIBUTE, "nobody", ASSIGNMENT, "nobody"));
        for (String key : GUIDS) {
            nobodys.put(key, UUID.randomUUID().toString());
        }
        for (Map<String, String> keys : List.of(ours, theirs, nobodys)) {
            keys.put(LANGUAGE, "pt-br");
            keys.put(PAGE, "selfasserted1_1");
            keys.put(URL, usher.beta().url("/identity/identityProviders/" + keys.get(PROVIDER)));
        }
    }

    private static void fill(Map<String, String> keys, Graph graph) {
        keys.put(B2C_FLOW, create(graph, "/identity/b2cUserFlows", flow(Usher.fresh("Mine"))));
        graph.patch(
                        "/identity/b2cUserFlows/" + keys.get(B2C_FLOW),
                        Map.of("isLanguageCustomizationEnabled", true))
                .expect(204);
        keys.put(ASSIGNMENT, "city");
        keys.put(FLOW, create(graph, "/identity/b2xUserFlows", flow(Usher.fresh("Mine"))));
        keys.put(
                CONNECTOR,
                create(graph, "/identity/apiConnectors", Usher.connector(Usher.fresh("Mine"))));
        keys.put(PROVIDER, ProvidersTest.ensureSocial(graph, "Google"));
        keys.put(ATTRIBUTE, "city");
        keys.put(DOMAIN, Usher.fresh("d").toLowerCase(Locale.ROOT) + ".example");
        keys.put(
                FEDERATION,
                create(
                        graph,
                        "/directory/federationConfigurations",
                        FederationsTest.federation(keys.get(DOMAIN))));
        for (String flow :
                List.of("b2xUserFlows/" + keys.get(FLOW), "b2cUserFlows/" + keys.get(B2C_FLOW))) {
            fillFlow(keys, graph, "/identity/" + flow);
        }
        fillEvents(keys, graph);
    }

    private static void fillEvents(Map<String, String> keys, Graph graph) {
        keys.put(APPLICATION, UUID.randomUUID().toString());
        keys.put(
                EVENTS_FLOW,
                create(graph, EventBodies.FLOWS, EventBodies.flow(Usher.fresh("Mine"))));
        keys.put(
                LISTENER,
                create(graph, EventBodies.LISTENERS, EventBodies.listener("onTokenIssuanceStart")));
        keys.put(
                EXTENSION,
                create(
                        graph,
                        EventBodies.EXTENSIONS,
                        EventBodies.extension("onTokenIssuanceStart", Usher.fresh("Mine"))));
        for (String owner :
                List.of(
                        EventBodies.FLOWS + "/" + keys.get(EVENTS_FLOW),
                        EventBodies.LISTENERS + "/" + keys.get(LISTENER))) {
            graph.post(
                            owner + "/conditions/applications/includeApplications",
                            Map.of("appId", keys.get(APPLICATION)))
                    .expect(201);
        }
        keys.put(
                SIGN_UP,
                create(
                        graph,
                        "/identity/events/onSignupStart",
                        EventBodies.signUpListener(keys.get(FLOW))));
    }

    private static void fillFlow(Map<String, String> keys, Graph graph, String flow) {
        graph.post(
                        flow + "/userAttributeAssignments",
                        Json.object(
                                "userAttribute",
                                Map.of("id", "city"),
                                "displayName",
                                "City",
                                "userInputType",
                                "textBox"))
                .expect(201);
        graph.post(
                        flow + "/identityProviders/$ref",
                        Map.of(
                                "@odata.id",
                                "/beta/identity/identityProviders/" + keys.get(PROVIDER)))
                .expect(204);
        for (String step :
                List.of("postFederationSignup", "postAttributeCollection", "preTokenIssuance")) {
            graph.put(
                            flow + "/apiConnectorConfiguration/" + step + "/$ref",
                            Map.of(
                                    "@odata.id",
                                    "/beta/identity/apiConnectors/" + keys.get(CONNECTOR)))
                    .expect(204);
        }
    }

    private static String create(Graph graph, String path, Object body) {
        return graph.post(path, body).expect(201).json().get("id").asString();
    }

    private static Map<String, Object> flow(String name) {
        return Json.object("id", name, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);
    }

    /** A body with which the operation succeeds on keys of one's own. */
    private static Object body(Operation operation, Map<String, String> keys) {
        String path = operation.path();
        if (operation.method().equals("GET") || operation.method().equals("DELETE")) {
            return null;
        }
        if (path.contains("dentityProviders/$ref")) {
            return Map.of("@odata.id", keys.get(URL));
        }
        if (path.contains("apiConnectorConfiguration/") && path.endsWith("$ref")) {
            return Map.of("@odata.id", "/beta/identity/apiConnectors/" + keys.get(CONNECTOR));
        }
        if (path.endsWith("customExtension/$ref")) {
            String set = "/beta" + EventBodies.EXTENSIONS;
            return Map.of("@odata.id", set + "/" + keys.get(EXTENSION));
        }
        if (path.endsWith("/attributes/$ref")) {
            return Map.of("@odata.id", "/beta/identity/userFlowAttributes/" + keys.get(ATTRIBUTE));
        }
        if (path.endsWith("includeApplications")) {
            return Map.of("appId", UUID.nameUUIDFromBytes(path.getBytes(UTF_8)).toString());
        }
        if (path.endsWith("onSignupStart/" + LISTENER)) {
            return operation.method().equals("PATCH")
                    ? Map.of("priority", 7)
                    : EventBodies.signUpListener(keys.get(FLOW));
        }
        if (path.endsWith(PROVIDER) || GUIDS.stream().anyMatch(path::endsWith)) {
            String name = path.startsWith("/identityProviders/") ? "name" : "displayName";
            return Map.of(name, "Changed");
        }
        if (path.equals("/identity/b2xUserFlows/$ref")) {
            return Map.of("@odata.id", "/beta/identity/b2xUserFlows/" + keys.get(FLOW));
        }
        return Map.of();
    }

    private static String fillPath(Operation operation, Map<String, String> keys) {
        String path = operation.path().replace("b2cUserFlows/" + FLOW, "b2cUserFlows/" + B2C_FLOW);
        path = path.replace("onSignupStart/" + LISTENER, "onSignupStart/" + SIGN_UP);
        path = path.replace("/attributes/{id}", "/attributes/" + ATTRIBUTE);
        path = path.replace("/identityProviders/{id}", "/identityProviders/" + PROVIDER);
        for (var key : keys.entrySet()) {
            path = path.replace(key.getKey(), key.getValue());
        }
        assertThat(path).as("a template that this test cannot fill").doesNotContain("{");
        return path;
    }

    /** The other tenant's keys, in the path and in the body. */
    @Test
    void theirKeysAreNobodysKeys() {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Operation operation : ofIdentity()) {
            for (Map<String, String> foreign : variants(operation)) {
                Map<String, String> unknown = counterpart(foreign);
                compared++;
                Reply them = call(operation, foreign);
                Reply nobody = call(operation, unknown);
                if (them.status() < 300 || !same(them, foreign, nobody, unknown)) {
                    wrong.add(them + "\n  against\n" + nobody);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(20);
    }

    /** The directory's are the subject of {@link DirectoryIsolationTest}. */
    private static List<Operation> ofIdentity() {
        return Operations.working().stream().filter(Operation::ofUserFlows).toList();
    }

    /** One key at a time is the other tenant's, as far as the operation uses it. */
    private List<Map<String, String>> variants(Operation operation) {
        List<Map<String, String>> variants = new ArrayList<>();
        Object own = body(operation, ours);
        for (String placeholder :
                List.of(
                        FLOW,
                        B2C_FLOW,
                        CONNECTOR,
                        PROVIDER,
                        EVENTS_FLOW,
                        LISTENER,
                        EXTENSION,
                        SIGN_UP,
                        FEDERATION)) {
            Map<String, String> mixed = new LinkedHashMap<>(ours);
            mixed.put(placeholder, theirs.get(placeholder));
            if (placeholder.equals(PROVIDER)) {
                mixed.put(URL, theirs.get(URL));
            }
            Object body = body(operation, mixed);
            if (!fillPath(operation, mixed).equals(fillPath(operation, ours))
                    || (body != null && !body.equals(own))) {
                variants.add(mixed);
            }
        }
        return variants;
    }

    private Map<String, String> counterpart(Map<String, String> foreign) {
        Map<String, String> unknown = new LinkedHashMap<>(ours);
        for (var key : foreign.entrySet()) {
            if (!key.getValue().equals(ours.get(key.getKey()))) {
                unknown.put(key.getKey(), nobodys.get(key.getKey()));
            }
        }
        return unknown;
    }

    private Reply call(Operation operation, Map<String, String> keys) {
        return usher.beta()
                .send(operation.method(), fillPath(operation, keys), body(operation, keys));
    }

    /** Same status and same body but for the keys, the time and the request's id. */
    private static boolean same(
            Reply one, Map<String, String> oneKeys, Reply two, Map<String, String> twoKeys) {
        return one.status() == two.status() && plain(one, oneKeys).equals(plain(two, twoKeys));
    }

    private static String plain(Reply reply, Map<String, String> keys) {
        String text = reply.text();
        for (var key : keys.entrySet()) {
            text = text.replace(key.getValue(), key.getKey());
        }
        return text.replaceAll("\"innerError\":\\{[^}]*}", "");
    }

    @Test
    void theirNextLinksAreRubbish() {
        for (int i = 0; i < 2; i++) {
            create(other("beta"), "/identity/b2xUserFlows", flow(Usher.fresh("Page")));
        }
        String next =
                other("beta")
                        .get("/identity/b2xUserFlows", "Prefer", "odata.maxpagesize=1")
                        .expect(200)
                        .json()
                        .get("@odata.nextLink")
                        .asString();
        Reply them = usher.beta().get(next);
        Reply nobody = usher.beta().get(next.replaceFirst("skiptoken=[^&]*", "skiptoken=rubbish"));

        assertThat(them.status()).as("%s", them).isEqualTo(400).isEqualTo(nobody.status());
        assertThat(plain(them, Map.of())).isEqualTo(plain(nobody, Map.of()));
    }

    @Test
    void theirEntityTagsNeverMatch() {
        String mine = "/identity/apiConnectors/" + ours.get(CONNECTOR);
        String tag =
                other("beta").get("/identity/apiConnectors/" + theirs.get(CONNECTOR)).need("ETag");
        for (String foreign : List.of(tag, "\"" + UUID.randomUUID() + "\"")) {
            usher.beta()
                    .patch(mine, Map.of("displayName", "Stolen"), "If-Match", foreign)
                    .expect(412);
            usher.beta().delete(mine, "If-Match", foreign).expect(412);
            usher.beta().get(mine, "If-None-Match", foreign).expect(200);
        }
    }

    @Test
    void theirTokensAreForTheirTenant() {
        Graph them = usher.withToken("v1.0/" + usher.tenant().id(), theirToken());
        Graph nobody = usher.withToken("v1.0/" + UUID.randomUUID(), theirToken());
        for (Operation operation : Operations.working()) {
            if (operation.path().startsWith("/identity/")) {
                String path = fillPath(operation, ours);
                Object body = body(operation, ours);
                Reply one = them.send(operation.method(), path, body);
                Reply two = nobody.send(operation.method(), path, body);
                assertThat(one.status()).as("%s", one).isEqualTo(two.status()).isIn(401, 403, 404);
                assertThat(one.error().get("code")).isEqualTo(two.error().get("code"));
            }
        }
    }

    private Supplier<String> theirToken() {
        return () -> usher.tokens().of(usher.otherTenant(), usher.otherTenant().admin());
    }

    @Test
    void ourClientIsUnknownToThem() {
        Reply ours = token(usher.tenant().admin().id(), usher.tenant().admin().secret());
        Reply nobodys = token(UUID.randomUUID().toString(), "any secret");

        assertThat(ours.status()).as("%s", ours).isEqualTo(nobodys.status()).isIn(400, 401);
        assertThat(ours.json().get("error")).isEqualTo(nobodys.json().get("error"));
        assertThat(ours.json().get("error_codes")).isEqualTo(nobodys.json().get("error_codes"));
    }

    private Reply token(String client, String secret) {
        return usher.tokens()
                .request(
                        usher.otherTenant().id(),
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        client,
                        "client_secret",
                        secret,
                        "scope",
                        Tokens.GRAPH_SCOPE);
    }
}
