package dev.usher.otp;

import dev.usher.ids.Ids;
import dev.usher.secret.Sha256;
import dev.usher.store.Folding;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Codes that prove an address: six digits, bound to a journey and an address, good once and for a
 * while. All counting is done by the database, so that every node counts alike. Thread-safe.
 */
public final class OneTimeCodes {

    /** How long a code is good. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Wrong tries with one code, the last of which spoils it. */
    public static final int TRIES_MAX = 5;

    /** How long a journey waits before it has a second code sent to the same address. */
    public static final Duration PAUSE = Duration.ofSeconds(30);

    /** Codes for one address, of all journeys together, within {@link #WINDOW}. */
    public static final int CODES_MAX = 10;

    /** See {@link #CODES_MAX}. */
    public static final Duration WINDOW = Duration.ofHours(1);

    private static final int CODES = 1_000_000;

    private final Ids ids;

    public OneTimeCodes(Ids ids) {
        this.ids = ids;
    }

    /** What came of comparing a code. */
    public enum Check {
        RIGHT,
        WRONG,
        /** Wrong, and there is no further try. */
        SPOILED,
        EXPIRED
    }

    /**
     * Makes a code; those that the journey has for the address from before are good no more.
     *
     * @return the code; empty if there were too many, or the last was too short a time ago
     */
    public Optional<String> issue(WriteTx tx, String journey, String address) {
        String key = Folding.fold(address);
        tx.hold("codes for " + key);
        Latest latest = latest(tx, journey, key);
        if (latest.at().plus(PAUSE).isAfter(tx.now()) || recent(tx, key) >= CODES_MAX) {
            return Optional.empty();
        }
        String code = code();
        tx.sql(
                        "insert into one_time_code (tenant_id, journey_id, address_key, position,"
                                + " code_hash, tries_left, created_at, expires_at)"
                                + " values (:tenant, :journey, :address, :position, :hash, :tries,"
                                + " :now, :expires)")
                .bind("journey", journey)
                .bind("address", key)
                .bind("position", latest.position() + 1)
                .bind("hash", hash(journey, key, code))
                .bind("tries", TRIES_MAX)
                .bind("now", tx.now())
                .bind("expires", tx.now().plus(LIFETIME))
                .execute();
        return Optional.of(code);
    }

    /** Uniform over all codes: what does not divide evenly is drawn again. */
    private String code() {
        int bound = Integer.MAX_VALUE - Integer.MAX_VALUE % CODES;
        int drawn;
        do {
            drawn = ByteBuffer.wrap(ids.bytes(Integer.BYTES)).getInt() & Integer.MAX_VALUE;
        } while (drawn >= bound);
        return "%06d".formatted(drawn % CODES);
    }

    private static String hash(String journey, String address, String code) {
        return Sha256.hex(journey + "\n" + address + "\n" + code);
    }

    /** The newest code of a journey for an address; position 0 if there is none. */
    private record Latest(int position, Instant at) {}

    private static Latest latest(ReadTx tx, String journey, String address) {
        return tx.sql(
                        "select position, created_at from one_time_code where tenant_id = :tenant"
                                + " and journey_id = :journey and address_key = :address"
                                + " order by position desc limit 1")
                .bind("journey", journey)
                .bind("address", address)
                .one(row -> new Latest((int) row.number("position"), row.instant("created_at")))
                .orElse(new Latest(0, Instant.EPOCH));
    }

    private static long recent(WriteTx tx, String address) {
        return tx.sql(
                        "select count(*) as codes from one_time_code where tenant_id = :tenant"
                                + " and address_key = :address and created_at > :since")
                .bind("address", address)
                .bind("since", tx.now().minus(WINDOW))
                .one(row -> row.number("codes"))
                .orElse(0L);
    }

    /**
     * Compares with the newest code and counts the try, in one statement: of two tries at the same
     * time with the right code one is right.
     */
    public Check check(WriteTx tx, String journey, String address, String code) {
        String key = Folding.fold(address);
        Latest latest = latest(tx, journey, key);
        Optional<Check> compared =
                tx.sql(
                                "update one_time_code set"
                                        + " consumed_at = case when code_hash = :hash"
                                        + " then cast(:now as bigint) end,"
                                        + " tries_left = tries_left - 1"
                                        + " where tenant_id = :tenant and journey_id = :journey"
                                        + " and address_key = :address and position = :position"
                                        + " and consumed_at is null and tries_left > 0"
                                        + " and expires_at > :now"
                                        + " returning consumed_at, tries_left")
                        .bind("hash", hash(journey, key, code))
                        .bind("journey", journey)
                        .bind("address", key)
                        .bind("position", latest.position())
                        .bind("now", tx.now())
                        .one(row ->
                                row.instantOrNull("consumed_at") != null
                                        ? Check.RIGHT
                                        : row.number("tries_left") > 0
                                                ? Check.WRONG
                                                : Check.SPOILED);
        return compared.orElseGet(
                () -> latest.at().plus(LIFETIME).isAfter(tx.now()) ? Check.SPOILED : Check.EXPIRED);
    }

    /** Forgets codes that expired before then, so many at most; returns how many. */
    public static int purge(WriteTx tx, Instant before, int most) {
        return tx.sql(
                        "delete from one_time_code where tenant_id = :tenant and (journey_id,"
                                + " address_key, position) in (select journey_id, address_key,"
                                + " position from one_time_code where tenant_id = :tenant and"
                                + " expires_at < :before order by expires_at limit :most)")
                .bind("before", before)
                .bind("most", most)
                .execute();
    }
}
