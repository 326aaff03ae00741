package dev.usher.time;

import dev.usher.ids.TenantId;
import java.time.Instant;

/**
 * Time as an input. Everything that happens inside a tenant asks for that tenant's time, so that
 * development mode can move one tenant's clock without touching another's.
 */
public interface Clock {

    /** The tenant's time. */
    Instant now(TenantId tenant);

    /** The machine's time: for what belongs to no tenant (logs, TLS, time-outs). */
    Instant now();

    /** The machine's time for everyone. */
    static Clock system() {
        java.time.Clock utc = java.time.Clock.systemUTC();
        return new Clock() {
            @Override
            public Instant now(TenantId tenant) {
                return utc.instant();
            }

            @Override
            public Instant now() {
                return utc.instant();
            }
        };
    }
}
