package dev.usher.page;

import dev.usher.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a browser posts from a form (application/x-www-form-urlencoded, UTF-8). */
final class FormFields {

    /** The largest form, in bytes. */
    static final int BYTES_MAX = 64 * 1024;

    /** The most fields of a form. */
    static final int FIELDS_MAX = 500;

    private FormFields() {}

    /** Every value of each field; nothing of a form that is too large or malformed. */
    static Map<String, List<String>> of(Request request) {
        String[] pairs =
                new String(request.body(), StandardCharsets.ISO_8859_1).split("&", FIELDS_MAX + 2);
        if (request.body().length > BYTES_MAX || pairs.length > FIELDS_MAX) {
            return Map.of();
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        try {
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        } catch (IllegalArgumentException malformed) {
            return Map.of();
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
