package dev.usher.dev;

import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.client.NewClient;
import dev.usher.ids.Ids;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.tenant.NewTenant;
import dev.usher.tenant.TenantKind;
import dev.usher.tenant.TenantSeed;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the tenants and clients of {@link DevTenant} are in the database and that the
 * secrets and certificates of the directory are theirs, whichever of the two is older.
 */
public final class DevSeeds {

    private static final String READ = "IdentityUserFlow.Read.All";

    private final DevDirectory directory;
    private final DevCertificates certificates;
    private final Store store;
    private final Tenants tenants;
    private final Clients clients;
    private final GraphPermissions permissions;
    private final Clock clock;
    private final Actor actor;

    public DevSeeds(
            DevDirectory directory,
            DevCertificates certificates,
            Store store,
            Tenants tenants,
            Clients clients,
            GraphPermissions permissions,
            Clock clock,
            Ids ids) {
        this.directory = directory;
        this.certificates = certificates;
        this.store = store;
        this.tenants = tenants;
        this.clients = clients;
        this.permissions = permissions;
        this.clock = clock;
        this.actor = new Actor("usher dev", null, ids.guid().toString());
    }

    /** Seeds what is missing. */
    public void ensure() {
        for (DevTenant tenant : DevTenant.all()) {
            if (tenants.find(tenant.id()).isEmpty()) {
                create(tenant);
            } else {
                for (DevTenant.Role role : DevTenant.Role.values()) {
                    ensure(tenant, role);
                }
            }
            application(tenant);
            anywhere(tenant, tenant.clientId(DevTenant.Role.ADMIN));
            anywhere(tenant, tenant.appId());
        }
    }

    private void anywhere(DevTenant tenant, String clientId) {
        boolean known =
                clients.byAppId(tenant.id(), clientId)
                        .filter(client -> client.redirects().anywhere())
                        .isPresent();
        if (!known) {
            write(tenant, tx -> clients.answerAnywhereOnLoopback(tx, clientId));
        }
    }

    private void create(DevTenant tenant) {
        List<NewClient> wanted =
                Stream.of(DevTenant.Role.values()).map(role -> wanted(tenant, role)).toList();
        TenantSeed all = tx -> wanted.forEach(client -> clients.create(tx, client));
        NewTenant registered =
                new NewTenant(
                        tenant.id(), TenantKind.ALL, tenant.label(), List.of(tenant.domain()));
        tenants.create(actor, registered, all);
    }

    private void ensure(DevTenant tenant, DevTenant.Role role) {
        String clientId = tenant.clientId(role);
        Optional<Client> present = clients.byAppId(tenant.id(), clientId);
        if (present.isEmpty()) {
            NewClient wanted = wanted(tenant, role);
            write(tenant, tx -> clients.create(tx, wanted));
            return;
        }
        String secret = directory.secret(tenant, role);
        Instant now = clock.now(tenant.id());
        if (present.get().check(secret, now) != Client.SecretCheck.VALID) {
            Instant end = now.atZone(ZoneOffset.UTC).plus(Clients.SECRET_VALIDITY).toInstant();
            Clients.AddedSecret added =
                    store.write(
                            tenant.id(),
                            actor,
                            tx -> clients.addSecret(tx, clientId, "development", now, end));
            directory.keepSecret(tenant, role, added.secret());
        }
        X509Certificate certificate = certificate(tenant, role);
        if (certificate != null && !holds(present.get(), certificate)) {
            write(tenant, tx -> clients.addCertificate(tx, clientId, certificate));
        }
    }

    /** The application that people use; what it has beside its id is written through Graph. */
    private void application(DevTenant tenant) {
        if (clients.byAppId(tenant.id(), tenant.appId()).isEmpty()) {
            NewClient wanted =
                    new NewClient(tenant.appId(), tenant.label() + " app", Set.of(), null, null);
            write(tenant, tx -> clients.create(tx, wanted));
        }
    }

    private static boolean holds(Client client, X509Certificate certificate) {
        return client.certificates().stream()
                .anyMatch(known -> known.key().equals(certificate.getPublicKey()));
    }

    private void write(DevTenant tenant, Consumer<WriteTx> work) {
        store.write(
                tenant.id(),
                actor,
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    private NewClient wanted(DevTenant tenant, DevTenant.Role role) {
        return new NewClient(
                tenant.clientId(role),
                tenant.label() + " " + role.key(),
                switch (role) {
                    case ADMIN -> permissions.applicationPermissions();
                    case READER -> Set.of(READ);
                    case NONE -> Set.of();
                },
                directory.secret(tenant, role),
                certificate(tenant, role));
    }

    private @Nullable X509Certificate certificate(DevTenant tenant, DevTenant.Role role) {
        return role == DevTenant.Role.ADMIN ? certificates.client(tenant.certificateName()) : null;
    }
}
