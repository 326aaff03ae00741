package dev.usher;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.config.Config;
import dev.usher.directory.Argon2Cost;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.edm.Schema;
import dev.usher.graph.GraphTypes;
import dev.usher.ids.Ids;
import dev.usher.key.KeyRing;
import dev.usher.observe.Observer;
import dev.usher.secret.AesGcmSealer;
import dev.usher.secret.MasterKey;
import dev.usher.secret.Sealer;
import dev.usher.store.Store;
import dev.usher.store.StoreSettings;
import dev.usher.store.Stores;
import dev.usher.tenant.TenantSeed;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import dev.usher.token.Delegations;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The store and the domain services on it, wired: what the server and the commands that open the
 * database have in common.
 */
public record Services(
        Schema schema,
        Store store,
        Sealer sealer,
        Tenants tenants,
        Clients clients,
        GraphPermissions permissions,
        PasswordHasher passwords,
        PasswordSignIn signIn,
        Delegations delegations,
        KeyRing keys,
        Clock clock,
        Ids ids)
        implements AutoCloseable {

    /** Opens the database, migrating it if need be. */
    public static Services open(
            Config config, MasterKey masterKey, Clock clock, Ids ids, Observer observer) {
        StoreSettings settings =
                new StoreSettings(
                        config.databaseUrl(),
                        config.databaseUser(),
                        config.databasePassword(),
                        config.databaseWriters(),
                        config.databaseReaders());
        Sealer sealer = new AesGcmSealer(masterKey, ids);
        CompletableFuture<Schema> reading = CompletableFuture.supplyAsync(Schema::load);
        Store store = Stores.open(settings, clock, ids, sealer, observer);
        GraphPermissions permissions = GraphPermissions.load();
        Clients clients = new Clients(store, ids, permissions);
        Schema schema = reading.join();
        List<TenantSeed> seeds = new ArrayList<>(GraphTypes.seeds(schema.model("beta")));
        seeds.add(clients);
        Tenants tenants = new Tenants(store, ids, seeds);
        KeyRing keys = new KeyRing(store, clock, sealer, observer);
        PasswordHasher passwords =
                new PasswordHasher(
                        Argon2Cost.DEFAULT, Runtime.getRuntime().availableProcessors(), ids);
        return new Services(
                schema,
                store,
                sealer,
                tenants,
                clients,
                permissions,
                passwords,
                new PasswordSignIn(store, passwords, clock, ids),
                new Delegations(store, clients),
                keys,
                clock,
                ids);
    }

    @Override
    public void close() {
        store.close();
    }
}
