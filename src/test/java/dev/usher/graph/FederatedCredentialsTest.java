package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.http.Response;
import dev.usher.oauth.EachDatabase;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A token of another issuer in the place of a secret. */
class FederatedCredentialsTest {

    private static final String ISSUER = "https://ci.example/oidc";
    private static final String SUBJECT = "repo:contoso/shop:ref:refs/heads/main";
    private static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final URI METADATA = URI.create(ISSUER + "/.well-known/openid-configuration");
    private static final URI KEYS = URI.create("https://ci.example/keys");

    private RSAKey key;
    private GraphWorld graph;
    private String appId;
    private String credentials;

    @BeforeEach
    void open() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        graph = new GraphWorld(EachDatabase.SQLITE.fresh());
        publish(ISSUER, KEYS.toString());
        graph.world.published.put(KEYS, new JWKSet(key.toPublicJWK()).toString());
        JsonNode made = graph.post("/v1.0/applications", "{\"displayName\":\"Pipeline\"}").json();
        appId = made.path("appId").asString();
        graph.post("/v1.0/servicePrincipals", "{\"appId\":\"" + appId + "\"}");
        credentials =
                "/v1.0/applications/"
                        + made.path("id").asString()
                        + "/federatedIdentityCredentials";
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private void publish(String issuer, String keys) {
        graph.world.published.put(
                METADATA, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer, keys));
    }

    private static String body(String name, String issuer, String subject, String audience) {
        return "{\"name\":\"%s\",\"issuer\":\"%s\",\"subject\":\"%s\",\"audiences\":[\"%s\"]}"
                .formatted(name, issuer, subject, audience);
    }

    private Answer trust() {
        Answer made = graph.post(credentials, body("main", ISSUER, SUBJECT, AUDIENCE));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private String assertion(RSAKey by, String issuer, String subject, String audience, int until)
            throws JOSEException {
        Instant now = graph.world.clock.now();
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(),
                        new JWTClaimsSet.Builder()
                                .issuer(issuer)
                                .subject(subject)
                                .audience(audience)
                                .issueTime(Date.from(now))
                                .expirationTime(Date.from(now.plusSeconds(until)))
                                .build());
        token.sign(new RSASSASigner(by));
        return token.serialize();
    }

    private String good() throws JOSEException {
        return assertion(key, ISSUER, SUBJECT, AUDIENCE, 600);
    }

    private Response ask(String assertion) {
        return graph.world.post(
                "/" + graph.tenant.id() + "/oauth2/v2.0/token",
                "grant_type=client_credentials&client_id="
                        + appId
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
                        + "&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                        + "&client_assertion="
                        + URLEncoder.encode(assertion, StandardCharsets.UTF_8));
    }

    private static JsonNode json(Response response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private void refused(String assertion, int code) {
        JsonNode answer = json(ask(assertion));
        assertThat(answer.at("/error_codes/0").asInt()).as(answer.toString()).isEqualTo(code);
    }

    @Test
    void issuerSubjectAndAudienceTogetherLetTheApplicationIn() throws JOSEException {
        refused(good(), 700211);
        trust();
        Response answer = ask(good());
        assertThat(answer.status()).as(json(answer).toString()).isEqualTo(200);
        assertThat(json(answer).path("access_token").asString()).isNotEmpty();
        // the same token again: other issuers' are not made for one use
        assertThat(ask(good()).status()).isEqualTo(200);
        refused(assertion(key, ISSUER + "/x", SUBJECT, AUDIENCE, 600), 700211);
        refused(assertion(key, ISSUER, SUBJECT.replace("main", "Main"), AUDIENCE, 600), 700213);
        refused(assertion(key, ISSUER, SUBJECT, "api://else", 600), 700212);
        refused(assertion(key, ISSUER, SUBJECT, AUDIENCE, -600), 700024);
        refused(assertion(key, ISSUER, SUBJECT, AUDIENCE, 100_000), 700024);
        assertThat(graph.delete(credentials + "/main").status()).isEqualTo(204);
        refused(good(), 700211);
    }

    @Test
    void onlyPublishedKeysCount() throws JOSEException {
        trust();
        RSAKey other = new RSAKeyGenerator(2048).keyID("k1").generate();
        refused(assertion(other, ISSUER, SUBJECT, AUDIENCE, 600), 5000811);
        RSAKey unknown = new RSAKeyGenerator(2048).keyID("k2").generate();
        refused(assertion(unknown, ISSUER, SUBJECT, AUDIENCE, 600), 5000811);
        RSAKey weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        graph.world.published.put(
                KEYS, new JWKSet(List.of(key.toPublicJWK(), weak.toPublicJWK())).toString());
        graph.world.clock.advance(Duration.ofHours(2));
        assertThat(ask(good()).status()).isEqualTo(200);
    }

    /** Before anything is fetched it is clear that the application trusts the issuer. */
    @Test
    void nobodyMakesUsCallOutForStrangers() throws JOSEException {
        trust();
        int before = graph.world.fetches.get();
        refused(assertion(key, "https://else.example", SUBJECT, AUDIENCE, 600), 700211);
        refused(assertion(key, ISSUER, "else", AUDIENCE, 600), 700213);
        assertThat(graph.world.fetches.get()).isEqualTo(before);
        for (int i = 0; i < 5; i++) {
            assertThat(ask(good()).status()).isEqualTo(200);
        }
        assertThat(graph.world.fetches.get()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://else.example, https://ci.example/keys",
        "https://ci.example/oidc, http://ci.example/keys",
        "https://ci.example/oidc, 'https://ci.example/ nowhere'",
        "https://ci.example/oidc, https://ci.example/absent",
    })
    void metadataOfAnotherIssuerOrWithoutKeysIsNoneAtAll(String issuer, String keys)
            throws JOSEException {
        publish(issuer, keys);
        graph.world.published.put(
                URI.create("http://ci.example/keys"), new JWKSet(key.toPublicJWK()).toString());
        trust();
        refused(good(), 50166);
    }

    @Test
    void aCredentialFromCreateToDelete() {
        JsonNode made = trust().json();
        String id = made.path("id").asString();
        assertThat(made.path("audiences").get(0).asString()).isEqualTo(AUDIENCE);
        for (String address : List.of("/" + id, "/main", "(name='main')")) {
            Answer read = graph.get(credentials + address);
            assertThat(read.json().path("id").asString()).as(address + read.text()).isEqualTo(id);
        }
        assertThat(graph.patch(credentials + "/main", "{\"description\":\"CI\"}").status())
                .isEqualTo(204);
        assertThat(graph.patch(credentials + "/main", "{\"name\":\"other\"}").status())
                .isEqualTo(400);
        Answer same = graph.post(credentials, body("other", ISSUER, SUBJECT, AUDIENCE));
        assertThat(same.status()).as(same.text()).isEqualTo(400);
        assertThat(graph.post(credentials, body("MAIN", ISSUER, "x", AUDIENCE)).status())
                .isEqualTo(400);
        String second = body("second", ISSUER, "x", AUDIENCE);
        assertThat(graph.post(credentials, second).status()).isEqualTo(201);
        assertThat(
                        graph.patch(credentials + "/second", "{\"subject\":\"" + SUBJECT + "\"}")
                                .status())
                .isEqualTo(400);
        for (int i = 0; i < 18; i++) {
            Answer more = graph.post(credentials, body("more" + i, ISSUER, "s" + i, AUDIENCE));
            assertThat(more.status()).as(more.text()).isEqualTo(201);
        }
        assertThat(graph.post(credentials, body("last", ISSUER, "last", AUDIENCE)).status())
                .isEqualTo(400);
        assertThat(graph.get(credentials).json().path("value")).hasSize(20);
        assertThat(graph.delete(credentials + "/" + id).status()).isEqualTo(204);
        assertThat(graph.get(credentials + "/main").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "name, 'a', https://ci.example, s, a",
        "name, 'with space', https://ci.example, s, a",
        "issuer, main, http://ci.example, s, a",
        "issuer, main, https://user@ci.example, s, a",
        "issuer, main, https://ci.example?x=1, s, a",
        "issuer, main, ci.example, s, a",
        "subject, main, https://ci.example, '', a",
        "audiences, main, https://ci.example, s, ''",
    })
    void whatCannotBeTrustedIsRefused(
            String target, String name, String issuer, String subject, String audience) {
        Answer refused = graph.post(credentials, body(name, issuer, subject, audience));
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.text()).contains(target);
        assertThat(graph.get(credentials).json().path("value")).isEmpty();
    }
}
