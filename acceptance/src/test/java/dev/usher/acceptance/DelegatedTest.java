package dev.usher.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import com.sun.net.httpserver.HttpServer;
import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** People with a work account, whose tokens come from an authority that the operator trusts. */
@TestInstance(Lifecycle.PER_CLASS)
class DelegatedTest {

    private static final String ISSUER = "https://login.example/v2.0";
    private static final String KEY = "key";
    private static final String FLOWS = "/identity/b2xUserFlows";
    private static final String FLOW_ADMINISTRATOR = "6e591065-9bad-43ed-90f3-e9424366d2f0";
    private static final String PERMISSION = "IdentityUserFlow.ReadWrite.All";

    private RSAKey key;
    private HttpServer keys;
    private Usher usher;

    @BeforeAll
    void start() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID(KEY).generate();
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] published = new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8);
        keys.createContext(
                "/keys",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, published.length);
                    exchange.getResponseBody().write(published);
                    exchange.close();
                });
        keys.start();
        Path data = Distribution.workDirectory("delegated");
        Path config = data.resolve("usher.yaml");
        Files.writeString(
                config,
                """
                trusted-issuers:
                  - issuer: %s
                    jwks-url: http://127.0.0.1:%d/keys
                    tenant: contoso.onmicrosoft.com
                """
                        .formatted(ISSUER, keys.getAddress().getPort()));
        usher = Usher.start(data, "--config", config.toString());
    }

    @AfterAll
    void stop() {
        keys.stop(0);
        usher.close();
    }

    private Graph as(String scope, String... roles) {
        Instant now = Instant.now();
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("https://graph.microsoft.com")
                        .claim("tid", usher.tenant().id())
                        .claim("oid", "11111111-aaaa-4aaa-8aaa-111111111111")
                        .claim("appid", "22222222-aaaa-4aaa-8aaa-222222222222")
                        .claim("scp", scope)
                        .claim("wids", List.of(roles))
                        .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
                        .build();
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY).build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return usher.withToken("beta", token::serialize);
    }

    private static Map<String, Object> flow() {
        return Json.object(
                "id",
                Usher.fresh("Person"),
                "userFlowType",
                "signUpOrSignIn",
                "userFlowTypeVersion",
                1);
    }

    /** The permission alone does not do, nor the role alone; each refusal names what is missing. */
    @Test
    @Shows("V19")
    void aPersonNeedsThePermissionAndARole() {
        assertThat(message(as(PERMISSION)))
                .contains("Access is denied", "External ID User Flow Administrator");
        assertThat(message(as("IdentityUserFlow.Read.All", FLOW_ADMINISTRATOR)))
                .contains("delegated permissions: " + PERMISSION, "IdentityUserFlow.Read.All");
        as(PERMISSION, FLOW_ADMINISTRATOR).post(FLOWS, flow()).expect(201);
    }

    private static String message(Graph graph) {
        return graph.post(FLOWS, flow()).refused(403, "AADB2C").get("message").asString();
    }
}
