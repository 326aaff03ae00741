package dev.usher.acceptance.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The start line and the headers of a message (RFC 9112, 2).
 *
 * @param start the three parts of the start line: method, target and version, or version, status
 *     and reason
 * @param headers names ignoring case
 */
record Head(List<String> start, Map<String, List<String>> headers) {

    /** Empty when the bytes are no head, which a proxy must pass on nevertheless. */
    static Optional<Head> parse(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n");
        List<String> start = List.of(lines[0].split(" ", 3));
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) {
                return Optional.empty();
            }
            headers.computeIfAbsent(lines[i].substring(0, colon), any -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        return start.size() < 2 ? Optional.empty() : Optional.of(new Head(start, headers));
    }

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    boolean chunked() {
        return header("Transfer-Encoding").equalsIgnoreCase("chunked");
    }

    /** The body's length in bytes; -1 when the head gives none. */
    long length() {
        String length = header("Content-Length");
        return length.matches("\\d{1,15}") ? Long.parseLong(length) : -1;
    }

    /** Of a response. */
    int status() {
        return start.get(1).matches("\\d{3}") ? Integer.parseInt(start.get(1)) : 0;
    }
}
