package dev.usher.directory;

import dev.usher.ids.Ids;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hashes passwords by Argon2id and checks them. Parameters stand in the hash, so that they can be
 * raised. Hashing runs in a bounded lane: other work never queues behind it. Thread-safe.
 */
public final class PasswordHasher {

    /** How long a request waits for its turn. */
    public static final long WAIT_MS_MAX = 10_000;

    /** The greatest memory, in KiB, that a stored hash may ask for. */
    public static final int MEMORY_KIB_MAX = 1 << 20;

    /** The most passes that a stored hash may ask for. */
    public static final int ITERATIONS_MAX = 100;

    private static final Pattern ARGON2 =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,4}),p=(\\d{1,2})"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private final Argon2 argon2;
    private final Argon2Cost cost;
    private final Ids ids;
    private final Semaphore lane;
    private final LongAdder turns = new LongAdder();

    /**
     * @param lanes how many passwords are hashed at a time
     */
    public PasswordHasher(Argon2Cost cost, int lanes, Ids ids) {
        this(Argon2.best(), cost, lanes, ids);
    }

    PasswordHasher(Argon2 argon2, Argon2Cost cost, int lanes, Ids ids) {
        this.argon2 = argon2;
        this.cost = cost;
        this.ids = ids;
        this.lane = new Semaphore(lanes, true);
    }

    /** There is no turn for hashing a password within {@link #WAIT_MS_MAX}. */
    public static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("too many passwords are being hashed", null, false, false);
        }
    }

    /**
     * A fresh hash in the PHC string format.
     *
     * @throws Busy if there are too many others
     */
    public String hash(String password) {
        byte[] salt = ids.bytes(Argon2.SALT_BYTES);
        byte[] hash = inLane(() -> argon2.hash(password, salt, cost, Argon2.HASH_BYTES));
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.iterations(),
                        cost.parallelism(),
                        BASE64.encodeToString(salt),
                        BASE64.encodeToString(hash));
    }

    /**
     * Whether the password is the one that the hash was made of, in our own or a foreign format.
     *
     * @throws Busy if there are too many others
     */
    public boolean verify(String password, String stored) {
        if (!known(stored)) {
            return false;
        }
        Matcher own = ARGON2.matcher(stored);
        if (!own.matches()) {
            return inLane(() -> ForeignHashes.verify(password, stored));
        }
        byte[] salt = Base64.getDecoder().decode(own.group(4));
        byte[] expected = Base64.getDecoder().decode(own.group(5));
        byte[] actual = inLane(() -> argon2.hash(password, salt, costOf(own), expected.length));
        return MessageDigest.isEqual(expected, actual);
    }

    /** Whether a hash that was just verified should be made anew with today's parameters. */
    public boolean outdated(String stored) {
        Matcher own = ARGON2.matcher(stored);
        return !own.matches() || !costOf(own).equals(cost);
    }

    /** Whether this is a hash that {@link #verify} can work with. */
    public static boolean known(String stored) {
        Matcher own = ARGON2.matcher(stored);
        if (!own.matches()) {
            return ForeignHashes.known(stored);
        }
        Argon2Cost cost = costOf(own);
        return cost.parallelism() > 0
                && cost.iterations() > 0
                && cost.memoryKib() >= 8 * cost.parallelism()
                && cost.memoryKib() <= MEMORY_KIB_MAX
                && cost.iterations() <= ITERATIONS_MAX;
    }

    private static Argon2Cost costOf(Matcher own) {
        return new Argon2Cost(
                Integer.parseInt(own.group(1)),
                Integer.parseInt(own.group(2)),
                Integer.parseInt(own.group(3)));
    }

    /** How many passwords were hashed or compared so far: what others can measure by the clock. */
    public long turns() {
        return turns.sum();
    }

    private <T> T inLane(Supplier<T> work) {
        try {
            if (!lane.tryAcquire(WAIT_MS_MAX, TimeUnit.MILLISECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
        turns.increment();
        try {
            return work.get();
        } finally {
            lane.release();
        }
    }
}
