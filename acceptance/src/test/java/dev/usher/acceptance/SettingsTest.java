package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code usher.settings} of user flows and of the organization. */
@UsherTest
class SettingsTest {

    private final Usher usher;

    SettingsTest(Usher usher) {
        this.usher = usher;
    }

    @ParameterizedTest
    @ValueSource(strings = {"b2xUserFlows", "b2cUserFlows"})
    @Proves("GET /identity/b2xUserFlows/{flow-id}/usher.settings")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/usher.settings")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/usher.settings")
    @Proves("PATCH /identity/b2cUserFlows/{flow-id}/usher.settings")
    @Shows("W12")
    void defaultsThenChangesThenDefaults(String set) {
        Graph graph = usher.beta();
        String flow = newFlow(graph, set, Usher.fresh("Settings"));
        String settings = "/identity/" + set + "/" + flow + "/usher.settings";

        JsonNode first = graph.get(settings).expect(200).json();
        assertThat(first.get("@odata.context").asString())
                .isEqualTo(graph.url("/$metadata#usher.userFlowSettings"));
        assertThat(first.get("tokenLifetimeMinutes").intValue()).isEqualTo(60);
        assertThat(first.get("issuerForm").asString()).isEqualTo("userFlow");
        assertThat(first.get("isEmbeddedPasswordResetEnabled").booleanValue()).isTrue();

        String client = usher.tenant().admin().id();
        graph.patch(
                        settings,
                        Json.object(
                                "tokenLifetimeMinutes",
                                5,
                                "sessionScope",
                                "Application",
                                "applications",
                                List.of(client)))
                .expect(204);
        JsonNode changed =
                graph.patch(
                                settings,
                                Map.of("keepMeSignedInDays", 30),
                                "Prefer",
                                "return=representation")
                        .expect(200)
                        .json();
        assertThat(changed.get("tokenLifetimeMinutes").intValue()).isEqualTo(5);
        assertThat(changed.get("sessionScope").asString()).isEqualTo("application");
        assertThat(changed.at("/applications/0").asString()).isEqualTo(client);
        assertThat(changed.get("keepMeSignedInDays").intValue()).isEqualTo(30);

        graph.delete("/identity/" + set + "/" + flow).expect(204);
        graph.get(settings).expect(404).error();
        newFlow(graph, set, flow);
        assertThat(graph.get(settings).expect(200).json()).isEqualTo(first);
    }

    @Test
    void theyAreOursAndOfBetaAlone() {
        String flow = usher.newFlow(Usher.fresh("Settings"));
        String path = "/identity/b2xUserFlows/" + flow + "/";
        usher.graph().get(path + "usher.settings").refused(400, "BadRequest");
        usher.beta().get(path + "settings").refused(400, "BadRequest");
        usher.beta().get(path + "microsoft.graph.settings").refused(400, "BadRequest");
        usher.beta().delete(path + "usher.settings").expect(405).error();
        Graph reader = usher.graph("beta", usher.tenant(), usher.tenant().reader());
        reader.get(path + "usher.settings").expect(200);
        reader.patch(path + "usher.settings", Map.of("issuerForm", "tenant"))
                .refused(403, "AADB2C");
    }

    /** In the other tenant, so that what the tests of this one see stays as it is. */
    @Test
    @Proves("GET /organization/{tenant-id}/usher.settings")
    @Proves("PATCH /organization/{tenant-id}/usher.settings")
    void flowsInheritFromTheOrganization() {
        Tenant tenant = usher.otherTenant();
        Graph graph = usher.graph("beta", tenant, tenant.admin());
        String flow = newFlow(graph, "b2cUserFlows", Usher.fresh("Heir"));
        String own = "/identity/b2cUserFlows/" + flow + "/usher.settings";
        String organization = "/organization/" + tenant.id() + "/usher.settings";
        JsonNode first = graph.get(own).expect(200).json();

        JsonNode set =
                graph.patch(
                                organization,
                                Json.object("issuerForm", "tenant", "tokenLifetimeMinutes", 10),
                                "Prefer",
                                "return=representation")
                        .expect(200)
                        .json();
        assertThat(set.get("@odata.context").asString())
                .isEqualTo(graph.url("/$metadata#usher.organizationSettings"));
        assertThat(set.get("tokenLifetimeMinutes").intValue()).isEqualTo(10);
        assertThat(set.has("applications")).isFalse();
        assertThat(graph.get(organization).expect(200).json()).isEqualTo(set);
        assertThat(issuer(tenant, flow)).endsWith("/" + tenant.id() + "/v2.0/");
        JsonNode inherited = graph.get(own).expect(200).json();
        assertThat(inherited.get("tokenLifetimeMinutes").intValue()).isEqualTo(10);

        graph.patch(own, Map.of("issuerForm", "userFlow")).expect(204);
        assertThat(issuer(tenant, flow)).endsWith("/" + flow + "/v2.0");
        graph.patch(own, Json.object("issuerForm", null)).expect(204);
        assertThat(issuer(tenant, flow)).endsWith("/" + tenant.id() + "/v2.0/");

        graph.patch(organization, Json.object("issuerForm", null, "tokenLifetimeMinutes", null))
                .expect(204);
        assertThat(graph.get(own).expect(200).json()).isEqualTo(first);
    }

    private String issuer(Tenant tenant, String flow) {
        String flowUrl = usher.json().httpsUrl() + "/" + tenant.id() + "/" + flow;
        return usher.http()
                .send("GET", flowUrl + "/v2.0/.well-known/openid-configuration", null)
                .expect(200)
                .json()
                .get("issuer")
                .asString();
    }

    @Test
    void theOrganizationsHaveTheBoundsOfFlowsAndTheirPermissions() {
        String path = "/organization/" + usher.tenant().id() + "/usher.settings";
        usher.beta()
                .patch(path, Map.of("tokenLifetimeMinutes", 4))
                .refused(400, "Request_BadRequest");
        usher.beta()
                .patch(path, Map.of("applications", List.of()))
                .refused(400, "Request_BadRequest");
        usher.graph().get(path).refused(400, "BadRequest");
        usher.beta().delete(path).expect(405).error();
        usher.beta()
                .get(path.replace(usher.tenant().id(), usher.otherTenant().id()))
                .expect(404)
                .error();
        Graph reader = usher.graph("beta", usher.tenant(), usher.tenant().reader());
        reader.get(path).expect(200);
        reader.patch(path, Map.of("issuerForm", "tenant"))
                .refused(403, "Authorization_RequestDenied");
    }

    private static String newFlow(Graph graph, String set, String id) {
        return graph.post(
                        "/identity/" + set,
                        Json.object(
                                "id",
                                id,
                                "userFlowType",
                                "signUpOrSignIn",
                                "userFlowTypeVersion",
                                1))
                .expect(201)
                .json()
                .get("id")
                .asString();
    }
}
