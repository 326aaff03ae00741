package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The flows of a B2C tenant, and the oldest collection, which shows every kind of flow. */
class B2cUserFlowsTest {

    private static final String SET = "/beta/identity/b2cUserFlows";
    private static final String ALL = "/beta/identity/userFlows";

    private static String flow(String id, String type, String version, String more) {
        return """
        {"id": "%s", "userFlowType": "%s", "userFlowTypeVersion": %s%s}
        """
                .formatted(id, type, version, more);
    }

    private static List<String> ids(Answer list) {
        return list.json().path("value").valueStream().map(f -> f.path("id").asString()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "signUp,1,201",
        "signIn,3,201",
        "SignUpOrSignIn,3.0,201",
        "passwordReset,1,201",
        "profileUpdate,3,201",
        "resourceOwner,1,201",
        "resourceOwner,2,201",
        "resourceOwner,3,400",
        "signUp,2,400",
        "signUpOrSignIn,1.1,400"
    })
    void typeAndVersionGoTogether(String type, String version, int status) {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            Answer answer = graph.post(SET, flow("A", type, version, ""));
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            if (status == 400) {
                assertThat(answer.violations())
                        .containsExactly("userFlowTypeVersion: ValueNotAllowed");
            }
        }
    }

    @Test
    void startsWithNoProviderAndTheAddressOfWhoSignsUp() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            Answer made = graph.post(SET, flow("b2c_1_Shop", "signUp", "3", ""));
            assertThat(made.json().path("id").asString()).isEqualTo("B2C_1_Shop");
            assertThat(made.json().path("isLanguageCustomizationEnabled").booleanValue()).isFalse();
            assertThat(made.json().path("defaultLanguageTag").isNull()).isTrue();
            assertThat(made.json().path("@odata.context").asString())
                    .endsWith("#identity/b2cUserFlows/$entity");
            graph.post(SET, flow("B2C_In", "signIn", "3", ""));
            assertThat(ids(graph.get(SET))).containsExactly("B2C_1_B2C_In", "B2C_1_Shop");
            JsonNode shop =
                    graph.get(
                                    SET
                                            + "/B2C_1_Shop?$expand=userFlowIdentityProviders,userAttributeAssignments")
                            .json();
            assertThat(shop.path("userFlowIdentityProviders")).isEmpty();
            JsonNode email = shop.path("userAttributeAssignments").path(0);
            assertThat(email.path("id").asString()).isEqualTo("email");
            assertThat(email.path("requiresVerification").booleanValue()).isTrue();
            assertThat(ids(graph.get(SET + "/B2C_1_B2C_In/userAttributeAssignments"))).isEmpty();
            assertThat(graph.post(SET, flow("B2C_1_SHOP", "signIn", "1", "")).status())
                    .isEqualTo(409);
            assertThat(
                            graph.patch(SET + "/B2C_1_Shop", "{\"defaultLanguageTag\":\"no_tag!\"}")
                                    .status())
                    .isEqualTo(400);
            assertThat(
                            graph.patch(
                                            SET + "/B2C_1_Shop",
                                            "{\"isLanguageCustomizationEnabled\":null}")
                                    .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void theOldestCollectionShowsEveryFlowWithItsType() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            String b2c = ",\"@odata.type\":\"#microsoft.graph.b2cIdentityUserFlow\"";
            String b2x = ",\"@odata.type\":\"microsoft.graph.b2xIdentityUserFlow\"";
            Answer untyped = graph.post(ALL, flow("Untyped", "signUp", "1", ""));
            assertThat(untyped.json().path("id").asString()).isEqualTo("B2C_1_Untyped");
            assertThat(graph.delete(ALL + "/B2C_1_Untyped").status()).isEqualTo(204);
            Answer made = graph.post(ALL, flow("A", "signUp", "1", b2c));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.header("Location")).endsWith("/beta/identity/userFlows/B2C_1_A");
            assertThat(graph.post(ALL, flow("A", "signUp", "1", b2x)).status()).isEqualTo(400);
            assertThat(graph.post(ALL, flow("A", "signUpOrSignIn", "1", b2x)).status())
                    .isEqualTo(201);
            JsonNode list = graph.get(ALL).json();
            assertThat(list.at("/value/0/@odata.type").asString())
                    .isEqualTo("#microsoft.graph.b2cIdentityUserFlow");
            assertThat(list.at("/value/1/@odata.type").asString())
                    .isEqualTo("#microsoft.graph.b2xIdentityUserFlow");
            assertThat(ids(graph.get(SET))).containsExactly("B2C_1_A");
            assertThat(ids(graph.get("/v1.0/identity/b2xUserFlows"))).containsExactly("B2X_1_A");
            assertThat(graph.get("/beta/identity/b2xUserFlows/B2C_1_A").status()).isEqualTo(404);
            assertThat(graph.patch(ALL + "/B2C_1_A", "{\"defaultLanguageTag\":\"en\"}").status())
                    .isEqualTo(204);
            assertThat(
                            graph.patch(ALL + "/B2X_1_A", "{\"defaultLanguageTag\":\"en\"}")
                                    .violations())
                    .containsExactly("defaultLanguageTag: PropertyUnknown");
            String cast =
                    ALL + "/B2C_1_A/microsoft.graph.b2cIdentityUserFlow/userAttributeAssignments";
            assertThat(ids(graph.get(cast))).containsExactly("email");
            Answer full =
                    graph.send(
                            "GET",
                            SET + "/B2C_1_A?$expand=apiConnectorConfiguration/postFederationSignup",
                            null);
            assertThat(full.text()).contains("#identity/b2cUserFlows('B2C_1_A')/apiConnectorConf");
            assertThat(graph.get(ALL + "/$count").text()).isEqualTo("2");
            assertThat(graph.delete(ALL + "/B2C_1_A").status()).isEqualTo(204);
            assertThat(graph.get(SET + "/B2C_1_A").status()).isEqualTo(404);
        }
    }

    @Test
    void theyExistInBetaAlone() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            for (String set : List.of("b2cUserFlows", "userFlows", "b2cUserFlows/B2C_1_A")) {
                Answer refused = graph.get("/v1.0/identity/" + set);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.message()).contains("It exists in beta.");
            }
        }
    }
}
