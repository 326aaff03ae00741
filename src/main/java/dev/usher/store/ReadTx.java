package dev.usher.store;

import dev.usher.ids.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One tenant's data as of one moment. Every statement is bound to the tenant; there is no way to
 * ask without one. Valid only inside the callback that received it, on its thread.
 */
public interface ReadTx {

    TenantId tenant();

    /** The entity of that key, ignoring case. */
    Optional<Entity> find(Kind kind, String parent, String id);

    /** One page. */
    Page query(Query query);

    /** Every page, each of {@code query.limit} entities, one after the other. */
    default List<Entity> all(Query query) {
        Page page = query(query);
        List<Entity> all = new ArrayList<>(page.items());
        while (page.next() != null) {
            page = query(query.behind(page.next()));
            all.addAll(page.items());
        }
        return all;
    }

    /**
     * How many entities the query's scope and filter hold; order, cursor and limit play no part.
     */
    long count(Query query);

    /**
     * One level of an expand in one statement: for each owner, its first {@code query.limit}
     * entities. The query's own scope says how they are reached; its owner is replaced by each of
     * {@code owners} (source keys, or parent paths). Owners without entities are absent from the
     * map.
     */
    Map<String, List<Entity>> expand(Query query, Collection<String> owners);

    /** Whether the link exists. */
    boolean linked(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey);

    /** Who links to this entity: at most {@code limit} of them. */
    List<Incoming> incoming(String targetKind, String targetKey, int limit);

    /** Whom this entity links to by these links, in link order: at most {@code limit} of them. */
    List<Outgoing> outgoing(
            Collection<String> links, String sourceKind, String sourceKey, int limit);

    /**
     * As {@link #outgoing}, with the entities themselves, of kinds that are kept as documents;
     * others are left out.
     */
    List<Target> targets(Collection<String> links, String sourceKind, String sourceKey, int limit);

    /** An entity that a link of that name leads to. */
    record Target(String link, Entity entity) {}

    /** A link seen from its source. */
    record Outgoing(String link, String targetKind, String targetKey) {}

    /** A link seen from its target. */
    record Incoming(String link, String sourceKind, String sourceKey) {}

    /**
     * A statement of a repository's own. The text must bind {@code :tenant}; the value is supplied.
     *
     * @throws IllegalArgumentException if the text does not name {@code :tenant}
     */
    Sql sql(String text);
}
