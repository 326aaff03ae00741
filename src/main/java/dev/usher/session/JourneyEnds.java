package dev.usher.session;

import dev.usher.store.WriteTx;

/**
 * Which journeys have been answered: an end is good for one answer, so that nobody who finds the
 * browser later signs in by its back button.
 */
public final class JourneyEnds {

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
}
