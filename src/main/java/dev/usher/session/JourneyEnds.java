package dev.usher.session;

import dev.usher.store.WriteTx;
import java.time.Duration;

/**
 * Which journeys have been answered: an end is good for one answer, so that nobody who finds the
 * browser later signs in by its back button.
 */
public final class JourneyEnds {

    /** How long it is remembered that a journey was answered: longer than any journey is. */
    public static final Duration REMEMBERED = Duration.ofDays(8);

    private JourneyEnds() {}

    /** Uses up the end of a journey: of all who try, one is told true. */
    public static boolean use(WriteTx tx, String journeyId) {
        return tx.sql(
                                "insert into journey_end (tenant_id, journey_id, used_at) values"
                                        + " (:tenant, :journey, :now) on conflict (tenant_id,"
                                        + " journey_id) do nothing")
                        .bind("journey", journeyId)
                        .bind("now", tx.now())
                        .execute()
                == 1;
    }

    /** Forgets answers of long ago, so many at most; returns how many there were. */
    public static int purge(WriteTx tx, int most) {
        return tx.sql(
                        "delete from journey_end where tenant_id = :tenant and journey_id in"
                                + " (select journey_id from journey_end where tenant_id = :tenant"
                                + " and used_at < :before order by used_at limit :most)")
                .bind("before", tx.now().minus(REMEMBERED))
                .bind("most", most)
                .execute();
    }
}
