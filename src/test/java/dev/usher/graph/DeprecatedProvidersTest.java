package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** {@code /identityProviders}: the same providers under the names of the deprecated types. */
class DeprecatedProvidersTest {

    private static final String OLD = "/v1.0/identityProviders";
    private static final String OLD_BETA = "/beta/identityProviders";
    private static final String NEW = "/beta/identity/identityProviders";
    private static final String GOOGLE =
            """
            {"name":"Sign in","type":"google","clientId":"c","clientSecret":"old-secret"}\
            """;
    private static final String OPEN_ID_CONNECT =
            """
            {"@odata.type":"microsoft.graph.openIdConnectProvider","name":"Contoso",
             "type":"OpenIDConnect","clientId":"c","clientSecret":"connect-secret",
             "metadataUrl":"https://login.contoso.example/.well-known/openid-configuration",
             "responseMode":"form_post","responseType":"code","scope":"openid",
             "claimsMapping":{"userId":"sub","displayName":"name"}}\
            """;

    @ParameterizedTest
    @EnumSource
    void whatIsCreatedUnderTheOldNamesIsTheNewThing(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer created = graph.post(OLD, GOOGLE);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(created.header("Location")).endsWith(OLD + "/Google-OAUTH");
            assertThat(created.json().path("type").asString()).isEqualTo("Google");
            assertThat(created.json().path("name").asString()).isEqualTo("Sign in");
            assertThat(created.json().path("clientSecret").asString()).isEqualTo("******");

            JsonNode now = graph.get(NEW + "/Google-OAUTH").json();
            assertThat(now.path("@odata.type").asString())
                    .isEqualTo("#microsoft.graph.socialIdentityProvider");
            assertThat(now.path("displayName").asString()).isEqualTo("Sign in");
            assertThat(now.path("identityProviderType").asString()).isEqualTo("Google");

            assertThat(graph.post(OLD, GOOGLE).status()).isEqualTo(409);
            assertThat(graph.patch(OLD + "/Google-OAUTH", "{\"name\":\"New\"}").status())
                    .isEqualTo(204);
            assertThat(graph.get(NEW + "/Google-OAUTH").json().path("displayName").asString())
                    .isEqualTo("New");
            assertThat(graph.patch(OLD + "/Google-OAUTH", "{\"type\":\"Facebook\"}").violations())
                    .containsExactly("type: PropertyImmutable");
            assertThat(graph.delete(OLD + "/Google-OAUTH").status()).isEqualTo(204);
            assertThat(graph.get(NEW + "/Google-OAUTH").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusalsNameTheMembersOfTheView(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            assertThat(graph.post(OLD, "{}").violations())
                    .containsExactlyInAnyOrder(
                            "clientId: PropertyRequired",
                            "clientSecret: PropertyRequired",
                            "name: PropertyRequired",
                            "type: PropertyRequired");
            assertThat(graph.post(OLD, GOOGLE.replace("google", "MySpace")).violations())
                    .containsExactly("type: ValueNotAllowed");
            assertThat(graph.post(OLD, GOOGLE.replace("name", "displayName")).violations())
                    .contains("displayName: PropertyUnknown");
            assertThat(graph.post(OLD, OPEN_ID_CONNECT).violations())
                    .as("the type is beta's")
                    .contains("@odata.type: TypeUnknown");
            assertThat(
                            graph.post(OLD_BETA, OPEN_ID_CONNECT.replace("OpenIDConnect", "QQ"))
                                    .violations())
                    .containsExactly("type: ValueNotAllowed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void openIdConnectIsAViewToo(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer created = graph.post(OLD_BETA, OPEN_ID_CONNECT);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            String id = created.json().path("id").asString();
            assertThat(created.json().path("@odata.type").asString())
                    .isEqualTo("#microsoft.graph.openIdConnectProvider");
            assertThat(graph.get(NEW + "/" + id).json().path("displayName").asString())
                    .isEqualTo("Contoso");
            assertThat(graph.get(NEW + "/" + id).json().has("identityProviderType")).isFalse();

            graph.post(OLD, GOOGLE);
            Answer all = graph.get(OLD_BETA + "?$orderby=type");
            assertThat(all.json().path("value").valueStream().map(each -> each.path("type")))
                    .extracting(JsonNode::asString)
                    .as("built-in providers are not shown")
                    .containsExactly("Google", "OpenIDConnect");
            assertThat(graph.get(OLD + "/$count").text()).isEqualTo("1");
            assertThat(graph.get(OLD_BETA + "/$count").text()).isEqualTo("2");
            assertThat(
                            graph.get(OLD_BETA + "?$filter=type%20eq%20'OpenIDConnect'")
                                    .json()
                                    .path("value")
                                    .path(0)
                                    .path("id")
                                    .asString())
                    .isEqualTo(id);
            assertThat(graph.get(OLD + "/" + id).status()).isEqualTo(404);
            assertThat(
                            graph.patch(
                                            OLD_BETA + "/" + id,
                                            "{\"scope\":\"openid"
                                                    + " email\",\"type\":\"openidconnect\"}")
                                    .status())
                    .isEqualTo(204);
            assertThat(graph.patch(OLD_BETA + "/" + id, "{\"scope\":\"email\"}").violations())
                    .containsExactly("scope: ValueNotAllowed");
            assertThat(
                            graph.patch(OLD_BETA + "/Google-OAUTH", "{\"scope\":\"openid\"}")
                                    .violations())
                    .containsExactly("scope: PropertyUnknown");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAFlowUsesIsNotDeletedUnderAnyName(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            graph.post(OLD, GOOGLE);
            graph.post(
                    "/v1.0/identity/b2xUserFlows",
                    """
                    {"id":"A","userFlowType":"signUpOrSignIn","userFlowTypeVersion":1,
                     "identityProviders":[{"id":"Google-OAUTH"}]}\
                    """);
            Answer refused = graph.delete(OLD + "/Google-OAUTH");
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.message()).contains("b2x_1_a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callersAreToldWhatReplacesIt(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            graph.post(
                    "/v1.0/identity/b2xUserFlows",
                    """
                    {"id":"A","userFlowType":"signUpOrSignIn","userFlowTypeVersion":1}\
                    """);
            String flow = "/identity/b2xUserFlows/B2X_1_A/";
            for (List<String> row :
                    List.of(
                            List.of(OLD, "/v1.0/identity/identityProviders"),
                            List.of(
                                    "/beta" + flow + "identityProviders",
                                    "/beta" + flow + "userFlowIdentityProviders"))) {
                Answer answer = graph.get(row.get(0));
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertThat(answer.header("Deprecation")).isEqualTo("@1629763200");
                assertThat(answer.header("Sunset")).isEqualTo("Wed, 15 Mar 2023 00:00:00 GMT");
                assertThat(answer.header("Link"))
                        .startsWith("<http")
                        .endsWith(row.get(1) + ">; rel=\"successor-version\"");
            }
            assertThat(graph.get(NEW).header("Deprecation")).isNull();
        }
    }
}
