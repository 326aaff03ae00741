package dev.usher.tenant;

import dev.usher.store.WriteTx;

/** Something that every tenant holds from its first moment. */
@FunctionalInterface
public interface TenantSeed {

    /** Writes it, in the transaction that creates the tenant. Quick: no slow work in here. */
    void seed(WriteTx tx);
}
