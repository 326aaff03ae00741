package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The deprecated set of identity providers, in both versions. */
@UsherTest
class DeprecatedProvidersTest {

    private static final String ROOT = "/identityProviders";

    private final Usher usher;

    DeprecatedProvidersTest(Usher usher) {
        this.usher = usher;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /identityProviders")
    @Proves("POST /identityProviders")
    @Proves("GET /identityProviders/$count")
    @Proves("GET /identityProviders/{provider-id}")
    @Proves("PATCH /identityProviders/{provider-id}")
    @Proves("DELETE /identityProviders/{provider-id}")
    void lifecycle(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        int before = Integer.parseInt(graph.get(ROOT + "/$count").expect(200).text());
        Reply created =
                graph.post(
                                ROOT,
                                Json.object(
                                        "name",
                                        "Chat",
                                        "type",
                                        "WeChat",
                                        "clientId",
                                        "client",
                                        "clientSecret",
                                        "a deprecated secret"))
                        .expect(201);

        assertThat(created.need("Location")).isEqualTo(graph.url(ROOT + "/WeChat-OAUTH"));
        assertThat(created.need("Deprecation")).isEqualTo("@1629763200");
        assertThat(created.need("Link"))
                .isEqualTo(
                        "<"
                                + graph.url("/identity/identityProviders")
                                + ">; rel=\"successor-version\"");
        Reply list = graph.get(ROOT).expect(200);
        assertThat(list.values("id")).contains("WeChat-OAUTH").doesNotContain("AADSignup-OAUTH");
        assertThat(list.text()).doesNotContain("a deprecated secret");
        assertThat(list.json().get("@odata.context").asString())
                .isEqualTo(graph.url("/$metadata#identityProviders"));
        assertThat(graph.get(ROOT + "/$count").text()).isEqualTo(Integer.toString(before + 1));

        graph.patch(ROOT + "/WeChat-OAUTH", Json.object("name", "Talk")).expect(204);
        JsonNode read = graph.get(ROOT + "/wechat-oauth").expect(200).json();
        assertThat(read.get("name").asString()).isEqualTo("Talk");
        assertThat(read.get("type").asString()).isEqualTo("WeChat");
        assertThat(read.get("clientSecret").asString()).isEqualTo("******");
        JsonNode other = graph.get("/identity" + ROOT + "/WeChat-OAUTH").expect(200).json();
        assertThat(other.get("displayName").asString()).isEqualTo("Talk");

        graph.delete(ROOT + "/WeChat-OAUTH").expect(204);
        graph.get(ROOT + "/WeChat-OAUTH").expect(404).error();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /identityProviders/availableProviderTypes")
    void typesThatCanBeHad(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());

        assertThat(
                        graph.get(ROOT + "/availableProviderTypes")
                                .expect(200)
                                .json()
                                .get("value")
                                .valueStream()
                                .map(JsonNode::asString))
                .containsExactly(
                        "Amazon",
                        "OpenIDConnect",
                        "Facebook",
                        "GitHub",
                        "Google",
                        "LinkedIn",
                        "Microsoft",
                        "QQ",
                        "Twitter",
                        "WeChat",
                        "Weibo");
    }
}
