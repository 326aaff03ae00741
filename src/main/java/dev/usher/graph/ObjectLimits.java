package dev.usher.graph;

import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.store.Kind;
import dev.usher.store.Query;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.util.List;

/**
 * How many objects of a kind a tenant may have.
 *
 * @param flows user flows of every type
 * @param connectors API connectors
 * @param attributes custom user-flow attributes
 * @param federations organisations federated by SAML or WS-Federation
 */
public record ObjectLimits(int flows, int connectors, int attributes, int federations) {

    /** Our own: what the service is measured with. */
    public static final ObjectLimits DEFAULT = new ObjectLimits(50_000, 5_000, 5_000, 5_000);

    /** Those that Microsoft publishes for its own service, where it publishes one. */
    public static final ObjectLimits MICROSOFT =
            new ObjectLimits(200, 20, 100, DEFAULT.federations());

    /** Up to here each create counts; beyond, counting would cost more than creating. */
    private static final int COUNTED_MAX = 5_000;

    /** Of the creates under a larger limit, one in so many milliseconds counts. */
    private static final int SAMPLE_MS = 256;

    /** More than the transactions that can be under way at a time. */
    private static final int CONCURRENT_MAX = 1_000;

    /**
     * Refuses one more. Near the limit the tenant's creates take turns, so that no two of them take
     * the last place. A limit above {@link #COUNTED_MAX} is looked at now and then, and may be
     * overrun by some hundreds.
     *
     * @param types the qualified names of the types that count; empty for all
     * @throws Refusal 403 when there are {@code max}
     */
    static void require(WriteTx tx, Kind kind, List<String> types, int max, String what) {
        if (max > COUNTED_MAX && tx.now().toEpochMilli() % SAMPLE_MS != 0) {
            return;
        }
        Query all =
                new Query(kind, types, new Query.Scope.Children(""), null, List.of(), null, 1, 0);
        if (tx.count(all) + CONCURRENT_MAX < max) {
            return;
        }
        Tenants.serialize(tx);
        long count = tx.count(all);
        if (count >= max) {
            throw new Refusal(
                    GraphError.QUOTA,
                    "The tenant has " + count + " " + what + "; it may have " + max + ".");
        }
    }
}
