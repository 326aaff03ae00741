package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the token service publishes about itself. */
@UsherTest
class DiscoveryTest {

    private final Usher usher;
    private final String origin;

    DiscoveryTest(Usher usher) {
        this.usher = usher;
        this.origin = usher.json().httpsUrl();
    }

    private String endpoint() {
        return origin + "/" + usher.tenant().id() + "/oauth2/v2.0/token";
    }

    private JWKSet keys() throws ParseException {
        return JWKSet.parse(
                usher.http()
                        .get(origin + "/" + usher.tenant().id() + "/discovery/v2.0/keys")
                        .expect(200)
                        .text());
    }

    @Test
    void publishedKeysArePublic() throws ParseException {
        assertThat(keys().getKeys()).isNotEmpty().noneMatch(JWK::isPrivate);
        assertThat(keys().getKeys()).allMatch(key -> key.toJSONObject().get("use").equals("sig"));
    }

    @Test
    void discovery() {
        String issuer = origin + "/" + usher.tenant().id() + "/v2.0";
        for (String tenant : List.of(usher.tenant().id(), usher.tenant().domain())) {
            JsonNode json =
                    usher.http()
                            .get(origin + "/" + tenant + "/v2.0/.well-known/openid-configuration")
                            .expect(200)
                            .json();
            assertThat(json.get("issuer").asString()).isEqualTo(issuer);
            assertThat(json.get("token_endpoint").asString()).isEqualTo(endpoint());
            assertThat(json.get("jwks_uri").asString())
                    .isEqualTo(origin + "/" + usher.tenant().id() + "/discovery/v2.0/keys");
            for (JsonNode member : json) {
                if (member.isString() && member.asString().startsWith(origin)) {
                    assertThat(member.asString()).contains(usher.tenant().id());
                }
            }
        }
    }

    @Test
    void discoveryIsForBrowsersToo() {
        Reply reply =
                usher.http()
                        .get(
                                origin
                                        + "/"
                                        + usher.tenant().id()
                                        + "/v2.0/.well-known/openid-configuration",
                                "Origin",
                                "https://app.example");
        assertThat(reply.expect(200).need("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void instanceDiscovery() {
        String path = origin + "/common/discovery/instance?api-version=1.1&authorization_endpoint=";
        String tenant = origin + "/" + usher.tenant().id() + "/oauth2/v2.0/authorize";

        JsonNode json = usher.http().get(path + tenant).expect(200).json();

        assertThat(json.get("tenant_discovery_endpoint").asString())
                .isEqualTo(
                        origin
                                + "/"
                                + usher.tenant().id()
                                + "/v2.0/.well-known/openid-configuration");
        assertThat(json.at("/metadata/0/preferred_network").asString())
                .isEqualTo(origin.substring("https://".length()));
        JsonNode unknown =
                usher.http()
                        .get(path + "https://evil.example/" + usher.tenant().id() + "/authorize")
                        .expect(400)
                        .json();
        assertThat(unknown.get("error").asString()).isEqualTo("invalid_instance");
        assertThat(unknown.get("error_description").asString()).startsWith("AADSTS50049");
    }
}
