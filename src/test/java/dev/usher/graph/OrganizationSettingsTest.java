package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What flows have from the organization. */
class OrganizationSettingsTest {

    private static final String FLOW = "/beta/identity/b2cUserFlows/B2C_1_A/usher.settings";

    private static GraphWorld world(EachDatabase database) {
        GraphWorld graph = new GraphWorld(database.fresh());
        graph.post(
                "/beta/identity/b2cUserFlows",
                """
                {"id":"A","userFlowType":"signUpOrSignIn","userFlowTypeVersion":3}\
                """);
        return graph;
    }

    private static String organization(GraphWorld graph) {
        return "/beta/organization/" + graph.tenant.id() + "/usher.settings";
    }

    private static void change(GraphWorld graph, String settings, String body) {
        Answer answer = graph.patch(settings, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private static JsonNode of(GraphWorld graph, String settings, String name) {
        return graph.get(settings).json().path(name);
    }

    @ParameterizedTest
    @EnumSource
    void aFlowInheritsWhatItDoesNotSet(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            String organization = organization(graph);
            assertThat(graph.get(organization).json().has("applications")).isFalse();
            change(graph, FLOW, "{\"sessionLifetimeMinutes\":30}");
            change(
                    graph,
                    organization,
                    """
                    {"tokenLifetimeMinutes":10,"sessionLifetimeMinutes":40,"issuerForm":"tenant",
                     "applicationClaims":["city"]}\
                    """);
            JsonNode flow = graph.get(FLOW).json();
            assertThat(flow.path("tokenLifetimeMinutes").intValue()).isEqualTo(10);
            assertThat(flow.path("sessionLifetimeMinutes").intValue()).isEqualTo(30);
            assertThat(flow.path("issuerForm").asString()).isEqualTo("tenant");
            assertThat(flow.path("applicationClaims").toString()).isEqualTo("[\"city\"]");
            change(graph, FLOW, "{\"issuerForm\":\"userFlow\",\"applicationClaims\":[]}");
            assertThat(of(graph, FLOW, "issuerForm").asString()).isEqualTo("userFlow");
            assertThat(of(graph, FLOW, "applicationClaims").size()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nullGivesWayToWhatIsInherited(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            String organization = organization(graph);
            String all =
                    """
                    {"tokenLifetimeMinutes":null,"applicationClaims":null,"sessionScope":null,
                     "customPasswordRule":null,"refreshTokenWindowDays":null,"issuerForm":null}\
                    """;
            JsonNode first = graph.get(FLOW).json();
            change(
                    graph,
                    FLOW,
                    """
                    {"tokenLifetimeMinutes":20,"applicationClaims":[],"sessionScope":"application",
                     "refreshTokenWindowDays":0,"issuerForm":"tenant"}\
                    """);
            change(graph, organization, "{\"tokenLifetimeMinutes\":10}");
            change(graph, FLOW, all);
            assertThat(of(graph, FLOW, "tokenLifetimeMinutes").intValue()).isEqualTo(10);
            assertThat(of(graph, FLOW, "refreshTokenWindowDays").intValue()).isEqualTo(90);
            change(graph, organization, all);
            assertThat(graph.get(FLOW).json()).isEqualTo(first);
            change(graph, FLOW, "{\"applications\":null}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsInheritedAnywayIsNotKept(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            String organization = organization(graph);
            change(graph, organization, "{\"tokenLifetimeMinutes\":10}");
            change(graph, FLOW, graph.get(FLOW).json().toString());
            change(graph, organization, "{\"tokenLifetimeMinutes\":15}");
            assertThat(of(graph, FLOW, "tokenLifetimeMinutes").intValue()).isEqualTo(15);
            change(graph, FLOW, "{\"tokenLifetimeMinutes\":20}");
            change(graph, organization, "{\"tokenLifetimeMinutes\":20}");
            change(graph, FLOW, "{\"sessionLifetimeMinutes\":30}");
            change(graph, organization, "{\"tokenLifetimeMinutes\":25}");
            assertThat(of(graph, FLOW, "tokenLifetimeMinutes").intValue()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowIsNotHeldToWhatTheOrganizationSetLater(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            change(graph, FLOW, "{\"refreshTokenLifetimeDays\":60}");
            change(graph, organization(graph), "{\"refreshTokenWindowDays\":20}");
            change(graph, FLOW, "{\"tokenLifetimeMinutes\":20}");
            Answer longer = graph.patch(FLOW, "{\"refreshTokenLifetimeDays\":61}");
            assertThat(longer.violations())
                    .containsExactly("refreshTokenWindowDays: ValueNotAllowed");
            assertThat(of(graph, FLOW, "refreshTokenLifetimeDays").intValue()).isEqualTo(60);
            change(graph, FLOW, "{\"refreshTokenLifetimeDays\":19}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void boundsAndErrorsAreThoseOfFlows(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            String organization = organization(graph);
            Answer many =
                    graph.patch(
                            organization,
                            """
                            {"tokenLifetimeMinutes":4,"issuerForm":"mine","applications":[],
                             "colour":1}\
                            """);
            assertThat(many.status()).isEqualTo(400);
            assertThat(many.violations())
                    .containsExactlyInAnyOrder(
                            "tokenLifetimeMinutes: ValueNotAllowed",
                            "issuerForm: EnumMemberUnknown",
                            "applications: PropertyUnknown",
                            "colour: PropertyUnknown");
            assertThat(graph.patch(organization, "{\"applicationClaims\":[\"x\"]}").violations())
                    .containsExactly("applicationClaims/0: ValueNotAllowed");
            assertThat(graph.patch(organization, "{\"passwordRule\":\"custom\"}").violations())
                    .containsExactly("customPasswordRule: PropertyRequired");
            assertThat(
                            graph.patch(
                                            "/beta/organization/00000000-0000-4000-8000-000000000000"
                                                + "/usher.settings",
                                            "{}")
                                    .status())
                    .isEqualTo(404);
            assertThat(graph.get(organization.replace("beta", "v1.0")).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource
    void simultaneousFirstChangesAreAllKept(EachDatabase database) throws Exception {
        try (GraphWorld graph = world(database);
                ExecutorService clients = Executors.newFixedThreadPool(4)) {
            String organization = organization(graph);
            var bodies =
                    IntStream.range(0, 4)
                            .mapToObj(n ->
                                    "{\"%s\":20}"
                                            .formatted(
                                                    new String[] {
                                                                "tokenLifetimeMinutes",
                                                                "sessionLifetimeMinutes",
                                                                "keepMeSignedInDays",
                                                                "refreshTokenLifetimeDays"
                                                            }
                                                            [n]))
                            .<Callable<Answer>>map(body -> () -> graph.patch(organization, body))
                            .toList();
            for (Future<Answer> each : clients.invokeAll(bodies)) {
                assertThat(each.get().status()).as(each.get().text()).isEqualTo(204);
            }
            JsonNode after = graph.get(organization).json();
            assertThat(after.path("tokenLifetimeMinutes").intValue()).isEqualTo(20);
            assertThat(after.path("sessionLifetimeMinutes").intValue()).isEqualTo(20);
            assertThat(after.path("keepMeSignedInDays").intValue()).isEqualTo(20);
            assertThat(after.path("refreshTokenLifetimeDays").intValue()).isEqualTo(20);
        }
    }
}
