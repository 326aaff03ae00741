package dev.usher.ids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The one source of identifiers and random bytes. Production wires a {@link
 * java.security.SecureRandom}; a simulation wires a seeded generator and gets the same run again.
 */
public final class Ids {

    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** A random (version 4) GUID. */
    public UUID guid() {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(2 * Long.BYTES));
        long high = (bytes.getLong() & ~0xF000L) | 0x4000L;
        long low = (bytes.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }

    /**
     * The GUID (version 3, RFC 9562 5.3) that follows from a name: the same name, the same GUID.
     */
    public static UUID named(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** 32 lower-case hexadecimal digits. */
    public String hex32() {
        return HexFormat.of().formatHex(bytes(16));
    }

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * A row version: random, never negative, so that a deleted and recreated row gets another one.
     */
    public long version() {
        return random.nextLong() & Long.MAX_VALUE;
    }
}
