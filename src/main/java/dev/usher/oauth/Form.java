package dev.usher.oauth;

import dev.usher.http.Request;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a form or a query string (application/x-www-form-urlencoded, UTF-8). A field
 * without a value counts as left out, one that comes twice is refused (RFC 6749 section 3.2).
 */
record Form(Map<String, String> fields) {

    /** No fields at all. */
    static final Form NONE = new Form(Map.of());

    /** The largest form read, in bytes. */
    static final int BYTES_MAX = 64 * 1024;

    /** The most fields of a form. */
    static final int FIELDS_MAX = 100;

    private static final String TYPE = "application/x-www-form-urlencoded";

    /**
     * The request's body.
     *
     * @throws AadRefused if it is empty, too large, of another type or malformed
     */
    static Form body(Request request) {
        if (request.body().length == 0) {
            throw new AadRefused(AadError.EMPTY_REQUEST);
        }
        String type = request.headers().first("Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE)) {
            throw new AadRefused(AadError.MALFORMED_REQUEST, "its Content-Type is not " + TYPE);
        }
        if (request.body().length > BYTES_MAX) {
            throw new AadRefused(
                    AadError.MALFORMED_REQUEST, "it has more than " + BYTES_MAX + " bytes");
        }
        return parse(new String(request.body(), StandardCharsets.ISO_8859_1));
    }

    /** The request's query string. */
    static Form query(Request request) {
        String query = request.query();
        return query == null ? new Form(Map.of()) : parse(query);
    }

    /** The decoded field. */
    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /**
     * The decoded field.
     *
     * @throws AadRefused if it is left out
     */
    String require(String name) {
        return get(name).orElseThrow(() -> new AadRefused(AadError.MISSING_FIELD, name));
    }

    /**
     * Undoes the encoding of one name or value.
     *
     * @throws AadRefused if it is not percent-encoded UTF-8
     */
    static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        try {
            for (int i = 0; i < encoded.length(); i++) {
                char c = encoded.charAt(i);
                if (c == '%') {
                    bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                    i += 2;
                } else {
                    bytes.write(c == '+' ? ' ' : c);
                }
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException
                | IllegalArgumentException
                | IndexOutOfBoundsException malformed) {
            throw new AadRefused(AadError.MALFORMED_REQUEST, "it is not percent-encoded UTF-8");
        }
    }

    /**
     * The fields of an encoded text.
     *
     * @throws AadRefused if it is malformed
     */
    static Form parse(String text) {
        Map<String, String> fields = new HashMap<>();
        String[] pairs = text.split("&", -1);
        if (pairs.length > FIELDS_MAX) {
            throw new AadRefused(
                    AadError.MALFORMED_REQUEST, "it has more than " + FIELDS_MAX + " fields");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!value.isEmpty() && fields.put(name, value) != null) {
                throw new AadRefused(AadError.DUPLICATE_FIELD, name);
            }
        }
        return new Form(fields);
    }
}
