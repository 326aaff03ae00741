package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.client.Clients;
import dev.usher.http.Response;
import dev.usher.store.TestDatabases;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Which APIs tokens are for, and what they let do there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowScopesTest {

    /** An API of two scopes, of which one is switched off, and a role. */
    static final String API =
            "{'identifierUris': ['%s'], 'api': {'oauth2PermissionScopes': ["
                    + "{'id': '10000000-0000-4000-8000-000000000001', 'value': 'read',"
                    + " 'isEnabled': true},"
                    + "{'id': '10000000-0000-4000-8000-000000000002', 'value': 'write',"
                    + " 'isEnabled': true},"
                    + "{'id': '10000000-0000-4000-8000-000000000003', 'value': 'old',"
                    + " 'isEnabled': false}]}, 'appRoles': [{'id':"
                    + " '20000000-0000-4000-8000-000000000001', 'value': 'Batch',"
                    + " 'isEnabled': true, 'allowedMemberTypes': ['Application']}]}";

    private static final String URI = "https://contoso.example/api";

    private FlowWorld world;
    private Clients.Created api;

    @BeforeAll
    void open() {
        world = new FlowWorld(TestDatabases.sqliteSettings());
        api = world.application();
        world.change(api, API.formatted(URI));
    }

    @AfterAll
    void close() {
        world.close();
    }

    private JsonNode tokens(String scope) {
        Map<String, String> parameters = world.parameters();
        parameters.put("scope", scope);
        return Json.of(world.token(world.redemption(world.code(parameters))));
    }

    @Test
    void whatIsGrantedOfWhatIsAskedForIsGiven() throws Exception {
        world.grant(world.app, api, "read old");
        JsonNode tokens = tokens("openid " + URI + "/read " + URI + "/write " + URI + "/old");

        assertThat(tokens.path("scope").asString()).isEqualTo(URI + "/read openid");
        assertThat(tokens.path("resource").asString()).isEqualTo(api.appId());
        assertThat(tokens.has("refresh_token")).isFalse();
        JWTClaimsSet access = FlowWorld.claims(tokens.path("access_token").asString());
        assertThat(access.getAudience()).containsExactly(api.appId());
        assertThat(access.getStringClaim("scp")).isEqualTo("read");
        assertThat(access.getStringClaim("azp")).isEqualTo(world.app.appId());
        assertThat(access.getStringClaim("oid")).isEqualTo(world.person);
    }

    @Test
    void anApiIsNamedByItsIdToo() throws Exception {
        Clients.Created client = world.application();
        world.grant(client, api, "write");
        Map<String, String> parameters = world.parameters();
        parameters.put("client_id", client.appId());
        parameters.put("scope", "api://" + api.appId() + "/write");
        Map<String, String> form = world.redemption(world.code(parameters));
        form.put("client_id", client.appId());
        form.put("client_secret", client.secret());
        JsonNode tokens = Json.of(world.token(form));

        assertThat(tokens.has("id_token")).isFalse();
        assertThat(FlowWorld.claims(tokens.path("access_token").asString()).getStringClaim("scp"))
                .isEqualTo("write");
    }

    @Test
    void theOwnApiIsNamedByTheClientId() throws Exception {
        JsonNode tokens = tokens("openid " + world.app.appId().toUpperCase());

        assertThat(tokens.path("scope").asString()).isEqualTo(world.app.appId() + " openid");
        assertThat(FlowWorld.claims(tokens.path("access_token").asString()).getAudience())
                .containsExactly(world.app.appId());
    }

    @Test
    void aRefreshTokenIsGoodForAnotherApi() throws Exception {
        Clients.Created client = world.application();
        world.grant(client, api, "read");
        Map<String, String> parameters = world.parameters();
        parameters.put("client_id", client.appId());
        Map<String, String> form = world.redemption(world.code(parameters));
        form.put("client_id", client.appId());
        form.put("client_secret", client.secret());
        Map<String, String> refresh =
                world.refresh(Json.of(world.token(form)).path("refresh_token").asString());
        refresh.put("client_id", client.appId());
        refresh.put("client_secret", client.secret());
        refresh.put("scope", URI + "/read openid offline_access");
        JsonNode renewed = Json.of(world.token(refresh));

        assertThat(FlowWorld.claims(renewed.path("access_token").asString()).getAudience())
                .containsExactly(api.appId());
    }

    @Test
    void aClientGetsItsRolesForItself() throws Exception {
        Clients.Created client = world.application();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", client.appId());
        form.put("client_secret", client.secret());
        form.put("scope", URI + "/.default openid");
        Response refused = world.token(form);
        FlowCodeTest.assertRefused(refused, "AADB2C90205");

        world.giveRole(client, api, "20000000-0000-4000-8000-000000000001");
        JsonNode tokens = Json.of(world.token(form));
        assertThat(tokens.has("id_token")).isFalse();
        assertThat(tokens.has("refresh_token")).isFalse();
        JWTClaimsSet access = FlowWorld.claims(tokens.path("access_token").asString());
        assertThat(access.getStringClaim("scp")).isEqualTo("Batch");
        assertThat(access.getAudience()).containsExactly(api.appId());
        assertThat(access.getSubject()).isEqualTo(access.getStringClaim("oid"));
        form.put("scope", URI + "/read");
        FlowCodeTest.assertRefused(world.token(form), "AADB2C90117");
    }
}
