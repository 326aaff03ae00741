package dev.usher.directory;

import dev.usher.ids.TenantId;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes log rows that are older than they are to be kept, in batches that are transactions of
 * their own, so that nobody waits long for one. Thread-safe.
 */
public final class Retention {

    /** Rows in one batch. */
    public static final int BATCH_MAX = 1000;

    private static final String AUDITS =
            "delete from audit where tenant_id = :tenant and (logged_at, tx_id, position) in"
                    + " (select logged_at, tx_id, position from audit where tenant_id = :tenant"
                    + " and logged_at < :before order by logged_at, tx_id, position limit :batch)";
    private static final String SIGN_INS =
            "delete from sign_in where tenant_id = :tenant and entity_key in"
                    + " (select entity_key from sign_in where tenant_id = :tenant"
                    + " and created_at < :before order by created_at limit :batch)";
    private static final String SIGN_UPS =
            "delete from sign_up where tenant_id = :tenant and entity_key in"
                    + " (select entity_key from sign_up where tenant_id = :tenant"
                    + " and created_at < :before order by created_at limit :batch)";
    private static final String FAILURES =
            "delete from sign_in_failure where tenant_id = :tenant and subject_key in"
                    + " (select subject_key from sign_in_failure where tenant_id = :tenant"
                    + " and last_at < :before order by last_at limit :batch)";

    private final Store store;
    private final Clock clock;
    private final Duration audits;
    private final Duration signIns;

    /**
     * @param audits how long rows of the audit trail are kept; zero: for ever
     * @param signIns how long sign-ins and sign-ups are kept; zero: for ever
     */
    public Retention(Store store, Clock clock, Duration audits, Duration signIns) {
        this.store = store;
        this.clock = clock;
        this.audits = audits;
        this.signIns = signIns;
    }

    /** Removes what is too old in the tenant; gives the number of rows. */
    public long purge(TenantId tenant, Actor actor) {
        return purge(tenant, actor, AUDITS, audits)
                + purge(tenant, actor, SIGN_INS, signIns)
                + purge(tenant, actor, SIGN_UPS, signIns)
                + purge(
                        tenant,
                        actor,
                        FAILURES,
                        SignInFailures.MEMORY.plus(SignInFailures.LOCK_MAX));
    }

    private long purge(TenantId tenant, Actor actor, String statement, Duration kept) {
        if (kept.isZero()) {
            return 0;
        }
        Instant before = clock.now(tenant).minus(kept);
        long removed = 0;
        int batch;
        do {
            batch = store.write(tenant, actor, tx -> batch(tx, statement, before));
            removed += batch;
        } while (batch == BATCH_MAX);
        return removed;
    }

    private static int batch(WriteTx tx, String statement, Instant before) {
        return tx.sql(statement).bind("before", before).bind("batch", (long) BATCH_MAX).execute();
    }
}
