package dev.usher.token;

import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.directory.People;
import dev.usher.directory.Person;
import dev.usher.ids.TenantId;
import dev.usher.store.Cached;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What clients may do for people: as of now, but for what another process changed in the last
 * second. Thread-safe.
 */
public final class Delegations {

    /** The most of them kept, over all tenants. */
    public static final int KEPT_MAX = 50_000;

    /**
     * A client acting for a person.
     *
     * @param scopes names of the delegated scopes of Graph that are granted, lower case
     * @param open whether the person may use the client at all
     */
    public record Delegation(Client client, Person person, Set<String> scopes, boolean open) {}

    private record Pair(String appId, String userId) {}

    private final Clients clients;
    private final Cached<Pair, Delegation> kept;

    public Delegations(Store store, Clients clients) {
        this.clients = clients;
        Set<String> kinds = new HashSet<>(Clients.KINDS);
        kinds.addAll(People.KINDS);
        kinds.add(Clients.GRANT_KIND);
        this.kept =
                new Cached<>(
                        store,
                        kinds,
                        KEPT_MAX,
                        (tenant, pair) -> store.read(tenant, tx -> load(tx, pair)));
    }

    /** Empty if there is no such client or person, or no longer. */
    public Optional<Delegation> find(TenantId tenant, String appId, String userId) {
        return kept.get(tenant, new Pair(appId.toLowerCase(Locale.ROOT), userId));
    }

    private Optional<Delegation> load(ReadTx tx, Pair pair) {
        Optional<Client> client = clients.byAppId(tx, pair.appId);
        Optional<Person> person = People.byId(tx, pair.userId);
        if (client.isEmpty() || person.isEmpty()) {
            return Optional.empty();
        }
        Set<String> scopes = new HashSet<>();
        Clients.scopesFor(tx, client.get(), person.get().id())
                .forEach(scope -> scopes.add(scope.toLowerCase(Locale.ROOT)));
        return Optional.of(
                new Delegation(
                        client.get(),
                        person.get(),
                        Set.copyOf(scopes),
                        Clients.open(tx, client.get(), person.get().id())));
    }
}
