package dev.usher.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The 256-bit key under which every other secret is sealed. */
public final class MasterKey {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** A key file holds one line; anything longer than this is another file. */
    static final long FILE_BYTES_MAX = 1024;

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");

    private final SecretKey key;

    private MasterKey(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "a master key has %d bytes, not %d".formatted(LENGTH, bytes.length));
        }
        key = new SecretKeySpec(bytes, "AES");
    }

    public static MasterKey of(byte[] bytes) {
        return new MasterKey(bytes);
    }

    /**
     * Reads 64 hexadecimal digits, or base64 of either alphabet; white space around it is ignored.
     *
     * @throws IllegalArgumentException if the text is not 32 bytes in one of these forms; the
     *     message does not repeat it
     */
    public static MasterKey parse(String text) {
        String trimmed = text.strip();
        if (HEX.matcher(trimmed).matches()) {
            return new MasterKey(HexFormat.of().parseHex(trimmed));
        }
        try {
            String standard = trimmed.replace('-', '+').replace('_', '/');
            return new MasterKey(Base64.getDecoder().decode(standard));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a master key is 32 bytes, written as 64 hexadecimal digits or as base64");
        }
    }

    /**
     * Reads a file of that text, or of the 32 bytes themselves.
     *
     * @throws IllegalArgumentException if it holds no key
     * @throws IOException if it cannot be read
     */
    public static MasterKey read(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IllegalArgumentException(file + " is too long for a master key");
        }
        byte[] bytes = Files.readAllBytes(file);
        return bytes.length == LENGTH
                ? new MasterKey(bytes)
                : parse(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    SecretKey key() {
        return key;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "MasterKey";
    }
}
