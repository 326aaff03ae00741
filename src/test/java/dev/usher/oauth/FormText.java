package dev.usher.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The body of a form post (application/x-www-form-urlencoded). */
final class FormText {

    private FormText() {}

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> part(entry.getKey()) + "=" + part(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
