package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.http.Headers;
import dev.usher.http.Response;
import dev.usher.observe.Observation;
import dev.usher.store.TestDatabases;
import dev.usher.tenant.Tenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenEndpointTest {

    private static final String GRAPH = "https://graph.microsoft.com/.default";
    private static final String READ = "IdentityUserFlow.Read.All";

    private World world;
    private Tenant tenant;
    private Clients.Created client;

    @BeforeAll
    void open() {
        world = new World(TestDatabases.sqliteSettings());
        tenant = world.tenant();
        client = world.client(tenant, READ);
    }

    @AfterAll
    void close() {
        world.close();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String form(String scope) {
        return "grant_type=client_credentials&client_id="
                + client.appId()
                + "&client_secret="
                + client.secret()
                + "&scope="
                + encoded(scope);
    }

    private Response token(String form) {
        return world.post("/" + tenant.id() + "/oauth2/v2.0/token", form);
    }

    private JsonNode issued(Response response) {
        JsonNode body = Json.of(response);
        assertThat(response.status()).as(body.toString()).isEqualTo(200);
        String token = body.path("access_token").asString();
        assertThat(world.here.verifier().verify(token).permissions()).containsExactly(READ);
        return body;
    }

    @Test
    void answersAsEntraDoes() {
        Response response = token(form(GRAPH));
        JsonNode body = issued(response);

        assertThat(body.propertyNames())
                .containsExactly("token_type", "expires_in", "ext_expires_in", "access_token");
        assertThat(body.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").asLong()).isEqualTo(3599);
        assertThat(body.path("expires_in").isNumber()).isTrue();
        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(response.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://graph.microsoft.com/.default",
                "https://graph.microsoft.com//.default",
                "https://graph.microsoft.com/.default openid profile offline_access",
                "openid  https://graph.microsoft.com/.default",
                "00000003-0000-0000-c000-000000000000/.default",
                "https://localhost:8443/.default",
                "http://127.0.0.1:8080/.default"
            })
    void takesEachFormOfTheScope(String scope) {
        issued(token(form(scope)));
    }

    @Test
    void theTenantIsNamedByGuidOrDomainInAnyCaseAndTheIssuerByGuid() {
        String issuer = World.ORIGIN + "/" + tenant.id() + "/v2.0";
        for (String name :
                List.of(
                        tenant.id().toString(),
                        tenant.id().toString().toUpperCase(),
                        tenant.domains().getFirst(),
                        tenant.domains().getFirst().toUpperCase())) {
            JsonNode body = issued(world.post("/" + name + "/OAuth2/V2.0/Token", form(GRAPH)));
            assertThat(Json.part(body.path("access_token").asString(), 1).path("iss").asString())
                    .isEqualTo(issuer);
        }
    }

    @Test
    void ignoresWhatClientsSendBeside() {
        issued(
                token(
                        form(GRAPH)
                                + "&x-client-SKU=MSAL.Java&x-client-VER=1.26.0&x-ms-lib-capability="
                                + encoded("retry-after, h429")
                                + "&client_info=1&clidata=1&x-client-current-telemetry="
                                + encoded("5|771,0|,")
                                + "&claims="
                                + encoded("{\"access_token\":{}}")));
    }

    @Test
    void takesTheSecretFromTheAuthorizationHeader() {
        String pair = encoded(client.appId()) + ":" + encoded(client.secret());
        String form = "grant_type=client_credentials&scope=" + encoded(GRAPH);
        for (String scheme : List.of("Basic ", "basic ")) {
            issued(send(form, scheme + base64(pair)));
        }
        issued(send(form + "&client_id=" + client.appId(), "Basic " + base64(pair)));
    }

    private Response send(String form, String authorization) {
        return world.send(
                "POST",
                "/" + tenant.id() + "/oauth2/v2.0/token",
                form,
                new Headers().set("Authorization", authorization));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFailedBasicAuthenticationIsChallenged() {
        Response response =
                send(
                        "grant_type=client_credentials&scope=" + encoded(GRAPH),
                        "Basic " + base64(client.appId() + ":wrong"));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate").orElseThrow()).startsWith("Basic ");
        assertThat(token(form(GRAPH).replace(client.secret(), "x")).header("WWW-Authenticate"))
                .as("only who tried that way")
                .isEmpty();
    }

    @Test
    void theOlderEndpointNamesAResourceAndWritesNumbersAsTexts() {
        for (String resource :
                List.of("https://graph.microsoft.com", "https://graph.microsoft.com/")) {
            JsonNode body =
                    issued(
                            world.post(
                                    "/" + tenant.id() + "/oauth2/token",
                                    form("").replace("scope=", "resource=" + encoded(resource))));

            assertThat(body.path("expires_in").stringValue()).isEqualTo("3599");
            assertThat(body.path("resource").asString()).isEqualTo(resource);
            long expires = world.clock.now().getEpochSecond() + 3599;
            assertThat(body.path("expires_on").stringValue()).isEqualTo(Long.toString(expires));
        }
    }

    @Test
    void errorsCarryWhatClientsRead() {
        Response response = token(form(GRAPH).replace(client.secret(), "wrong"));
        JsonNode body = Json.of(response);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(body.propertyNames())
                .containsExactly(
                        "error",
                        "error_description",
                        "error_codes",
                        "timestamp",
                        "trace_id",
                        "correlation_id",
                        "error_uri");
        assertThat(body.path("error").asString()).isEqualTo("invalid_client");
        assertThat(body.path("error_description").asString())
                .startsWith("AADSTS7000215: Invalid client secret provided.")
                .endsWith(
                        " Trace ID: 00000000-0000-4000-8000-00000000000a"
                                + " Correlation ID: 00000000-0000-4000-8000-00000000000b"
                                + " Timestamp: 2026-11-22 10:00:00Z");
        assertThat(body.path("error_codes").toString()).isEqualTo("[7000215]");
        assertThat(body.path("timestamp").asString()).isEqualTo("2026-11-22 10:00:00Z");
        assertThat(body.path("trace_id").asString())
                .isEqualTo("00000000-0000-4000-8000-00000000000a");
        assertThat(body.path("error_uri").asString()).endsWith("/error?code=7000215");
    }

    @Test
    void theCorrelationIdMayComeInTheQuery() {
        String id = "11111111-2222-4333-8444-555555555555";
        Response response =
                world.post(
                        "/" + tenant.id() + "/oauth2/v2.0/token?client-request-id=" + id,
                        "grant_type=x");

        assertThat(Json.of(response).path("correlation_id").asString()).isEqualTo(id);
        assertThat(response.header("client-request-id")).contains(id);
        assertThat(
                        world.post(
                                        "/"
                                                + tenant.id()
                                                + "/oauth2/v2.0/token?client-request-id=a%0Ab",
                                        "grant_type=x")
                                .header("client-request-id"))
                .as("only a GUID is sent back")
                .contains("00000000-0000-4000-8000-00000000000b");
    }

    @Test
    void saysWhoAskedAndNeverTheSecret() {
        world.observed.clear();
        token(form(GRAPH));
        token(form(GRAPH).replace(client.secret(), "wrongwrong"));

        assertThat(world.observed)
                .containsExactly(
                        new Observation.TokenAnswered(
                                "00000000-0000-4000-8000-00000000000a",
                                tenant.id(),
                                client.appId(),
                                "client_credentials",
                                null),
                        new Observation.TokenAnswered(
                                "00000000-0000-4000-8000-00000000000a",
                                tenant.id(),
                                client.appId(),
                                "client_credentials",
                                "AADSTS7000215"));
    }
}
