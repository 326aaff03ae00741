package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the settings of a flow may be. */
class SignInSettingsTest {

    private static final String SETTINGS = "/beta/identity/b2xUserFlows/B2X_1_A/usher.settings";

    private static GraphWorld world(EachDatabase database) {
        GraphWorld graph = new GraphWorld(database.fresh());
        graph.post(
                "/beta/identity/b2xUserFlows",
                """
                {"id":"A","userFlowType":"signUpOrSignIn","userFlowTypeVersion":1}\
                """);
        return graph;
    }

    private static void refused(GraphWorld graph, String body, String... violations) {
        Answer answer = graph.patch(SETTINGS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.violations()).containsExactlyInAnyOrder(violations);
    }

    @ParameterizedTest
    @EnumSource
    void eachIsBounded(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            for (List<String> row :
                    List.of(
                            List.of("tokenLifetimeMinutes", "4", "1441"),
                            List.of("refreshTokenLifetimeDays", "0", "91"),
                            List.of("refreshTokenWindowDays", "-1", "366"),
                            List.of("sessionLifetimeMinutes", "14", "1441"),
                            List.of("keepMeSignedInDays", "-1", "91"))) {
                for (String outside : row.subList(1, 3)) {
                    refused(
                            graph,
                            "{\"" + row.get(0) + "\":" + outside + "}",
                            row.get(0) + ": ValueNotAllowed");
                }
            }
            refused(graph, "{\"issuerForm\":\"mine\"}", "issuerForm: EnumMemberUnknown");
            refused(graph, "{\"colour\":\"red\"}", "colour: PropertyUnknown");
            refused(
                    graph,
                    "{\"tokenLifetimeMinutes\":5.5}",
                    "tokenLifetimeMinutes: PropertyTypeMismatch");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theyFitEachOther(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            refused(
                    graph,
                    "{\"refreshTokenLifetimeDays\":30,\"refreshTokenWindowDays\":29}",
                    "refreshTokenWindowDays: ValueNotAllowed");
            refused(graph, "{\"passwordRule\":\"custom\"}", "customPasswordRule: PropertyRequired");
            refused(
                    graph,
                    """
                    {"customPasswordRule":{"minimumLength":9,"maximumLength":8,
                     "characterClasses":2,"isDigitsOnly":true}}\
                    """,
                    "customPasswordRule/maximumLength: ValueNotAllowed",
                    "customPasswordRule/characterClasses: ValueNotAllowed");
            assertThat(
                            graph.patch(
                                            SETTINGS,
                                            """
                                            {"passwordRule":"custom","customPasswordRule":
                                             {"minimumLength":4,"maximumLength":6,
                                              "characterClasses":1,"isDigitsOnly":true},
                                             "refreshTokenWindowDays":0}\
                                            """)
                                    .status())
                    .isEqualTo(204);
            assertThat(graph.get(SETTINGS).json().path("refreshTokenWindowDays").intValue())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheyNameExists(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            refused(
                    graph,
                    """
                    {"applicationClaims":["city","shoeSize","extension_0_hobby"],
                     "applications":["00000000-0000-4000-8000-000000000000"]}\
                    """,
                    "applicationClaims/1: ValueNotAllowed",
                    "applicationClaims/2: ValueNotAllowed",
                    "applications/0: ReferenceUnresolvable");
            String custom =
                    graph.post(
                                    "/beta/identity/userFlowAttributes",
                                    "{\"displayName\":\"Hobby\",\"dataType\":\"string\"}")
                            .json()
                            .path("id")
                            .asString();
            Answer named = graph.patch(SETTINGS, "{\"applicationClaims\":[\"" + custom + "\"]}");
            assertThat(named.status()).as(named.text()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyDifferencesAreStoredAndAPatchOfNothingLeavesNoTrace(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            Answer before = graph.get(SETTINGS);
            assertThat(graph.patch(SETTINGS, "{\"tokenLifetimeMinutes\":60}").status())
                    .isEqualTo(204);
            graph.patch(SETTINGS, "{\"tokenLifetimeMinutes\":61}");
            graph.patch(SETTINGS, "{\"tokenLifetimeMinutes\":60}");
            assertThat(graph.get(SETTINGS).json()).isEqualTo(before.json());
            List<String> trail =
                    graph.world
                            .here
                            .store()
                            .read(
                                    graph.tenant.id(),
                                    tx ->
                                            tx.sql(
                                                            "select operation from audit where"
                                                                + " tenant_id = :tenant and kind ="
                                                                + " 'userFlowSettings' order by"
                                                                + " logged_at, tx_id, position")
                                                    .list(row -> row.text("operation")));
            assertThat(trail).containsExactlyInAnyOrder("create", "delete");
        }
    }
}
