package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.client.Clients;
import dev.usher.key.KeyRing;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.Json;
import dev.usher.oauth.RawJwt;
import dev.usher.oauth.World;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenant;
import dev.usher.token.TokenRefused.Reason;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Tokens that we issued ourselves. */
@ParameterizedClass
@EnumSource(EachDatabase.class)
class OwnTokenTest {

    private static final String READ = "IdentityUserFlow.Read.All";
    private static final String WRITE = "IdentityUserFlow.ReadWrite.All";

    @Parameter EachDatabase database;

    private World world;
    private Tenant tenant;
    private Clients.Created client;
    private String token;

    @BeforeEach
    void open() {
        world = new World(database.fresh());
        tenant = world.tenant();
        client = world.client(tenant, READ, WRITE);
        token = world.token(tenant, client);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private AccessToken verify(String bearer) {
        return world.here.verifier().verify(bearer);
    }

    private Reason refusal(World.Node node, String bearer) {
        TokenRefused refused =
                catchThrowableOfType(TokenRefused.class, () -> node.verifier().verify(bearer));
        assertThat(refused).as("the token should be refused").isNotNull();
        assertThat(refused.getMessage())
                .isNotBlank()
                .doesNotContain(bearer.isEmpty() ? "eyJ" : bearer);
        return refused.reason();
    }

    private Reason refusal(String bearer) {
        return refusal(world.here, bearer);
    }

    private void change(Consumer<WriteTx> work) {
        world.here
                .store()
                .write(
                        tenant.id(),
                        World.ACTOR,
                        tx -> {
                            work.accept(tx);
                            return true;
                        });
    }

    @Test
    void hasTheClaimsOfAGraphToken() {
        JsonNode claims = Json.part(token, 1);
        String issuer = World.ORIGIN + "/" + tenant.id() + "/v2.0";
        long now = world.clock.now().getEpochSecond();

        assertThat(claims.propertyNames())
                .containsExactlyInAnyOrder(
                        "aud",
                        "iss",
                        "iat",
                        "nbf",
                        "exp",
                        "app_displayname",
                        "appid",
                        "appidacr",
                        "idp",
                        "idtyp",
                        "oid",
                        "sub",
                        "tid",
                        "uti",
                        "ver",
                        "roles");
        assertThat(claims.path("aud").asString()).isEqualTo("https://graph.microsoft.com");
        assertThat(claims.path("iss").asString()).isEqualTo(issuer);
        assertThat(claims.path("idp").asString()).isEqualTo(issuer);
        assertThat(claims.path("iat").asLong()).isEqualTo(now);
        assertThat(claims.path("nbf").asLong()).isEqualTo(now);
        assertThat(claims.path("exp").asLong()).isEqualTo(now + 3599);
        assertThat(claims.path("appid").asString()).isEqualTo(client.appId());
        assertThat(claims.path("appidacr").asString()).isEqualTo("1");
        assertThat(claims.path("app_displayname").asString()).isEqualTo("App");
        assertThat(claims.path("idtyp").asString()).isEqualTo("app");
        assertThat(claims.path("tid").asString()).isEqualTo(tenant.id().toString());
        assertThat(claims.path("oid").asString()).isEqualTo(claims.path("sub").asString());
        assertThat(claims.path("roles").toString())
                .isEqualTo("[\"" + READ + "\",\"" + WRITE + "\"]");
        assertThat(claims.path("ver").asString()).isEqualTo("1.0");
        assertThat(claims.path("uti").asString())
                .isNotEqualTo(Json.part(world.token(tenant, client), 1).path("uti").asString());
    }

    @Test
    void meansItsClientAndPermissions() {
        Instant expires = world.clock.now().plusSeconds(3599);
        AccessToken expected =
                new AccessToken(
                        tenant.id(),
                        client.appId(),
                        null,
                        AccountKind.APPLICATION,
                        Set.of(READ, WRITE),
                        Set.of(),
                        expires);

        assertThat(verify(token)).isEqualTo(expected);
        assertThat(verify(token)).as("from memory").isEqualTo(expected);
        world.clock.advance(Duration.ofSeconds(3598));
        assertThat(verify(token)).isEqualTo(expected);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(refusal(token)).as("from memory").isEqualTo(Reason.EXPIRED);
        assertThat(refusal(world.node(), token)).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void aRevokedGrantIsGoneFromATokenThatClaimsItStill() {
        assertThat(verify(token).permissions()).contains(WRITE);

        change(tx -> world.here.clients().revoke(tx, client.appId(), WRITE));
        assertThat(verify(token).permissions()).containsExactly(READ);

        change(tx -> world.here.clients().grant(tx, client.appId(), WRITE));
        assertThat(verify(token).permissions()).containsExactlyInAnyOrder(READ, WRITE);

        change(tx -> world.here.clients().grant(tx, client.appId(), "User.Read.All"));
        assertThat(verify(token).permissions())
                .as("a grant reaches the next token only")
                .containsExactlyInAnyOrder(READ, WRITE);
    }

    @Test
    void everyChangeBehindATokenIsEffectiveAtOnce() {
        assertThat(verify(token)).isNotNull();
        change(tx -> world.here.clients().setEnabled(tx, client.appId(), false));
        assertThat(refusal(token)).isEqualTo(Reason.CLIENT_DISABLED);
        change(tx -> world.here.clients().setEnabled(tx, client.appId(), true));
        assertThat(verify(token)).isNotNull();

        world.here.tenants().disable(World.ACTOR, tenant.id());
        assertThat(refusal(token)).isEqualTo(Reason.TENANT);
        world.here.tenants().enable(World.ACTOR, tenant.id());
        assertThat(verify(token)).isNotNull();

        change(tx -> world.here.clients().delete(tx, client.appId()));
        assertThat(refusal(token)).isEqualTo(Reason.CLIENT_UNKNOWN);

        Clients.Created next = world.client(tenant, READ);
        String second = world.token(tenant, next);
        assertThat(verify(second)).isNotNull();
        String kid = world.here.keys().signer(tenant.id()).kid();
        world.here.keys().discard(World.ACTOR, tenant.id(), kid);
        assertThat(refusal(second)).isEqualTo(Reason.KEY_UNKNOWN);

        world.here.tenants().delete(World.ACTOR, tenant.id());
        assertThat(refusal(second)).isEqualTo(Reason.TENANT);
    }

    @Test
    void anotherProcessFollowsWithinASecond() {
        World.Node other = world.node();
        assertThat(other.verifier().verify(token).permissions()).contains(WRITE);

        World.assertHeard(
                other,
                () -> change(tx -> world.here.clients().revoke(tx, client.appId(), WRITE)),
                () -> other.verifier().verify(token).permissions().equals(Set.of(READ)));
        World.assertHeard(
                other,
                () -> change(tx -> world.here.clients().setEnabled(tx, client.appId(), false)),
                () -> refused(other, token, Reason.CLIENT_DISABLED));
        World.assertHeard(
                other,
                () -> world.here.tenants().disable(World.ACTOR, tenant.id()),
                () -> refused(other, token, Reason.TENANT));
    }

    private static boolean refused(World.Node node, String token, Reason reason) {
        try {
            node.verifier().verify(token);
            return false;
        } catch (TokenRefused refusal) {
            return refusal.reason() == reason;
        }
    }

    @Test
    void aRotationLeavesTokensGood() {
        world.here.keys().rotate(World.ACTOR, tenant.id());
        world.clock.advance(KeyRing.AHEAD.minusSeconds(10));
        String late = world.token(tenant, client);
        world.clock.advance(Duration.ofSeconds(20));
        String next = world.token(tenant, client);

        assertThat(kid(next)).isNotEqualTo(kid(late)).isNotEqualTo(kid(token));
        assertThat(verify(late)).isNotNull();
        assertThat(verify(next)).isNotNull();
    }

    private static String kid(String jwt) {
        return Json.part(jwt, 0).path("kid").asString();
    }

    @Test
    void refusesForgeries() throws Exception {
        KeyPair stranger = RawJwt.rsa(2048);
        String header = Json.part(token, 0).toString();
        String claims = Json.part(token, 1).toString();
        RSAKey published =
                world.here.keys().publicKeys(tenant.id()).getKeys().getFirst().toRSAKey();
        String hmac = header.replace("RS256", "HS256");
        String[] parts = token.split("\\.");

        assertThat(refusal(RawJwt.unsigned("{\"alg\":\"none\"}", claims)))
                .isEqualTo(Reason.ALGORITHM);
        assertThat(refusal(RawJwt.hs256(new byte[32], "{\"alg\":\"None\"}", claims)))
                .isEqualTo(Reason.ALGORITHM);
        assertThat(refusal(RawJwt.hs256(published.toRSAPublicKey().getEncoded(), hmac, claims)))
                .isEqualTo(Reason.ALGORITHM);
        assertThat(
                        refusal(
                                RawJwt.ps256(
                                        stranger.getPrivate(),
                                        header.replace("RS256", "PS256"),
                                        claims)))
                .isEqualTo(Reason.ALGORITHM);
        assertThat(refusal(RawJwt.rs256(stranger.getPrivate(), header, claims)))
                .isEqualTo(Reason.SIGNATURE);
        assertThat(refusal(parts[0] + "." + parts[1] + "."))
                .as("no signature")
                .isIn(Reason.SIGNATURE, Reason.MALFORMED);
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        stranger.getPrivate(),
                                        "{\"alg\":\"RS256\",\"kid\":\"unknown\"}",
                                        claims)))
                .isEqualTo(Reason.KEY_UNKNOWN);
        assertThat(refusal(RawJwt.rs256(stranger.getPrivate(), "{\"alg\":\"RS256\"}", claims)))
                .isEqualTo(Reason.KEY_UNKNOWN);
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        stranger.getPrivate(),
                                        "{\"alg\":\"RS256\",\"jwk\":"
                                                + new RSAKey.Builder(
                                                                (RSAPublicKey) stranger.getPublic())
                                                        .build()
                                                        .toJSONString()
                                                + "}",
                                        claims)))
                .as("a key of its own")
                .isEqualTo(Reason.KEY_UNKNOWN);
        for (String nonsense :
                List.of("", "xyz", "a.b.c", "..", token + "x.y", "{}", "e30.e30.e30")) {
            assertThat(refusal(nonsense)).as(nonsense).isEqualTo(Reason.MALFORMED);
        }
        assertThat(refusal("a".repeat(AccessTokenVerifier.TOKEN_CHARS_MAX + 1)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesWhatItsOwnKeyWouldNeverHaveSigned() {
        assertThat(refusal(with("iss", "https://evil.example/" + tenant.id() + "/v2.0")))
                .isEqualTo(Reason.ISSUER);
        assertThat(refusal(with("iss", World.ORIGIN + "/" + tenant.id() + "/v2.0/")))
                .isEqualTo(Reason.ISSUER);
        assertThat(refusal(with("iss", World.ORIGIN + "/" + tenant.id() + "/B2X_1_a/v2.0")))
                .as("a flow's token is none for Graph")
                .isEqualTo(Reason.ISSUER);
        assertThat(refusal(with("iss", World.ORIGIN + "/" + world.tenant().id() + "/v2.0")))
                .as("the key is another tenant's")
                .isEqualTo(Reason.KEY_UNKNOWN);
        assertThat(
                        refusal(
                                with(
                                        "iss",
                                        World.ORIGIN
                                                + "/99999999-9999-4999-8999-999999999999/v2.0")))
                .isEqualTo(Reason.TENANT);
        assertThat(refusal(with("aud", client.appId()))).isEqualTo(Reason.AUDIENCE);
        assertThat(refusal(with("aud", null))).isEqualTo(Reason.AUDIENCE);
        assertThat(refusal(with("exp", null))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(with("exp", "soon"))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(with("nbf", world.clock.now().getEpochSecond() + 301)))
                .isEqualTo(Reason.NOT_YET_VALID);
        assertThat(refusal(with("exp", world.clock.now().getEpochSecond())))
                .isEqualTo(Reason.EXPIRED);
        assertThat(refusal(with("tid", world.tenant().id().toString())))
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(with("idtyp", "user"))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(with("appid", "00000000-0000-4000-8000-000000000000")))
                .isEqualTo(Reason.CLIENT_UNKNOWN);
    }

    @Test
    void acceptsEachNameOfTheAudienceAndEachOrigin() {
        for (String audience :
                List.of(
                        "https://graph.microsoft.com",
                        "https://graph.microsoft.com/",
                        "00000003-0000-0000-c000-000000000000",
                        World.ORIGIN,
                        World.OTHER_ORIGIN)) {
            assertThat(verify(with("aud", audience))).as(audience).isNotNull();
        }
        assertThat(verify(with("iss", World.OTHER_ORIGIN + "/" + tenant.id() + "/v2.0")).tenant())
                .isEqualTo(tenant.id());
        assertThat(verify(with("nbf", world.clock.now().getEpochSecond() + 300)))
                .as("within the tolerated skew")
                .isNotNull();
    }

    /** A token with one claim changed or, for null, left out, signed by the tenant's own key. */
    private String with(String claim, @Nullable Object value) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        Json.part(token, 1)
                .properties()
                .forEach(entry -> claims.claim(entry.getKey(), plain(entry.getValue())));
        claims.claim(claim, value);
        return world.here.keys().signer(tenant.id()).sign(claims.build());
    }

    private static Object plain(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asString).toList()
                : value.isNumber() ? value.asLong() : value.asString();
    }
}
