package dev.usher.mail;

import dev.usher.ids.Ids;
import dev.usher.store.Folding;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mails that are to be sent. A mail is put here in the transaction that needs it, so that it is
 * sent if and only if that commits, and a lost mail server loses nothing. Thread-safe.
 */
public final class Outbox {

    /** Mails that are read at once. */
    public static final int MAILS_MAX = 100;

    /** A mail that was not sent after so many tries is given up. */
    public static final int TRIES_MAX = 12;

    /** How long after the first failed try there is another; it doubles with each. */
    public static final Duration PAUSE = Duration.ofSeconds(30);

    private static final String COLUMNS =
            "select mail_id, address, subject, plain, html, created_at, tries, sent_at"
                    + " from outgoing_mail where tenant_id = :tenant ";

    private final Ids ids;

    public Outbox(Ids ids) {
        this.ids = ids;
    }

    /**
     * A mail in the outbox.
     *
     * @param tries how often it was tried to send it in vain
     * @param sentAt null while it waits
     */
    public record Kept(
            String id, Mail mail, Instant createdAt, int tries, @Nullable Instant sentAt) {}

    /** Puts a mail into the outbox. */
    public void put(WriteTx tx, Mail mail) {
        tx.sql(
                        "insert into outgoing_mail (tenant_id, mail_id, address_key, address,"
                                + " subject, plain, html, created_at, next_try_at, tries)"
                                + " values (:tenant, :id, :key, :address, :subject, :plain, :html,"
                                + " :now, :now, 0)")
                .bind("id", ids.guid().toString())
                .bind("key", Folding.fold(mail.address()))
                .bind("address", mail.address())
                .bind("subject", mail.subject())
                .bind("plain", mail.plain())
                .bind("html", mail.html())
                .bind("now", tx.now())
                .execute();
    }

    /** The mails to an address, in any case, newest first; to everybody if it is null. */
    public static List<Kept> newest(ReadTx tx, @Nullable String address) {
        String narrowed = address == null ? "" : "and address_key = :key ";
        var statement =
                tx.sql(COLUMNS + narrowed + "order by created_at desc, mail_id limit :limit")
                        .bind("limit", MAILS_MAX);
        if (address != null) {
            statement.bind("key", Folding.fold(address));
        }
        return statement.list(Outbox::kept);
    }

    /** The mail of that id. */
    public static Optional<Kept> find(ReadTx tx, String id) {
        return tx.sql(COLUMNS + "and mail_id = :id").bind("id", id).one(Outbox::kept);
    }

    /** Whether there is a mail to be sent. */
    public static boolean isDue(ReadTx tx, Instant now) {
        return tx.sql(
                        "select mail_id from outgoing_mail where tenant_id = :tenant"
                                + " and next_try_at <= :now limit 1")
                .bind("now", now)
                .one(row -> row.text("mail_id"))
                .isPresent();
    }

    /**
     * The mail that waits longest; nobody else gets it before the pause is over, which is what
     * happens if it is not {@link #sent} until then.
     */
    public static Optional<Kept> claim(WriteTx tx) {
        return tx.sql(COLUMNS + "and next_try_at <= :now order by next_try_at, mail_id limit 1")
                .bind("now", tx.now())
                .one(Outbox::kept)
                .filter(mail -> take(tx, mail));
    }

    /** Of several who take the same try of a mail one does. */
    private static boolean take(WriteTx tx, Kept mail) {
        int tries = mail.tries() + 1;
        Duration pause = PAUSE.multipliedBy(1L << Math.min(tries, TRIES_MAX));
        return tx.sql(
                                "update outgoing_mail set tries = :tries, next_try_at = :next"
                                        + " where tenant_id = :tenant and mail_id = :id"
                                        + " and tries = :before and sent_at is null")
                        .bind("tries", tries)
                        .bind("before", mail.tries())
                        .bind("next", tries < TRIES_MAX ? tx.now().plus(pause) : null)
                        .bind("id", mail.id())
                        .execute()
                == 1;
    }

    /** The mail was sent: it is not tried again, and what it said is forgotten. */
    public static boolean sent(WriteTx tx, String id) {
        return tx.sql(
                                "update outgoing_mail set sent_at = :now, next_try_at = null,"
                                        + " plain = '', html = '', subject = ''"
                                        + " where tenant_id = :tenant and mail_id = :id")
                        .bind("now", tx.now())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Forgets mails from before then, so many at most; returns how many. */
    public static int purge(WriteTx tx, Instant before, int most) {
        return tx.sql(
                        "delete from outgoing_mail where tenant_id = :tenant and mail_id in"
                                + " (select mail_id from outgoing_mail where tenant_id = :tenant"
                                + " and created_at < :before order by created_at limit :most)")
                .bind("before", before)
                .bind("most", most)
                .execute();
    }

    private static Kept kept(dev.usher.store.Sql.Row row) {
        return new Kept(
                row.text("mail_id"),
                new Mail(
                        row.text("address"),
                        row.text("subject"),
                        row.text("plain"),
                        row.text("html")),
                row.instant("created_at"),
                (int) row.number("tries"),
                row.instantOrNull("sent_at"));
    }
}
