package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.usher.ids.TenantId;
import dev.usher.oauth.RawJwt;
import dev.usher.oauth.World;
import dev.usher.store.TestDatabases;
import dev.usher.tenant.NewTenant;
import dev.usher.tenant.TenantKind;
import dev.usher.token.TokenRefused.Reason;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of other authorities that the operator trusts. */
class TrustedIssuerTest {

    private static final String ENTRA =
            "https://sts.windows.net/aaaaaaaa-0000-4000-8000-000000000000/";
    private static final URI ENTRA_KEYS = URI.create("https://keys.example/entra");
    private static final String SECOND = "https://issuer.example";
    private static final URI SECOND_KEYS = URI.create("https://keys.example/second");
    private static final TenantId TENANT = TenantId.of("11111111-1111-4111-8111-111111111111");
    private static final String DELEGATED =
            "\"scp\":\"IdentityUserFlow.Read.All  User.Read\",\"oid\":\"person\"";

    private static final KeyPair RSA = RawJwt.rsa(2048);
    private static final KeyPair NEXT = RawJwt.rsa(2048);

    private World world;

    @BeforeEach
    void open() {
        world =
                new World(
                        TestDatabases.sqliteSettings(),
                        new TrustedIssuer(ENTRA, ENTRA_KEYS, "contoso.example", Set.of()),
                        new TrustedIssuer(
                                SECOND, SECOND_KEYS, TENANT.toString(), Set.of("api://usher")));
        world.here
                .tenants()
                .create(
                        World.ACTOR,
                        new NewTenant(
                                TENANT, TenantKind.ALL, "Contoso", List.of("contoso.example")));
        publish(ENTRA_KEYS, rsa(RSA, "one"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void publish(URI url, JWK... keys) {
        world.published.put(url, new JWKSet(List.of(keys)).toString());
    }

    private static JWK rsa(KeyPair pair, String kid) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(kid).build();
    }

    private String claims(String issuer, String audience, String more) {
        long now = world.clock.now().getEpochSecond();
        return "{\"iss\":\"%s\",\"aud\":\"%s\",\"nbf\":%d,\"exp\":%d,\"appid\":\"client\",%s}"
                .formatted(issuer, audience, now, now + 3600, more);
    }

    private String entra(String more) {
        return RawJwt.rs256(
                RSA.getPrivate(),
                "{\"alg\":\"RS256\",\"kid\":\"one\"}",
                claims(ENTRA, Issuers.GRAPH, more));
    }

    private AccessToken verify(String token) {
        return world.here.verifier().verify(token);
    }

    private Reason refusal(String token) {
        TokenRefused refused = catchThrowableOfType(TokenRefused.class, () -> verify(token));
        assertThat(refused).as("the token should be refused").isNotNull();
        return refused.reason();
    }

    @Test
    void aDelegatedTokenSpeaksForAPersonWithRoles() {
        String role = "6E591065-9bad-43ed-90f3-e9424366d2f0";
        AccessToken token = verify(entra(DELEGATED + ",\"wids\":[\"" + role + "\"]"));

        assertThat(token.kind()).isEqualTo(AccountKind.WORK);
        assertThat(token.tenant()).isEqualTo(TENANT);
        assertThat(token.clientId()).isEqualTo("client");
        assertThat(token.userId()).isEqualTo("person");
        assertThat(token.permissions())
                .containsExactlyInAnyOrder("IdentityUserFlow.Read.All", "User.Read");
        assertThat(token.roleIds()).containsExactly(role.toLowerCase());
    }

    @Test
    void aPersonalAccountIsKnownByItsTenantOrProvider() {
        String tid = ",\"tid\":\"9188040d-6c67-4c5b-b112-36a304b66dad\"";

        assertThat(verify(entra(DELEGATED + tid)).kind()).isEqualTo(AccountKind.PERSONAL);
        assertThat(verify(entra(DELEGATED + ",\"idp\":\"live.com\"")).kind())
                .isEqualTo(AccountKind.PERSONAL);
    }

    @Test
    void anApplicationTokenHasRolesAndNoScopes() {
        AccessToken token =
                verify(
                        entra(
                                "\"idtyp\":\"app\",\"roles\":[\"IdentityUserFlow.Read.All\"],"
                                        + "\"oid\":\"principal\",\"scp\":\"User.Read\""));

        assertThat(token.kind()).isEqualTo(AccountKind.APPLICATION);
        assertThat(token.userId()).isNull();
        assertThat(token.permissions()).containsExactly("IdentityUserFlow.Read.All");
        assertThat(verify(entra("\"roles\":[\"User.Read.All\"]")).kind())
                .as("without idtyp and scp")
                .isEqualTo(AccountKind.APPLICATION);
    }

    @Test
    void theRolesOfAPersonAreNoPermissions() {
        assertThat(
                        verify(entra(DELEGATED + ",\"roles\":[\"IdentityUserFlow.ReadWrite.All\"]"))
                                .permissions())
                .doesNotContain("IdentityUserFlow.ReadWrite.All");
    }

    @Test
    void acceptsTheThreeAlgorithmsAndNoOther() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair ec = generator.generateKeyPair();
        publish(
                ENTRA_KEYS,
                rsa(RSA, "one"),
                new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic()).keyID("ec").build());
        String claims = claims(ENTRA, Issuers.GRAPH, DELEGATED);

        assertThat(
                        verify(
                                RawJwt.ps256(
                                        RSA.getPrivate(),
                                        "{\"alg\":\"PS256\",\"kid\":\"one\"}",
                                        claims)))
                .isNotNull();
        assertThat(
                        verify(
                                RawJwt.es256(
                                        ec.getPrivate(),
                                        "{\"alg\":\"ES256\",\"kid\":\"ec\"}",
                                        claims)))
                .isNotNull();
        assertThat(refusal(RawJwt.unsigned("{\"alg\":\"none\"}", claims)))
                .isEqualTo(Reason.ALGORITHM);
        assertThat(
                        refusal(
                                RawJwt.hs256(
                                        RSA.getPublic().getEncoded(),
                                        "{\"alg\":\"HS256\",\"kid\":\"one\"}",
                                        claims)))
                .isEqualTo(Reason.ALGORITHM);
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        RSA.getPrivate(),
                                        "{\"alg\":\"RS256\",\"kid\":\"ec\"}",
                                        claims)))
                .as("the key is of another type")
                .isEqualTo(Reason.KEY_UNKNOWN);
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        NEXT.getPrivate(),
                                        "{\"alg\":\"RS256\",\"kid\":\"one\"}",
                                        claims)))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void refusesAShortKeyAndAnEncryptionKey() {
        KeyPair weak = RawJwt.rsa(1024);
        publish(ENTRA_KEYS, rsa(weak, "one"));
        String claims = claims(ENTRA, Issuers.GRAPH, DELEGATED);
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        weak.getPrivate(),
                                        "{\"alg\":\"RS256\",\"kid\":\"one\"}",
                                        claims)))
                .isEqualTo(Reason.SIGNATURE);

        publish(
                SECOND_KEYS,
                new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                        .keyID("one")
                        .keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION)
                        .build());
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        RSA.getPrivate(),
                                        "{\"alg\":\"RS256\",\"kid\":\"one\"}",
                                        claims(SECOND, "api://usher", DELEGATED))))
                .isEqualTo(Reason.KEY_UNKNOWN);
    }

    @Test
    void anIssuerHasItsOwnAudiencesAndKeys() {
        publish(SECOND_KEYS, rsa(NEXT, "one"));
        String header = "{\"alg\":\"RS256\",\"kid\":\"one\"}";

        assertThat(
                        verify(
                                RawJwt.rs256(
                                        NEXT.getPrivate(),
                                        header,
                                        claims(SECOND, "api://usher", DELEGATED))))
                .isNotNull();
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        NEXT.getPrivate(),
                                        header,
                                        claims(SECOND, Issuers.GRAPH, DELEGATED))))
                .isEqualTo(Reason.AUDIENCE);
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        NEXT.getPrivate(),
                                        header,
                                        claims(ENTRA, Issuers.GRAPH, DELEGATED))))
                .as("signed by another trusted issuer")
                .isEqualTo(Reason.SIGNATURE);
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        RSA.getPrivate(),
                                        header,
                                        claims("https://other.example", Issuers.GRAPH, DELEGATED))))
                .isEqualTo(Reason.ISSUER);
    }

    @Test
    void refusesTokensOutOfTimeOrWithoutClientOrPerson() {
        String token = entra(DELEGATED);
        assertThat(verify(token)).isNotNull();
        world.clock.advance(Duration.ofHours(1));
        assertThat(refusal(token)).isEqualTo(Reason.EXPIRED);

        assertThat(refusal(entra("\"scp\":\"User.Read\""))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(entra(DELEGATED).replaceAll("\\.[^.]*\\.", ".e30.")))
                .isEqualTo(Reason.ISSUER);
        String noClient = claims(ENTRA, Issuers.GRAPH, DELEGATED).replace("appid", "app");
        assertThat(
                        refusal(
                                RawJwt.rs256(
                                        RSA.getPrivate(),
                                        "{\"alg\":\"RS256\",\"kid\":\"one\"}",
                                        noClient)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aDisabledTenantTakesNoOnesTokens() {
        String token = entra(DELEGATED);
        assertThat(verify(token)).isNotNull();

        world.here.tenants().disable(World.ACTOR, TENANT);

        assertThat(refusal(token)).isEqualTo(Reason.TENANT);
    }

    @Test
    void keysAreFetchedOnceAndAgainForAnUnknownOneButNotTooOften() {
        assertThat(verify(entra(DELEGATED))).isNotNull();
        assertThat(verify(entra(DELEGATED + ",\"n\":1"))).isNotNull();
        assertThat(world.fetches).hasValue(1);

        publish(ENTRA_KEYS, rsa(RSA, "one"), rsa(NEXT, "two"));
        String next =
                RawJwt.rs256(
                        NEXT.getPrivate(),
                        "{\"alg\":\"RS256\",\"kid\":\"two\"}",
                        claims(ENTRA, Issuers.GRAPH, DELEGATED));
        assertThat(refusal(next)).as("asked a moment ago").isEqualTo(Reason.KEY_UNKNOWN);
        assertThat(world.fetches).hasValue(1);
        world.clock.advance(RemoteKeys.PAUSE);
        assertThat(verify(next)).isNotNull();
        assertThat(world.fetches).hasValue(2);

        world.clock.advance(RemoteKeys.FRESH);
        assertThat(verify(entra(DELEGATED))).as("fetched anew").isNotNull();
        assertThat(world.fetches).hasValue(3);
    }

    @Test
    void anAuthorityThatIsDownIsDoneWithoutForAWhile() {
        assertThat(verify(entra(DELEGATED))).isNotNull();
        world.published.clear();

        world.clock.advance(RemoteKeys.STALE_MAX.minusSeconds(1));
        assertThat(verify(entra(DELEGATED))).isNotNull();
        world.clock.advance(RemoteKeys.PAUSE);
        assertThat(refusal(entra(DELEGATED))).isEqualTo(Reason.KEYS_UNAVAILABLE);

        publish(ENTRA_KEYS, rsa(RSA, "one"));
        world.clock.advance(RemoteKeys.PAUSE);
        assertThat(verify(entra(DELEGATED))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "null", "[]", "{}", "{\"keys\":[null]}"})
    void whatIsNoKeySetIsNoKeySet(String published) {
        world.published.put(ENTRA_KEYS, published);

        assertThat(refusal(entra(DELEGATED))).isEqualTo(Reason.KEYS_UNAVAILABLE);
    }
}
