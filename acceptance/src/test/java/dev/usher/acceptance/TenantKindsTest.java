package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.NewTenant;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Tenants of one kind each, made by the command line beside a running server: what they have
 * answers, what they lack is refused with the right address.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TenantKindsTest {

    private static final List<String> KINDS = List.of("workforce", "b2c", "external");

    private final Path data = Distribution.workDirectory("kinds");
    private Usher usher;
    private Map<String, Tenant> tenants;

    @BeforeAll
    void start() {
        usher = Usher.start(data);
        tenants = new TreeMap<>();
        for (String kind : KINDS) {
            tenants.put(
                    kind,
                    NewTenant.create(
                            kind + ".example",
                            Map.of(),
                            "--kind",
                            kind,
                            "--data",
                            data.toString()));
        }
    }

    @AfterAll
    void stop() {
        usher.close();
    }

    private Graph graph(String version, String kind) {
        Tenant tenant = tenants.get(kind);
        return usher.graph(version, tenant, tenant.admin());
    }

    private static Object flow(String id) {
        return Json.object("id", id, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);
    }

    @ParameterizedTest
    @CsvSource({
        "workforce, beta, /identity/b2cUserFlows, /v1.0/identity/b2xUserFlows",
        "workforce, beta, /identity/userFlows, /v1.0/identity/b2xUserFlows",
        "b2c, v1.0, /identity/b2xUserFlows, /beta/identity/b2cUserFlows",
        "b2c, beta, /identity/b2xUserFlows, /beta/identity/b2cUserFlows",
        "external, v1.0, /identity/b2xUserFlows, /v1.0/identity/authenticationEventsFlows",
        "external, beta, /identity/b2cUserFlows, /v1.0/identity/authenticationEventsFlows",
        "external, v1.0, /identity/apiConnectors, /v1.0/identity/customAuthenticationExtensions",
    })
    @Shows("W9")
    void theWrongCollectionNamesTheRightOne(
            String kind, String version, String path, String instead) {
        Graph graph = graph(version, kind);
        Object body = path.endsWith("apiConnectors") ? Usher.connector("A") : flow("A");
        for (Reply reply :
                List.of(
                        graph.get(path),
                        graph.get(path + "/$count"),
                        graph.get(path + "/anything"),
                        graph.post(path, body))) {
            JsonNode error = reply.refused(403, "AADB2C");
            assertThat(error.get("message").asString())
                    .contains(kind + ".example", "of the kind " + kind, instead);
            assertThat(reply.need("x-usher-hint")).isEqualTo(instead);
        }
        String right = instead.substring(instead.indexOf('/', 1));
        graph(instead.startsWith("/beta") ? "beta" : "v1.0", kind).get(right).expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "workforce, b2xUserFlows, B2X_1_Own",
        "b2c, b2cUserFlows, B2C_1_Own",
        "b2c, userFlows, B2C_1_Older",
    })
    void eachKindHasItsOwnFlows(String kind, String set, String id) {
        Reply made =
                graph("beta", kind).post("/identity/" + set, flow(id.substring("B2X_1_".length())));
        assertThat(made.expect(201).json().get("id").asString()).isEqualTo(id);
        assertThat(made.header("x-usher-hint")).isEmpty();
    }

    @Test
    void anEventsFlowIsForExternalTenants() {
        graph("v1.0", "external").post(EventBodies.FLOWS, EventBodies.flow("Own")).expect(201);
    }

    /** Where Microsoft's answers 500, there is an empty list, or the address to use. */
    @Test
    @Shows("W10")
    void connectorsAlwaysAnswer() {
        for (String kind : List.of("workforce", "b2c")) {
            assertThat(graph("v1.0", kind).get("/identity/apiConnectors").values("id")).isEmpty();
        }
        assertThat(usher.graph().get("/identity/apiConnectors").values("id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workforce|AADSignup-OAUTH,EmailOtpSignup-OAUTH,MSASignup-OAUTH|GitHub",
                "b2c||nothing",
                "external|AADSignup-OAUTH,EmailOtpSignup-OAUTH,EmailPassword-OAUTH|Amazon",
            })
    void providersFollowTheKind(String kind, String builtIn, String refused) {
        Graph graph = graph("v1.0", kind);
        List<String> ids = builtIn == null ? List.of() : List.of(builtIn.split(",", -1));
        assertThat(graph.get("/identity/identityProviders").values("id"))
                .containsExactlyInAnyOrderElementsOf(ids);
        List<String> available =
                graph.get("/identity/identityProviders/availableProviderTypes")
                        .expect(200)
                        .json()
                        .get("value")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList();
        assertThat(available).contains("Google", "Facebook").doesNotContain(refused);
        for (String type : List.of("Google", refused)) {
            Reply made =
                    graph.post(
                            "/identity/identityProviders",
                            Json.object(
                                    "@odata.type",
                                    "#microsoft.graph.socialIdentityProvider",
                                    "displayName",
                                    "Social",
                                    "identityProviderType",
                                    type,
                                    "clientId",
                                    "client",
                                    "clientSecret",
                                    "a secret"));
            if (type.equals(refused)) {
                assertThat(made.refused(400, "AADB2C").toString()).contains("identityProviderType");
            } else {
                made.expect(201);
            }
        }
    }
}
