package dev.usher.directory;

import dev.usher.secret.Sha256;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Optional;

/** The password hashes of people, apart from what is shown of them. */
public final class Credentials {

    /** The kind under which changes stand in the audit trail. */
    public static final String KIND = "credential";

    private Credentials() {}

    /** The stored hash of a person's password; people who sign in elsewhere have none. */
    public static Optional<String> find(ReadTx tx, String userId) {
        return tx.sql("select hash from credential where tenant_id = :tenant and user_key = :user")
                .bind("user", Entity.fold(userId))
                .one(row -> row.text("hash"));
    }

    /** Gives a person a password, by its hash. */
    public static void set(WriteTx tx, String userId, String hash) {
        tx.sql(
                        "insert into credential (tenant_id, user_key, hash, changed_at)"
                                + " values (:tenant, :user, :hash, :now)"
                                + " on conflict (tenant_id, user_key)"
                                + " do update set hash = excluded.hash,"
                                + " changed_at = excluded.changed_at")
                .bind("user", Entity.fold(userId))
                .bind("hash", hash)
                .bind("now", tx.now())
                .execute();
        tx.audit("update", KIND, Entity.fold(userId), null, Sha256.hex(hash));
    }

    /**
     * Gives everybody whose folded principal name lies between these two, both included, the same
     * password by the same hash. Those who have one already are not among them.
     */
    public static void setAll(WriteTx tx, String firstName, String lastName, String hash) {
        tx.sql(
                        "insert into credential (tenant_id, user_key, hash, changed_at)"
                                + " select tenant_id, entity_key, :hash, :now from user_account"
                                + " where tenant_id = :tenant"
                                + " and upn_key >= :first and upn_key <= :last")
                .bind("first", firstName)
                .bind("last", lastName)
                .bind("hash", hash)
                .bind("now", tx.now())
                .execute();
    }

    /**
     * Keeps the same password under a hash of today's parameters, unless it was changed meanwhile.
     */
    static void renew(WriteTx tx, String userId, String old, String renewed) {
        tx.sql(
                        "update credential set hash = :renewed where tenant_id = :tenant"
                                + " and user_key = :user and hash = :old")
                .bind("user", Entity.fold(userId))
                .bind("old", old)
                .bind("renewed", renewed)
                .execute();
    }

    /** Takes a person's password away. */
    public static void remove(WriteTx tx, String userId) {
        int removed =
                tx.sql("delete from credential where tenant_id = :tenant and user_key = :user")
                        .bind("user", Entity.fold(userId))
                        .execute();
        if (removed > 0) {
            tx.audit("delete", KIND, Entity.fold(userId), Sha256.hex(userId), null);
        }
    }
}
