package dev.usher.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The content coding {@code gzip} (RFC 9110 8.4.1.3) of complete bodies. */
final class Gzip {

    /** Below this the header and trailer of gzip eat what it saves. */
    static final int WORTHWHILE_MIN = 1024;

    private Gzip() {}

    static byte[] compress(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /**
     * Stops one byte above the limit, so that a small bomb cannot grow large here.
     *
     * @return at most {@code max + 1} bytes
     * @throws IOException if the data is not gzip
     */
    static byte[] decompress(byte[] coded, int max) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(coded))) {
            return gzip.readNBytes(max + 1);
        }
    }

    /** Whether the client takes gzip: named, or by {@code *}, and not with weight zero. */
    static boolean accepted(String acceptEncoding) {
        boolean star = false;
        for (String item : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = item.strip().split(";", -1);
            boolean wanted = parts.length < 2 || !parts[1].strip().matches("q=0(\\.0*)?");
            if (parts[0].strip().equals("gzip") || parts[0].strip().equals("x-gzip")) {
                return wanted;
            }
            if (parts[0].strip().equals("*")) {
                star = wanted;
            }
        }
        return star;
    }

    /** Text formats; pictures and fonts are compressed as they are. */
    static boolean compressible(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.startsWith("application/json")
                || type.startsWith("application/xml")
                || type.startsWith("application/javascript")
                || type.startsWith("image/svg+xml");
    }
}
