package dev.usher.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.ids.TenantId;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.observe.Observation;
import dev.usher.store.StoreSettings;
import dev.usher.store.TestDatabases;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(EachDatabase.class)
class KeyRingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Parameter EachDatabase database;

    private StoreSettings settings;
    private World world;
    private KeyRing keys;
    private TenantId tenant;

    @BeforeEach
    void open() {
        settings = database.fresh();
        world = new World(settings);
        keys = world.here.keys();
        tenant = world.tenant().id();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<String> published(KeyRing ring) {
        return ring.publicKeys(tenant).getKeys().stream().map(JWK::getKeyID).toList();
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder().subject("someone").build();
    }

    @Test
    void signsSoThatThePublishedKeyVerifies() throws Exception {
        SigningKey key = keys.signer(tenant);
        SignedJWT token = SignedJWT.parse(key.sign(claims()));
        JWK published = keys.publicKeys(tenant).getKeys().getFirst();

        assertThat(token.verify(new RSASSAVerifier(published.toRSAKey()))).isTrue();
        assertThat(token.getHeader().getKeyID())
                .isEqualTo(published.computeThumbprint().toString())
                .isEqualTo(key.kid());
        assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(published.toJSONObject()).containsOnlyKeys("kty", "use", "kid", "alg", "n", "e");
        assertThat(key.verifies(token)).isTrue();
    }

    @Test
    void saysSoWhereTheNativeLibraryDoesNotSign() {
        boolean degraded = world.observed.stream().anyMatch(Observation.Degraded.class::isInstance);

        assertThat(keys.provider())
                .isEqualTo(degraded ? "JDK" : AmazonCorrettoCryptoProvider.PROVIDER_NAME);
    }

    @Test
    void keysOfTwoTenantsDiffer() {
        assertThat(keys.signer(tenant).kid()).isNotEqualTo(keys.signer(world.tenant().id()).kid());
    }

    @Test
    void makesNoKeyForATenantThatDoesNotExist() {
        TenantId nobody = TenantId.of("99999999-9999-4999-8999-999999999999");

        assertThatThrownBy(() -> keys.signer(nobody)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSuccessorIsPublishedBeforeItSignsAndThePredecessorAfterwards() {
        String first = keys.signer(tenant).kid();
        String second = keys.rotate(World.ACTOR, tenant);

        assertThat(published(keys)).containsExactly(first, second);
        assertThat(keys.signer(tenant).kid()).isEqualTo(first);
        assertThat(keys.rotate(World.ACTOR, tenant)).as("one at a time").isEqualTo(second);

        world.clock.advance(KeyRing.AHEAD.minus(SECOND));
        assertThat(keys.signer(tenant).kid()).isEqualTo(first);
        world.clock.advance(SECOND);
        assertThat(keys.signer(tenant).kid()).isEqualTo(second);
        assertThat(published(keys)).containsExactly(first, second);

        world.clock.advance(KeyRing.OVERLAP.minus(SECOND));
        assertThat(keys.find(tenant, first)).isPresent();
        world.clock.advance(SECOND);
        assertThat(keys.find(tenant, first)).isEmpty();
        assertThat(published(keys)).containsExactly(second);

        String third = keys.rotate(World.ACTOR, tenant);
        assertThat(published(keys)).containsExactly(second, third);
        assertThat(rows()).as("the withdrawn key is forgotten").isEqualTo(2);
    }

    @Test
    void aDiscardedKeyIsReplacedAtOnceEvenByNoneOfThePast() {
        String first = keys.signer(tenant).kid();
        String second = keys.rotate(World.ACTOR, tenant);
        world.clock.advance(KeyRing.AHEAD);
        assertThat(keys.signer(tenant).kid()).isEqualTo(second);

        assertThat(keys.discard(World.ACTOR, tenant, second)).isTrue();
        assertThat(keys.discard(World.ACTOR, tenant, second)).isFalse();

        assertThat(keys.find(tenant, second)).isEmpty();
        assertThat(keys.signer(tenant).kid()).isNotIn(first, second);
        assertThat(keys.find(tenant, first)).as("its tokens are still good").isPresent();
    }

    @Test
    void anotherProcessSharesTheKeysAndHearsOfChanges() {
        World.Node other = world.node();
        String kid = keys.signer(tenant).kid();
        assertThat(other.keys().signer(tenant).kid()).isEqualTo(kid);
        World.assertHeard(
                other,
                () -> keys.discard(World.ACTOR, tenant, kid),
                () -> other.keys().find(tenant, kid).isEmpty());
    }

    @Test
    void thePrivateKeyIsSealed() {
        keys.signer(tenant);

        String stored =
                world.here
                        .store()
                        .read(
                                tenant,
                                tx ->
                                        tx.sql(
                                                        "select private_key from signing_key where"
                                                                + " tenant_id = :tenant")
                                                .one(row -> row.text("private_key"))
                                                .orElseThrow());
        assertThat(stored).startsWith("sealed:1:");
    }

    @Test
    void theJdkSignsWhereTheNativeLibraryDoesNotLoad() throws Exception {
        KeyRing plain =
                new KeyRing(
                        world.here.store(), world.clock, TestDatabases.sealer(), RsaCrypto::jdk);
        SignedJWT token = SignedJWT.parse(plain.signer(tenant).sign(claims()));

        assertThat(plain.provider()).isEqualTo("JDK");
        assertThat(keys.find(tenant, plain.signer(tenant).kid()).orElseThrow().verifies(token))
                .as("whichever provider made the key, the other can use it")
                .isTrue();
    }

    private int rows() {
        return world.here
                .store()
                .read(
                        tenant,
                        tx ->
                                tx.sql("select kid from signing_key where tenant_id = :tenant")
                                        .list(row -> row.text("kid"))
                                        .size());
    }
}
