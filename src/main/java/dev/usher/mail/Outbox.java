package dev.usher.mail;

import dev.usher.ids.Ids;
import dev.usher.store.Folding;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mails that are to be sent. A mail is put here in the transaction that needs it, so that it is
 * sent if and only if that commits, and a lost mail server loses nothing. Thread-safe.
 */
public final class Outbox {

    /** Mails that are read at once. */
    public static final int MAILS_MAX = 100;

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
