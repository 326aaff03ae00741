package dev.usher.directory;

/**
 * What one Argon2id hash costs.
 *
 * @param memoryKib memory in KiB
 * @param iterations passes over the memory
 * @param parallelism lanes
 */
public record Argon2Cost(int memoryKib, int iterations, int parallelism) {

    /** 7 MiB, five passes, one lane: OWASP's choice for little memory. */
    public static final Argon2Cost DEFAULT = new Argon2Cost(7168, 5, 1);
}
