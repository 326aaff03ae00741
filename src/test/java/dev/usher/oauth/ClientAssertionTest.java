package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.client.NewClient;
import dev.usher.http.Response;
import dev.usher.store.TestDatabases;
import dev.usher.tenant.Tenant;
import dev.usher.token.RemoteIssuers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Client assertions as the Microsoft libraries make them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientAssertionTest {

    private World world;
    private Tenant tenant;
    private Clients.Created client;
    private KeyPair keys;
    private X509Certificate certificate;

    @BeforeAll
    void open() throws Exception {
        world = new World(TestDatabases.sqliteSettings());
        tenant = world.tenant();
        keys = RawJwt.rsa(2048);
        certificate = Certificates.of(keys, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        client =
                world.here
                        .store()
                        .write(
                                tenant.id(),
                                World.ACTOR,
                                tx ->
                                        world.here
                                                .clients()
                                                .create(
                                                        tx,
                                                        new NewClient(
                                                                null,
                                                                "App",
                                                                Set.of(),
                                                                null,
                                                                certificate)));
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Response post(String assertion, String clientId) {
        return world.post(
                "/" + tenant.id() + "/oauth2/v2.0/token",
                "grant_type=client_credentials"
                        + clientId
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
                        + "&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                        + "&client_assertion="
                        + URLEncoder.encode(assertion, StandardCharsets.UTF_8));
    }

    private void accepted(String assertion) {
        Response response = post(assertion, "&client_id=" + client.appId());
        JsonNode body = Json.of(response);
        assertThat(response.status()).as(body.toString()).isEqualTo(200);
        assertThat(Json.part(body.path("access_token").asString(), 1).path("appidacr").asString())
                .as("proved by certificate")
                .isEqualTo("2");
    }

    private byte[] thumbprint(String algorithm) {
        return Certificates.thumbprint(certificate, algorithm);
    }

    private String chain() throws Exception {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }

    private String claims(String audience, String times) {
        return "{\"aud\":\"%s\",\"iss\":\"%s\",\"sub\":\"%s\",\"jti\":\"%s\",%s}"
                .formatted(audience, client.appId(), client.appId(), world.ids.guid(), times);
    }

    private String endpoint(String name) {
        return World.ORIGIN + "/" + name + "/oauth2/v2.0/token";
    }

    private String endpoint() {
        return endpoint(tenant.id().toString());
    }

    private long now() {
        return world.clock.now().getEpochSecond();
    }

    private String times() {
        return "\"exp\":" + (now() + 600);
    }

    @Test
    void msalNode() throws Exception {
        String header =
                "{\"alg\":\"PS256\",\"typ\":\"JWT\",\"x5t#S256\":\"%s\",\"x5c\":[\"%s\"]}"
                        .formatted(Certificates.base64url(thumbprint("SHA-256")), chain());
        String times = "\"exp\":%d,\"nbf\":%d,\"iat\":%d".formatted(now() + 600, now(), now());

        accepted(RawJwt.ps256(keys.getPrivate(), header, claims(endpoint(), times)));
        String issuer = World.ORIGIN + "/" + tenant.id() + "/v2.0";
        accepted(RawJwt.ps256(keys.getPrivate(), header, claims(issuer, times)));
    }

    @Test
    void msal4j() throws Exception {
        String header =
                "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"x5t#S256\":\"%s\",\"x5c\":[\"%s\"]}"
                        .formatted(Certificates.base64(thumbprint("SHA-256")), chain());
        String times = "\"exp\":%d,\"nbf\":%d".formatted(now() + 600, now());

        accepted(RawJwt.rs256(keys.getPrivate(), header, claims(endpoint(), times)));
    }

    @Test
    void msalPython() throws Exception {
        String lines = chain().replaceAll("(.{64})", "$1\\\\n");
        String header =
                "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"x5t\":\"%s\",\"x5c\":[\"%s\"]}"
                        .formatted(padded(thumbprint("SHA-1")), lines);
        String times = "\"exp\":%d.734512,\"iat\":%d.734512".formatted(now() + 600, now());

        accepted(RawJwt.rs256(keys.getPrivate(), header, claims(endpoint(), times)));
    }

    private static String padded(byte[] thumbprint) {
        return Base64.getUrlEncoder().encodeToString(thumbprint);
    }

    @Test
    void theAudienceMayNameTheTenantInAnyWay() {
        for (String audience :
                List.of(
                        endpoint(tenant.domains().getFirst()),
                        endpoint(tenant.id().toString().toUpperCase()),
                        World.ORIGIN + "/" + tenant.id() + "/oauth2/token",
                        World.ORIGIN + "/" + tenant.domains().getFirst() + "/v2.0",
                        World.OTHER_ORIGIN + "/" + tenant.id() + "/oauth2/v2.0/token")) {
            accepted(sign(claims(audience, times())));
        }
        accepted(
                sign(
                        claims("x\",\"x\":\"", times())
                                .replace(
                                        "\"aud\":\"x\"",
                                        "\"aud\":[\"https://other.example\",\""
                                                + endpoint()
                                                + "\"]")));
    }

    private String sign(String claims) {
        String header =
                "{\"alg\":\"RS256\",\"x5t\":\"%s\"}"
                        .formatted(Certificates.base64url(thumbprint("SHA-1")));
        return RawJwt.rs256(keys.getPrivate(), header, claims);
    }

    @Test
    void clocksMayDifferALittle() {
        accepted(sign(claims(endpoint(), "\"exp\":" + (now() - 299))));
        accepted(sign(claims(endpoint(), "\"exp\":" + (now() + 3900))));
        accepted(
                sign(
                        claims(
                                endpoint(),
                                "\"exp\":%d,\"nbf\":%d,\"iat\":%d"
                                        .formatted(now() + 600, now() + 300, now() + 300))));
    }

    @Test
    void theAssertionAloneNamesTheClient() {
        assertThat(post(sign(claims(endpoint(), times())), "").status()).isEqualTo(200);
    }

    @Test
    void anExpiredCertificateProvesNothing() {
        Instant end = Instant.parse("2027-01-01T00:00:00Z");
        Duration forward = Duration.between(world.clock.now(), end);
        world.clock.advance(forward);
        try {
            JsonNode body =
                    Json.of(
                            post(
                                    sign(claims(endpoint(), times())),
                                    "&client_id=" + client.appId()));
            assertThat(body.at("/error_codes/0").asInt()).isEqualTo(700027);
            assertThat(body.path("error_description").asString()).contains("not valid now");
        } finally {
            world.clock.advance(forward.negated());
        }
    }

    @Test
    void anAssertionIsReusableUnlessConfiguredOtherwise() {
        ClientAssertions lenient =
                new ClientAssertions(
                        () -> World.ORIGINS,
                        new RemoteIssuers(_ -> "", world.clock),
                        world.clock,
                        false);
        String assertion = sign(claims(endpoint(), times()));
        var known = world.here.clients().byAppId(tenant.id(), client.appId()).orElseThrow();

        lenient.verify(assertion, known, tenant, Set.of());
        lenient.verify(assertion, known, tenant, Set.of());

        assertThat(OAuthSettings.defaults().singleUseAssertions()).isFalse();
    }
}
