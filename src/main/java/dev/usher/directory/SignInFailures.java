package dev.usher.directory;

import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;

/**
 * Wrong passwords of late, for one subject: a person, or a name that nobody has. After {@link
 * #FREE_MAX} of them the subject is locked by each that follows, for longer with every tenth.
 */
public final class SignInFailures {

    /** Wrong passwords in a row that lock nobody out. */
    public static final int FREE_MAX = 9;

    /** The first {@link #ROUND} locks last so long; those of each further round so much longer. */
    public static final Duration LOCK = Duration.ofMinutes(1);

    /** The longest lock. */
    public static final Duration LOCK_MAX = Duration.ofHours(5);

    /** Locks that last equally long. */
    public static final int ROUND = 10;

    /** After so long without another one, wrong passwords are forgotten. */
    public static final Duration MEMORY = LOCK_MAX.plusHours(1);

    private static final long LOCKS_MAX = LOCK_MAX.dividedBy(LOCK);

    private SignInFailures() {}

    /** Whether nobody may sign in as the subject at that time. */
    public static boolean locked(ReadTx tx, String subject, Instant now) {
        return tx.sql(
                        "select locked_until from sign_in_failure"
                                + " where tenant_id = :tenant and subject_key = :subject")
                .bind("subject", subject)
                .one(row -> row.instant("locked_until"))
                .filter(now::isBefore)
                .isPresent();
    }

    /** As {@link #locked}; what others count of the subject waits until this transaction ends. */
    static boolean lockedAndHeld(WriteTx tx, String subject) {
        tx.sql(
                        "update sign_in_failure set failures = failures"
                                + " where tenant_id = :tenant and subject_key = :subject")
                .bind("subject", subject)
                .execute();
        return locked(tx, subject, tx.now());
    }

    /** Counts one more, in one statement: those at the same time each count. */
    public static void count(WriteTx tx, String subject) {
        forgetOne(tx);
        tx.sql(
                        "insert into sign_in_failure"
                                + " (tenant_id, subject_key, failures, last_at, locked_until)"
                                + " values (:tenant, :subject, 1, :now, 0)"
                                + " on conflict (tenant_id, subject_key) do update set"
                                + " failures = case when sign_in_failure.last_at < :forgotten"
                                + " then 1 else sign_in_failure.failures + 1 end,"
                                + " locked_until = case when sign_in_failure.last_at < :forgotten"
                                + " or sign_in_failure.failures < :free"
                                + " then sign_in_failure.locked_until"
                                + " when (sign_in_failure.failures - :free) / :round < :locks - 1"
                                + " then excluded.last_at"
                                + " + ((sign_in_failure.failures - :free) / :round + 1) * :lock"
                                + " else excluded.last_at + :locks * :lock end,"
                                + " last_at = excluded.last_at")
                .bind("subject", subject)
                .bind("now", tx.now())
                .bind("forgotten", tx.now().minus(MEMORY))
                .bind("free", (long) FREE_MAX)
                .bind("locks", LOCKS_MAX)
                .bind("round", (long) ROUND)
                .bind("lock", LOCK.toMillis())
                .execute();
    }

    /** Forgets the subject's, once the right password came. */
    public static void clear(WriteTx tx, String subject) {
        tx.sql(
                        "delete from sign_in_failure"
                                + " where tenant_id = :tenant and subject_key = :subject")
                .bind("subject", subject)
                .execute();
    }

    /** One row in, one old row out: the table grows no larger than it was within the memory. */
    private static void forgetOne(WriteTx tx) {
        tx.sql(
                        "delete from sign_in_failure where tenant_id = :tenant and subject_key ="
                                + " (select subject_key from sign_in_failure"
                                + " where tenant_id = :tenant and last_at < :old"
                                + " order by last_at limit 1)")
                .bind("old", tx.now().minus(MEMORY).minus(LOCK_MAX))
                .execute();
    }
}
