package dev.usher.client;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.tenant.TenantSeed;
import java.util.Optional;
import java.util.Set;

/** Application registrations and the permissions granted to them. Thread-safe. */
public final class Clients implements TenantSeed {

    /** The shortest client secret that may be chosen by a caller, in characters. */
    public static final int SECRET_CHARS_MIN = 32;

    public Clients(Store store, Ids ids) {}

    /** A registration just made; the secret is readable here and never again. */
    public record Created(String appId, String objectId, String secret) {}

    /** Writes the service principal of Microsoft Graph, whose roles are granted to clients. */
    @Override
    public void seed(WriteTx tx) {
        throw new UnsupportedOperationException();
    }

    public Created create(WriteTx tx, NewClient wanted) {
        throw new UnsupportedOperationException();
    }

    /** Grants a Graph application permission by name; false if it is granted already. */
    public boolean grant(WriteTx tx, String appId, String permission) {
        throw new UnsupportedOperationException();
    }

    /** Takes a permission back; false if it was not granted. */
    public boolean revoke(WriteTx tx, String appId, String permission) {
        throw new UnsupportedOperationException();
    }

    /** Names of the Graph application permissions granted to the client now. */
    public Set<String> permissionsOf(TenantId tenant, String appId) {
        return byAppId(tenant, appId).map(Client::permissions).orElse(Set.of());
    }

    public Optional<Client> byAppId(TenantId tenant, String appId) {
        throw new UnsupportedOperationException();
    }
}
