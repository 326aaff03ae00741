package dev.usher.directory;

import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often something may happen to somebody within a time. The store counts, so that all nodes
 * count together.
 */
public final class Throttle {

    private Throttle() {}

    /**
     * A limit.
     *
     * @param name of what is limited
     * @param most how often within the time; 0 for as often as one likes
     */
    public record Limit(String name, int most, Duration within) {

        /** What is never reached. */
        public static Limit none(String name) {
            return new Limit(name, 0, Duration.ZERO);
        }

        private String subject(String whom) {
            return name + " " + whom;
        }
    }

    /** It was too often. */
    public static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Duration wait;

        /** Has to wait for so long. */
        public Exceeded(Limit limit, Duration wait) {
            super("more than " + limit.most + " " + limit.name, null, false, false);
            this.wait = wait;
        }

        /** How long to wait, in whole seconds. */
        public long waitSeconds() {
            return Math.max(1, wait.plusMillis(999).toSeconds());
        }
    }

    private record Count(Instant since, long used) {}

    /**
     * Counts one more, if that is not too many.
     *
     * @throws Exceeded if it is; the transaction must not be kept then
     */
    public static void count(WriteTx tx, Limit limit, String whom) {
        if (limit.most == 0) {
            return;
        }
        Count count = add(tx, limit, whom);
        if (count.used > limit.most) {
            throw exceeded(limit, count.since, tx.now());
        }
    }

    /** Counts one more that was let in, however many there are. */
    public static void note(WriteTx tx, Limit limit, String whom) {
        if (limit.most > 0) {
            add(tx, limit, whom);
        }
    }

    private static Count add(WriteTx tx, Limit limit, String whom) {
        return tx.sql(
                        "insert into throttle (tenant_id, subject_key, window_start, used)"
                                + " values (:tenant, :subject, :now, 1)"
                                + " on conflict (tenant_id, subject_key) do update set"
                                + " used = case when throttle.window_start <= :old then 1"
                                + " else throttle.used + 1 end,"
                                + " window_start = case when throttle.window_start <= :old"
                                + " then excluded.window_start"
                                + " else throttle.window_start end"
                                + " returning window_start, used")
                .bind("subject", limit.subject(whom))
                .bind("now", tx.now())
                .bind("old", tx.now().minus(limit.within))
                .one(row -> new Count(row.instant("window_start"), row.number("used")))
                .orElseThrow();
    }

    /**
     * Looks whether one more would be too many.
     *
     * @throws Exceeded if it would
     */
    public static void check(ReadTx tx, Limit limit, String whom, Instant now) {
        if (limit.most == 0) {
            return;
        }
        Optional<Instant> full =
                tx.sql(
                                "select window_start from throttle where tenant_id = :tenant"
                                        + " and subject_key = :subject and window_start > :old"
                                        + " and used >= :most")
                        .bind("subject", limit.subject(whom))
                        .bind("old", now.minus(limit.within))
                        .bind("most", limit.most)
                        .one(row -> row.instant("window_start"));
        if (full.isPresent()) {
            throw exceeded(limit, full.get(), now);
        }
    }

    private static Exceeded exceeded(Limit limit, Instant since, Instant now) {
        return new Exceeded(limit, Duration.between(now, since.plus(limit.within)));
    }

    /** Forgets windows that began before then, so many at most; returns how many. */
    public static int purge(WriteTx tx, Instant before, int most) {
        return tx.sql(
                        "delete from throttle where tenant_id = :tenant and subject_key in"
                                + " (select subject_key from throttle where tenant_id = :tenant"
                                + " and window_start < :before order by window_start limit :most)")
                .bind("before", before)
                .bind("most", most)
                .execute();
    }
}
