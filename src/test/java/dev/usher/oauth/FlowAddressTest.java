package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.store.TestDatabases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** One flow under all its addresses, and what it says of itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowAddressTest {

    private FlowWorld world;

    @BeforeAll
    void open() {
        world = new FlowWorld(TestDatabases.sqliteSettings());
    }

    @AfterAll
    void close() {
        world.close();
    }

    /** Every way to write the address of an endpoint. */
    private List<String> addresses(String endpoint) {
        List<String> addresses = new ArrayList<>();
        String domain = world.tenant.domains().getFirst();
        for (String tenant : List.of(world.tenant.id().toString(), domain.toUpperCase())) {
            for (String flow : List.of(FlowWorld.FLOW, FlowWorld.FLOW.toLowerCase())) {
                addresses.add("/" + tenant + "/" + flow + endpoint);
                addresses.add("/TFP/" + tenant + "/" + flow + endpoint.toUpperCase());
                addresses.add("/" + tenant + endpoint + "?x=y&p=" + flow);
            }
        }
        return addresses;
    }

    @Test
    void everyAddressShowsTheOneSpelling() throws Exception {
        String base = World.ORIGIN + world.base();
        for (String address : addresses(FlowAddress.METADATA)) {
            Response response = world.browser().get(address);
            assertThat(response.status()).as(address).isEqualTo(200);
            assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
            JsonNode body = Json.of(response);
            assertThat(body.path("issuer").asString()).isEqualTo(base + "/v2.0");
            assertThat(body.path("authorization_endpoint").asString())
                    .isEqualTo(base + FlowAddress.AUTHORIZE);
            assertThat(body.path("token_endpoint").asString()).isEqualTo(base + FlowAddress.TOKEN);
            assertThat(body.path("end_session_endpoint").asString())
                    .isEqualTo(base + FlowAddress.LOGOUT);
            OIDCProviderMetadata parsed = OIDCProviderMetadata.parse(body.toString());
            assertThat(parsed.getResponseTypes()).hasSize(7);
            assertThat(parsed.getClaims()).contains("tfp", "emails", "name", "oid", "newUser");
        }
    }

    @Test
    void everyAddressOfTheTokenEndpointRedeems() {
        for (String address : addresses(FlowAddress.TOKEN)) {
            Response response =
                    world.browser()
                            .post(address, FlowWorld.encoded(world.redemption(world.code())));
            assertThat(response.status()).as(address).isEqualTo(200);
        }
    }

    @Test
    void theTenantsTokenEndpointRedeemsWhatAFlowGranted() {
        String tenant = "/" + world.tenant.id() + FlowAddress.TOKEN;
        Response redeemed =
                world.browser().post(tenant, FlowWorld.encoded(world.redemption(world.code())));
        JsonNode tokens = Json.of(redeemed);
        assertThat(tokens.has("id_token")).isTrue();
        Map<String, String> refresh = world.refresh(tokens.path("refresh_token").asString());
        assertThat(world.browser().post(tenant, FlowWorld.encoded(refresh)).status())
                .isEqualTo(200);
        Response unknown =
                world.browser().post(tenant, FlowWorld.encoded(world.redemption("made-up")));
        assertThat(Browser.text(unknown)).contains("AADSTS70008");
    }

    @Test
    void everyAddressOfTheOtherEndpointsAnswers() {
        String query = FlowWorld.encoded(world.parameters());
        for (String address : addresses(FlowAddress.AUTHORIZE)) {
            String target = address + (address.contains("?") ? "&" : "?") + query;
            assertThat(Browser.location(world.browser().get(target)))
                    .as(target)
                    .startsWith(world.base() + "/journey/");
        }
        for (String address : addresses(FlowAddress.LOGOUT)) {
            assertThat(world.browser().get(address).status()).as(address).isEqualTo(200);
        }
        JsonNode keys = Json.of(world.browser().get("/" + world.tenant.id() + FlowAddress.KEYS));
        for (String address : addresses(FlowAddress.KEYS)) {
            assertThat(Json.of(world.browser().get(address))).as(address).isEqualTo(keys);
        }
    }

    @Test
    void whatNamesNoFlowIsTheTenantsOwn() {
        String tenant = "/" + world.tenant.id();
        Response metadata = world.browser().get(tenant + FlowAddress.METADATA);
        assertThat(Json.of(metadata).path("issuer").asString())
                .isEqualTo(World.ORIGIN + tenant + "/v2.0");
        Response token = world.browser().post(tenant + FlowAddress.TOKEN, "grant_type=nothing");
        assertThat(Browser.text(token)).contains("AADSTS70003");
        Response logout = world.browser().get(tenant + FlowAddress.LOGOUT);
        assertThat(logout.status()).isEqualTo(200);
        assertThat(Browser.text(logout)).contains("You have signed out");
    }

    @Test
    void whatConcernsTheTenantHasEntrasCodes() {
        String nowhere = "/nowhere.example/" + FlowWorld.FLOW;
        Response page = world.browser().get(nowhere + FlowAddress.AUTHORIZE);
        assertThat(page.status()).isEqualTo(400);
        assertThat(Browser.text(page)).contains("AADSTS90002");
        Response json = world.browser().get(nowhere + FlowAddress.METADATA);
        assertThat(Json.of(json).path("error_codes").get(0).asInt()).isEqualTo(90002);
        Response twice =
                world.browser()
                        .get(world.base() + FlowAddress.AUTHORIZE + "?client_id=x&client_id=y");
        assertThat(Browser.text(twice)).contains("AADSTS9000411");
    }

    @ParameterizedTest
    @CsvSource({
        "userFlow, /{tenant}/B2C_1_Form/v2.0",
        "tenant, /{tenant}/v2.0/",
        "trustFrameworkPolicy, /tfp/{tenant}/b2c_1_form/v2.0/"
    })
    void theIssuerHasTheFormThatTheFlowSays(String form, String issuer) {
        if (world.browser().get(form("B2C_1_Form")).status() != 200) {
            world.flow("B2C_1_Form", "b2cIdentityUserFlow", "signIn");
        }
        world.settings("B2C_1_Form", "{'issuerForm': '" + form + "'}");
        assertThat(Json.of(world.browser().get(form("B2C_1_Form"))).path("issuer").asString())
                .isEqualTo(World.ORIGIN + issuer.replace("{tenant}", world.tenant.id().toString()));
    }

    private String form(String flow) {
        return "/" + world.tenant.id() + "/" + flow + FlowAddress.METADATA;
    }

    @Test
    void pagesMayAskTheEndpointsOfPrograms() {
        for (String endpoint :
                List.of(
                        FlowAddress.TOKEN,
                        FlowAddress.METADATA,
                        FlowAddress.KEYS,
                        FlowAddress.USER_INFO)) {
            Response preflight =
                    world.router.handle(
                            new Request(
                                    "OPTIONS",
                                    World.ORIGIN,
                                    world.base() + endpoint,
                                    null,
                                    new Headers().set("Access-Control-Request-Headers", "x-anchor"),
                                    new byte[0],
                                    "r",
                                    "c",
                                    "127.0.0.1",
                                    new Trail()));
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Headers")).contains("x-anchor");
        }
    }

    @Test
    void aFlowOfAnotherTenantIsNone() {
        Map<String, String> parameters = world.parameters();
        String other = world.world.tenant().id().toString();
        Response response =
                world.browser()
                        .get(
                                "/"
                                        + other
                                        + "/"
                                        + FlowWorld.FLOW
                                        + FlowAddress.AUTHORIZE
                                        + "?"
                                        + FlowWorld.encoded(parameters));
        assertThat(response.status()).isEqualTo(404);
        assertThat(Browser.text(response)).contains("AADB2C90022");
    }
}
