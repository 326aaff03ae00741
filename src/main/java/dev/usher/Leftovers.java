package dev.usher;

import dev.usher.directory.Throttle;
import dev.usher.flow.FlowRunner;
import dev.usher.grant.AuthorizationCodes;
import dev.usher.grant.RefreshTokens;
import dev.usher.ids.TenantId;
import dev.usher.journal.Journal;
import dev.usher.mail.Outbox;
import dev.usher.otp.OneTimeCodes;
import dev.usher.session.JourneyEnds;
import dev.usher.session.Sessions;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What people and applications leave behind at user flows and is good no more: removed in batches
 * that are transactions of their own, so that nobody waits long for one.
 */
final class Leftovers {

    /** Rows in one batch. */
    static final int BATCH_MAX = 500;

    /** The longest window of a throttle is over by then. */
    private static final Duration THROTTLED = Duration.ofDays(1);

    /** The tables, whose sizes are in the metrics. */
    static final List<String> TABLES =
            List.of(
                    "audit",
                    "authorization_code",
                    "document",
                    "journey",
                    "journey_end",
                    "journey_event",
                    "one_time_code",
                    "outgoing_mail",
                    "refresh_family",
                    "sign_in",
                    "sign_in_failure",
                    "sign_up",
                    "sso_session",
                    "sso_sign_in",
                    "throttle",
                    "user_account");

    /** Removes some of a kind; says how many. */
    @FunctionalInterface
    private interface Sweep {
        int of(WriteTx tx, int most);
    }

    private static final List<Sweep> SWEEPS =
            List.of(
                    (tx, most) -> Journal.purge(tx, before(tx), most),
                    (tx, most) -> OneTimeCodes.purge(tx, before(tx), most),
                    (tx, most) -> Outbox.purge(tx, before(tx), most),
                    AuthorizationCodes::purge,
                    RefreshTokens::purge,
                    Sessions::purge,
                    JourneyEnds::purge,
                    (tx, most) -> Throttle.purge(tx, tx.now().minus(THROTTLED), most));

    private final Store store;

    Leftovers(Store store) {
        this.store = store;
    }

    private static Instant before(WriteTx tx) {
        return tx.now().minus(FlowRunner.RETENTION);
    }

    /** Removes all that there is in the tenant; gives the number of things. */
    long purge(TenantId tenant, Actor actor) {
        long removed = 0;
        for (Sweep sweep : SWEEPS) {
            int batch;
            do {
                batch = store.write(tenant, actor, tx -> sweep.of(tx, BATCH_MAX));
                removed += batch;
            } while (batch == BATCH_MAX);
        }
        return removed;
    }
}
