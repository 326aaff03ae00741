package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.usher.http.Headers;
import dev.usher.http.Response;
import dev.usher.store.TestDatabases;
import dev.usher.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscoveryTest {

    private World world;
    private Tenant tenant;

    @BeforeAll
    void open() {
        world = new World(TestDatabases.sqliteSettings());
        tenant = world.tenant();
    }

    @AfterAll
    void close() {
        world.close();
    }

    private JsonNode read(String path) {
        Response response = world.get(path);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
        return Json.of(response);
    }

    @Test
    void metadataNamesTheTenantByGuidWhateverWasAsked() throws Exception {
        String base = World.ORIGIN + "/" + tenant.id();
        for (String name :
                List.of(tenant.id().toString(), tenant.domains().getFirst().toUpperCase())) {
            JsonNode body = read("/" + name + "/v2.0/.Well-Known/OpenID-Configuration");

            assertThat(body.path("issuer").asString()).isEqualTo(base + "/v2.0");
            assertThat(body.path("token_endpoint").asString())
                    .isEqualTo(base + "/oauth2/v2.0/token");
            assertThat(body.path("jwks_uri").asString()).isEqualTo(base + "/discovery/v2.0/keys");
            OIDCProviderMetadata parsed = OIDCProviderMetadata.parse(body.toString());
            assertThat(parsed.getIssuer().getValue()).isEqualTo(base + "/v2.0");
            assertThat(AuthorizationServerMetadata.parse(body.toString()).getGrantTypes())
                    .contains(
                            GrantType.AUTHORIZATION_CODE,
                            GrantType.CLIENT_CREDENTIALS,
                            GrantType.PASSWORD);
        }
    }

    @Test
    void everyEndpointOfTheMetadataAnswers() {
        JsonNode body = read("/" + tenant.id() + "/v2.0/.well-known/openid-configuration");

        for (String name : List.of("token_endpoint", "jwks_uri")) {
            String path = body.path(name).asString().substring(World.ORIGIN.length());
            Response response =
                    name.equals("token_endpoint") ? world.post(path, "a=b") : world.get(path);
            assertThat(response.status()).as(name).isIn(200, 400);
        }
    }

    @Test
    void keysArePublishedWithoutTheirPrivateParts() {
        JsonNode keys = read("/" + tenant.id() + "/discovery/v2.0/keys").path("keys");

        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.get(0).propertyNames())
                .containsExactlyInAnyOrder("kty", "use", "kid", "alg", "n", "e");
        world.here.keys().rotate(World.ACTOR, tenant.id());
        assertThat(
                        read("/" + tenant.domains().getFirst() + "/discovery/v2.0/keys")
                                .path("keys")
                                .size())
                .isEqualTo(2);
    }

    @Test
    void instanceDiscoveryKnowsOurOriginsAlone() {
        String endpoint = "https%3A%2F%2Flocalhost%3A8443%2FTENANT%2Foauth2%2Fv2.0%2Fauthorize";
        for (String name : List.of(tenant.id().toString(), tenant.domains().getFirst())) {
            JsonNode body =
                    read(
                            "/common/discovery/instance?api-version=1.1&authorization_endpoint="
                                    + endpoint.replace("TENANT", name));
            assertThat(body.path("tenant_discovery_endpoint").asString())
                    .isEqualTo(
                            World.ORIGIN
                                    + "/"
                                    + tenant.id()
                                    + "/v2.0/.well-known/openid-configuration");
            assertThat(body.path("api-version").asString()).isEqualTo("1.1");
            assertThat(body.path("metadata").toString())
                    .isEqualTo(
                            "[{\"preferred_network\":\"localhost:8443\",\"preferred_cache\":"
                                    + "\"localhost:8443\",\"aliases\":[\"localhost:8443\"]}]");
        }
        JsonNode shared =
                read(
                        "/Common/Discovery/Instance?authorization_endpoint="
                                + endpoint.replace("TENANT", "common"));
        assertThat(shared.path("tenant_discovery_endpoint").asString())
                .startsWith(World.ORIGIN + "/common/");
    }

    @Test
    void passwordsAreCheckedHereWhoeverItIs() {
        for (String name : List.of("ann@contoso.example", "NOBODY%40Contoso.Example")) {
            JsonNode realm = read("/common/UserRealm/" + name + "?api-version=1.0");
            assertThat(realm.path("ver").asString()).isEqualTo("1.0");
            assertThat(realm.path("account_type").asString()).isEqualTo("Managed");
            assertThat(realm.path("domain_name").asString()).isEqualTo("contoso.example");
        }
        for (String name : List.of("ann", "@contoso.example", "ann@", "a".repeat(400) + "@b.c")) {
            JsonNode realm = read("/common/userrealm/" + name + "?api-version=1.0");
            assertThat(realm.path("account_type").asString()).as(name).isEqualTo("Unknown");
            assertThat(realm.has("domain_name")).isFalse();
        }
    }

    @Test
    void browsersMayAskFromAnyOrigin() {
        for (String path :
                List.of(
                        "/" + tenant.id() + "/oauth2/v2.0/token",
                        "/" + tenant.id() + "/oauth2/token",
                        "/" + tenant.id() + "/v2.0/.well-known/openid-configuration",
                        "/" + tenant.id() + "/discovery/v2.0/keys",
                        "/common/userrealm/ann@contoso.example",
                        "/common/discovery/instance")) {
            Response response =
                    world.send(
                            "OPTIONS",
                            path,
                            "",
                            new Headers().set("Access-Control-Request-Headers", "x-client-sku"));
            assertThat(response.status()).isEqualTo(204);
            assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
            assertThat(response.header("Access-Control-Allow-Headers")).contains("x-client-sku");
        }
    }

    @Test
    void answersCarryTheIdsOfTheRequest() {
        Response response = world.get("/" + tenant.id() + "/discovery/v2.0/keys");

        assertThat(response.header("client-request-id"))
                .contains("00000000-0000-4000-8000-00000000000b");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("\"d\"");
    }
}
