package dev.usher.directory;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) by the native library where it loads, else by Bouncy Castle, which takes half
 * as long again. Both give the same bytes.
 */
final class Argon2 {

    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    private final Supplier<Optional<Argon2Advanced>> library;

    private Argon2(Supplier<Optional<Argon2Advanced>> library) {
        this.library = library;
    }

    /** Loaded with the first password: to unpack it takes a tenth of a start. */
    private static final class Native {

        static final Optional<Argon2Advanced> LIBRARY = load();

        private static Optional<Argon2Advanced> load() {
            try {
                Argon2Advanced library =
                        Argon2Factory.createAdvanced(Argon2Types.ARGON2id, SALT_BYTES, HASH_BYTES);
                byte[] probe = library.rawHash(1, 8, 1, new char[] {'a'}, new byte[SALT_BYTES]);
                return probe.length == HASH_BYTES ? Optional.of(library) : Optional.empty();
            } catch (LinkageError absent) {
                return Optional.empty();
            }
        }
    }

    static Argon2 best() {
        return new Argon2(() -> Native.LIBRARY);
    }

    static Argon2 portable() {
        return new Argon2(Optional::empty);
    }

    /**
     * @param bytes how long the hash is
     */
    byte[] hash(String password, byte[] salt, Argon2Cost cost, int bytes) {
        byte[] clear = password.getBytes(StandardCharsets.UTF_8);
        try {
            Optional<Argon2Advanced> fast = bytes == HASH_BYTES ? library.get() : Optional.empty();
            if (fast.isPresent()) {
                return fast.get()
                        .rawHash(
                                cost.iterations(),
                                cost.memoryKib(),
                                cost.parallelism(),
                                clear,
                                salt);
            }
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withIterations(cost.iterations())
                            .withMemoryAsKB(cost.memoryKib())
                            .withParallelism(cost.parallelism())
                            .withSalt(salt)
                            .build());
            byte[] hash = new byte[bytes];
            generator.generateBytes(clear, hash);
            return hash;
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }
}
