package dev.usher.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The origins (RFC 6454: scheme, host and port) under which the server is known. What stands in a
 * Host header is only ever looked up here, never echoed.
 */
public final class Origins {

    private final List<String> accepted;
    private final boolean any;

    private Origins(List<String> accepted, boolean any) {
        this.accepted = List.copyOf(accepted);
        this.any = any;
    }

    /**
     * @throws IllegalArgumentException if one of them is not {@code http(s)://host[:port]}
     */
    public static Origins of(List<String> origins) {
        List<String> canonical = new ArrayList<>();
        for (String origin : origins) {
            canonical.add(canonical(origin));
        }
        return new Origins(canonical, false);
    }

    /** Every authority is accepted: for the management port, whose answers hold no links. */
    public static Origins any() {
        return new Origins(List.of(), true);
    }

    /** All of them, in the order of the configuration. */
    public List<String> all() {
        return accepted;
    }

    /** The origin that a request for this authority came to. */
    public Optional<String> match(String scheme, @Nullable String authority) {
        if (authority == null) {
            return any ? Optional.of(scheme + "://localhost") : Optional.empty();
        }
        String asked = withoutDefaultPort(scheme + "://" + authority.toLowerCase(Locale.ROOT));
        return any || accepted.contains(asked) ? Optional.of(asked) : Optional.empty();
    }

    private static String canonical(String origin) {
        String text = origin.strip().toLowerCase(Locale.ROOT);
        if (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        if (!text.matches("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?")) {
            throw new IllegalArgumentException(
                    "not an origin such as https://login.example.com: " + origin);
        }
        return withoutDefaultPort(text);
    }

    private static String withoutDefaultPort(String origin) {
        String port = origin.startsWith("https:") ? ":443" : ":80";
        return origin.endsWith(port)
                ? origin.substring(0, origin.length() - port.length())
                : origin;
    }
}
