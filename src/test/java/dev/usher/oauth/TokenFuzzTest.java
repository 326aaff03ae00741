package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.client.NewClient;
import dev.usher.fuzz.Dice;
import dev.usher.fuzz.FuzzRun;
import dev.usher.fuzz.Input;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.ids.TenantId;
import dev.usher.store.TestDatabases;
import dev.usher.tenant.Tenant;
import dev.usher.token.TokenRefused;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whatever a token request holds, the answer is a token of the client or an OAuth error; and
 * whatever a bearer token holds, it is refused or it is the one that was issued.
 */
class TokenFuzzTest {

    private static final long SECONDS = Boolean.getBoolean("long") ? 300 : 10;

    private World world;
    private Tenant tenant;
    private Clients.Created client;
    private TokenInputs inputs;

    @BeforeEach
    void open() throws Exception {
        world = new World(TestDatabases.sqliteSettings());
        tenant = world.tenant();
        KeyPair keys = RawJwt.rsa(2048);
        X509Certificate certificate =
                Certificates.of(keys, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
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
        inputs =
                new TokenInputs(
                        new TokenInputs.Asker(
                                tenant.id().toString(),
                                client.appId(),
                                client.secret(),
                                Certificates.base64url(
                                        Certificates.thumbprint(certificate, "SHA-256")),
                                keys,
                                world.clock.now().getEpochSecond()));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everyTokenRequestIsAnswered() {
        new FuzzRun("token", this::send)
                .run(SECONDS, Input.regressions("/fuzz/token.jsonl"), inputs::next);
    }

    private String send(Input input) {
        String target = input.target().replace("<tenant>", tenant.id().toString());
        Headers headers = new Headers();
        for (String header : input.headers()) {
            int colon = header.indexOf(':');
            headers.set(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        int mark = target.indexOf('?');
        Request request =
                new Request(
                        input.method(),
                        World.ORIGIN,
                        mark < 0 ? target : target.substring(0, mark),
                        mark < 0 ? null : target.substring(mark + 1),
                        headers,
                        input.body(),
                        "00000000-0000-4000-8000-00000000000a",
                        "00000000-0000-4000-8000-00000000000b",
                        "127.0.0.1",
                        new Trail());
        Response response = world.here.router().handle(request);
        assertThat(response.status()).as("status").isBetween(200, 499);
        if (response.status() >= 400 && response.body().length > 0) {
            JsonNode error = Json.of(response);
            assertThat(error.path("error").asString("")).as("error").isNotBlank();
            assertThat(error.path("error_description").asString("")).contains("AADSTS");
        }
        if (input.method().equals("POST") && response.status() == 200) {
            String token = Json.of(response).path("access_token").asString();
            assertThat(Json.part(token, 1).path("appid").asString())
                    .as("whose token")
                    .isEqualTo(client.appId());
        }
        return "" + response.status() / 100;
    }

    @Test
    void aBearerTokenIsAsItWasIssuedOrRefused() {
        String token = world.token(tenant, client);
        TenantId issuedFor = tenant.id();
        new FuzzRun(
                        "bearer",
                        input -> {
                            String bent = new String(input.body(), StandardCharsets.UTF_8);
                            try {
                                var accepted = world.here.verifier().verify(bent);
                                assertThat(accepted.tenant()).isEqualTo(issuedFor);
                                assertThat(accepted.clientId()).isEqualTo(client.appId());
                                assertThat(signedPart(bent)).isEqualTo(signedPart(token));
                                return "2";
                            } catch (TokenRefused refused) {
                                return "4";
                            }
                        })
                .run(
                        SECONDS / 2,
                        Input.regressions("/fuzz/bearer.jsonl"),
                        dice -> bearer(dice, token));
    }

    private static String signedPart(String token) {
        return token.trim().substring(0, token.trim().lastIndexOf('.'));
    }

    /** The parts are bent before encoding as often as after it. */
    private static Input bearer(Dice dice, String token) {
        String bent = token;
        if (dice.chance(0.4)) {
            bent = dice.mutated(token);
        } else if (dice.chance(0.9)) {
            String[] parts = token.split("\\.");
            int part = dice.below(2);
            String text =
                    new String(Base64.getUrlDecoder().decode(parts[part]), StandardCharsets.UTF_8);
            parts[part] =
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(dice.mutated(text).getBytes(StandardCharsets.UTF_8));
            bent = String.join(".", parts);
        }
        return new Input("", "", List.of(), bent.getBytes(StandardCharsets.UTF_8));
    }
}
