package dev.usher.journal;

import dev.usher.store.ReadTx;
import dev.usher.store.UnstorableText;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happened on each journey, in order. Events are texts here; others know what they say. */
public final class Journal {

    /** The most events of one journey. */
    public static final int EVENTS_MAX = 500;

    private Journal() {}

    /**
     * A journey that has begun.
     *
     * @param id names it within its tenant
     * @param secretHash SHA-256 of what the browser that began it holds
     * @param head what it began with
     */
    public record Begun(String id, String secretHash, String head, Instant expiresAt) {}

    /** Opens a journey. */
    public static void begin(WriteTx tx, Begun journey) {
        tx.sql(
                        "insert into journey (tenant_id, journey_id, secret_hash, head, created_at,"
                                + " expires_at)"
                                + " values (:tenant, :id, :secret, :head, :now, :expires)")
                .bind("id", journey.id())
                .bind("secret", journey.secretHash())
                .bind("head", journey.head())
                .bind("now", tx.now())
                .bind("expires", journey.expiresAt())
                .execute();
    }

    /** The journey of that id, expired ones included. */
    public static Optional<Begun> find(ReadTx tx, String id) {
        if (!UnstorableText.storable(id)) {
            return Optional.empty();
        }
        return tx.sql(
                        "select secret_hash, head, expires_at from journey"
                                + " where tenant_id = :tenant and journey_id = :id")
                .bind("id", id)
                .one(row ->
                        new Begun(
                                id,
                                row.text("secret_hash"),
                                row.text("head"),
                                row.instant("expires_at")));
    }

    /** What happened, from the first on. */
    public static List<String> events(ReadTx tx, String id) {
        return tx.sql(
                        "select event from journey_event"
                                + " where tenant_id = :tenant and journey_id = :id"
                                + " order by position")
                .bind("id", id)
                .list(row -> row.text("event"));
    }

    /**
     * Appends what happened next.
     *
     * @param position how many events there are before it
     * @return false if something else happened there already: of two at the same time one loses
     */
    public static boolean append(WriteTx tx, String id, int position, String event) {
        return tx.sql(
                                "insert into journey_event"
                                        + " (tenant_id, journey_id, position, event, happened_at)"
                                        + " values (:tenant, :id, :position, :event, :now)"
                                        + " on conflict (tenant_id, journey_id, position)"
                                        + " do nothing")
                        .bind("id", id)
                        .bind("position", position)
                        .bind("event", event)
                        .bind("now", tx.now())
                        .execute()
                == 1;
    }

    /**
     * Forgets journeys that expired before then, with their events.
     *
     * @param limit the most that are forgotten at once
     * @return how many were
     */
    public static int purge(WriteTx tx, Instant before, int limit) {
        List<String> old =
                tx.sql(
                                "select journey_id from journey where tenant_id = :tenant"
                                        + " and expires_at < :before"
                                        + " order by expires_at limit :limit")
                        .bind("before", before)
                        .bind("limit", limit)
                        .list(row -> row.text("journey_id"));
        for (String id : old) {
            tx.sql("delete from journey_event where tenant_id = :tenant and journey_id = :id")
                    .bind("id", id)
                    .execute();
            tx.sql("delete from journey where tenant_id = :tenant and journey_id = :id")
                    .bind("id", id)
                    .execute();
        }
        return old.size();
    }
}
