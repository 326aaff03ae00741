package dev.usher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.client.Client.SecretCheck;
import dev.usher.ids.TenantId;
import dev.usher.oauth.Certificates;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.RawJwt;
import dev.usher.oauth.World;
import dev.usher.store.WriteTx;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

@ParameterizedClass
@EnumSource(EachDatabase.class)
class ClientsTest {

    private static final String READ = "IdentityUserFlow.Read.All";
    private static final String WRITE = "IdentityUserFlow.ReadWrite.All";
    private static final String APP = "a0000001-0000-4000-8000-000000000001";

    @Parameter EachDatabase database;

    private World world;
    private Clients clients;
    private TenantId tenant;

    @BeforeEach
    void open() {
        world = new World(database.fresh());
        clients = world.here.clients();
        tenant = world.tenant().id();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private <T> T write(Function<WriteTx, T> work) {
        return world.here.store().write(tenant, World.ACTOR, work);
    }

    private boolean did(Predicate<WriteTx> work) {
        return write(work::test);
    }

    private Client client(String appId) {
        return clients.byAppId(tenant, appId).orElseThrow();
    }

    private SecretCheck check(String appId, String secret) {
        return client(appId).check(secret, world.clock.now(tenant));
    }

    @Test
    void createsAnApplicationInTheShapeOfGraph() {
        Clients.Created created =
                write(tx ->
                        clients.create(
                                tx,
                                new NewClient(APP.toUpperCase(), "App", Set.of(READ), null, null)));

        ObjectNode stored =
                world.here
                        .store()
                        .read(
                                tenant,
                                tx ->
                                        tx.find(ClientKinds.APPLICATION, "", created.objectId())
                                                .orElseThrow()
                                                .properties());
        assertThat(created.appId()).isEqualTo(APP);
        assertThat(stored.path("appId").asString()).isEqualTo(APP);
        assertThat(stored.path("signInAudience").asString()).isEqualTo("AzureADMyOrg");
        assertThat(stored.path("createdDateTime").asString()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(stored.at("/requiredResourceAccess/0/resourceAccess/0/id").asString())
                .isEqualTo("1b0c317f-dd31-4305-9932-259a8b6e8099");
        assertThat(stored.at("/passwordCredentials/0/hint").asString())
                .isEqualTo(created.secret().substring(0, 3));
        assertThat(stored.toString()).doesNotContain(created.secret());
    }

    @Test
    void findsTheClientIgnoringCaseAndInItsTenantAlone() {
        Clients.Created created = world.client(world.here.tenants().find(tenant).orElseThrow());

        assertThat(clients.byAppId(tenant, created.appId().toUpperCase())).isPresent();
        assertThat(clients.byAppId(world.tenant().id(), created.appId())).isEmpty();
        assertThat(clients.byAppId(tenant, "no guid")).isEmpty();
        assertThat(client(created.appId()).objectId()).isEqualTo(created.objectId());
    }

    @Test
    void refusesASecondApplicationOfThatId() {
        NewClient wanted = new NewClient(APP, "App", Set.of(), null, null);
        write(tx -> clients.create(tx, wanted));

        assertThatThrownBy(() -> write(tx -> clients.create(tx, wanted)))
                .isInstanceOf(WriteTx.DuplicateKey.class);
    }

    @Test
    void refusesWhatCannotBe() {
        assertRefused(new NewClient("app", "App", Set.of(), null, null), "not a GUID");
        assertRefused(new NewClient(null, "App", Set.of("No.Such"), null, null), "No.Such");
        assertRefused(new NewClient(null, "App", Set.of("openid"), null, null), "openid");
        assertRefused(new NewClient(null, "App", Set.of(), "short", null), "32 characters");
        X509Certificate weak =
                Certificates.of(RawJwt.rsa(1024), "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        assertRefused(new NewClient(null, "App", Set.of(), null, weak), "2048 bits");
    }

    private void assertRefused(NewClient wanted, String why) {
        assertThatThrownBy(() -> write(tx -> clients.create(tx, wanted)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void severalSecretsEachInItsWindow() {
        Clients.Created created =
                write(tx -> clients.create(tx, new NewClient(APP, "App", Set.of(), null, null)));
        Instant now = world.clock.now(tenant);
        Clients.AddedSecret later =
                write(tx ->
                        clients.addSecret(
                                tx,
                                APP,
                                "later",
                                now.plus(Duration.ofHours(1)),
                                now.plus(Duration.ofHours(2))));

        assertThat(created.secret()).hasSize(43).isNotEqualTo(later.secret());
        assertThat(check(APP, created.secret())).isEqualTo(SecretCheck.VALID);
        assertThat(check(APP, created.secret() + "x")).isEqualTo(SecretCheck.WRONG);
        assertThat(check(APP, "")).isEqualTo(SecretCheck.WRONG);
        assertThat(check(APP, later.secret())).as("not yet").isEqualTo(SecretCheck.WRONG);
        world.clock.advance(Duration.ofHours(1));
        assertThat(check(APP, later.secret())).isEqualTo(SecretCheck.VALID);
        world.clock.advance(Duration.ofHours(1));
        assertThat(check(APP, later.secret())).isEqualTo(SecretCheck.EXPIRED);
        assertThat(check(APP, created.secret())).isEqualTo(SecretCheck.VALID);

        assertThat(did(tx -> clients.removeSecret(tx, APP, later.keyId()))).isTrue();
        assertThat(did(tx -> clients.removeSecret(tx, APP, later.keyId()))).isFalse();
        assertThat(check(APP, later.secret())).isEqualTo(SecretCheck.WRONG);
    }

    @Test
    void readsCertificatesBack() {
        X509Certificate certificate =
                Certificates.of(RawJwt.rsa(2048), "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        write(tx -> clients.create(tx, new NewClient(APP, "App", Set.of(), null, certificate)));

        ClientCertificate read = client(APP).certificates().getFirst();
        assertThat(read.key()).isEqualTo(certificate.getPublicKey());
        assertThat(read.sha1()).isEqualTo(Certificates.thumbprint(certificate, "SHA-1"));
        assertThat(read.sha256()).isEqualTo(Certificates.thumbprint(certificate, "SHA-256"));
        assertThat(read.validAt(Instant.parse("2026-06-01T00:00:00Z"))).isTrue();
        assertThat(read.validAt(Instant.parse("2027-01-01T00:00:00Z"))).isFalse();
    }

    @Test
    void grantsAndRevokes() {
        write(tx -> clients.create(tx, new NewClient(APP, "App", Set.of(READ), null, null)));
        assertThat(clients.permissionsOf(tenant, APP)).containsExactly(READ);

        assertThat(did(tx -> clients.grant(tx, APP, WRITE))).isTrue();
        assertThat(did(tx -> clients.grant(tx, APP, WRITE))).isFalse();
        assertThat(clients.permissionsOf(tenant, APP)).containsExactlyInAnyOrder(READ, WRITE);

        assertThat(did(tx -> clients.revoke(tx, APP, READ))).isTrue();
        assertThat(did(tx -> clients.revoke(tx, APP, READ))).isFalse();
        assertThat(clients.permissionsOf(tenant, APP)).containsExactly(WRITE);
        assertThatThrownBy(() -> write(tx -> clients.grant(tx, tenant.toString(), READ)))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void disablesAndDeletes() {
        write(tx -> clients.create(tx, new NewClient(APP, "App", Set.of(READ), null, null)));
        set(false);
        assertThat(client(APP).enabled()).isFalse();
        set(true);
        assertThat(client(APP).enabled()).isTrue();

        write(tx -> {
            clients.delete(tx, APP);
            return true;
        });
        assertThat(clients.byAppId(tenant, APP)).isEmpty();
        write(tx -> clients.create(tx, new NewClient(APP, "App", Set.of(), null, null)));
        assertThat(clients.permissionsOf(tenant, APP)).as("nothing is left").isEmpty();
    }

    private void set(boolean enabled) {
        write(tx -> {
            clients.setEnabled(tx, APP, enabled);
            return true;
        });
    }

    @Test
    void anotherProcessHearsOfTheChange() {
        write(tx -> clients.create(tx, new NewClient(APP, "App", Set.of(READ), null, null)));
        World.Node other = world.node();
        assertThat(other.clients().permissionsOf(tenant, APP)).containsExactly(READ);
        World.assertHeard(
                other,
                () -> write(tx -> clients.revoke(tx, APP, READ)),
                () -> other.clients().permissionsOf(tenant, APP).isEmpty());
    }

    @Test
    void theCatalogueHasEachRoleOnce() {
        GraphPermissions catalogue = GraphPermissions.load();

        assertThat(catalogue.applicationPermissions()).contains(READ, WRITE).hasSizeGreaterThan(50);
        for (String name : catalogue.applicationPermissions()) {
            assertThat(catalogue.roleId(name).flatMap(catalogue::nameOfRole)).contains(name);
        }
    }
}
