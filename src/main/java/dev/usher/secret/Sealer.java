package dev.usher.secret;

/**
 * Encrypts secrets that Usher must use again (provider and connector credentials, signing keys).
 * AES-256-GCM under the master key; the context (tenant, kind, key, property path) is
 * authenticated, so a sealed value copied to another row does not open.
 */
public interface Sealer {

    /** Returns printable text that starts with {@code sealed:1:}. */
    String seal(String context, byte[] secret);

    /**
     * Opens what {@link #seal} returned for the same context.
     *
     * @throws IllegalStateException if the text was altered, moved, or sealed under another master
     *     key
     */
    byte[] open(String context, String sealed);
}
