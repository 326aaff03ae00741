package dev.usher.acceptance.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Knows every secret that crossed the proxy, and looks for it in everything that the server says
 * later. What a request sends as a secret must not come back at all; what a response hands out,
 * such as a token, must not come a second time.
 */
final class SecretWatch {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Members and form fields whose text is a secret, in lower case. */
    private static final Set<String> SENT =
            Set.of(
                    "password",
                    "newpassword",
                    "currentpassword",
                    "importedpasswordhash",
                    "proof",
                    "clientsecret",
                    "pkcs12value",
                    "certificatedata",
                    "client_secret",
                    "client_assertion");

    private static final Set<String> HANDED_OUT =
            Set.of("secrettext", "newpassword", "access_token", "refresh_token");

    /** Shorter texts, such as the mask, are found in other words too. */
    private static final int LENGTH_MIN = 12;

    /**
     * A secret that is known.
     *
     * @param since when the exchange began that showed it, by the clock of {@link System#nanoTime}
     */
    private record Planted(String origin, long since) {

        /** An answer is noted after its client has it: by then the client may have used it. */
        boolean before(Exchange exchange) {
            return since - exchange.begun() <= 0;
        }

        Planted earlier(Planted other) {
            return since - other.since <= 0 ? this : other;
        }
    }

    private final long start = System.nanoTime();
    private final Map<String, Planted> planted = new ConcurrentHashMap<>();
    private final Set<String> leaks = ConcurrentHashMap.newKeySet();

    /** A secret by itself; {@code origin} says where it comes from. */
    void plant(String secret, String origin) {
        plant(secret, new Planted(origin, start));
    }

    private void plant(String secret, String what, Exchange exchange) {
        plant(secret, new Planted(what + " of " + exchange.test(), exchange.begun()));
    }

    private void plant(String secret, Planted found) {
        if (secret.length() >= LENGTH_MIN) {
            planted.merge(secret, found, Planted::earlier);
        }
    }

    int planted() {
        return planted.size();
    }

    /** What was found, one line each. */
    Set<String> leaks() {
        return new TreeSet<>(leaks);
    }

    void request(Exchange exchange) {
        String authorization = exchange.request().header("Authorization");
        int blank = authorization.indexOf(' ');
        String credentials = authorization.substring(blank + 1).strip();
        String scheme = authorization.substring(0, Math.max(blank, 0)).toLowerCase(Locale.ROOT);
        if (scheme.equals("bearer")) {
            plant(credentials, "bearer token", exchange);
        } else if (scheme.equals("basic")) {
            basic(credentials, exchange);
        }
        learn(exchange.requestText(), exchange.request().header("Content-Type"), SENT, exchange);
    }

    private void basic(String credentials, Exchange exchange) {
        try {
            String pair =
                    new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            plant(decode(pair.substring(pair.indexOf(':') + 1)), "basic authentication", exchange);
        } catch (IllegalArgumentException malformed) {
            plant(credentials, "basic authentication", exchange);
        }
    }

    void response(Exchange exchange) {
        String where = "answer to " + exchange;
        look(where, exchange.responseText(), known -> known.before(exchange));
        look(
                "headers of the " + where,
                exchange.response().headers().toString(),
                known -> known.before(exchange));
        learn(
                exchange.responseText(),
                exchange.response().header("Content-Type"),
                HANDED_OUT,
                exchange);
    }

    /** Looks for every secret known so far. */
    void look(String where, String text) {
        look(where, text, _ -> true);
    }

    private void look(String where, String text, Predicate<Planted> which) {
        planted.forEach((secret, known) -> {
            if (which.test(known) && text.contains(secret)) {
                leaks.add(
                        "%s... (%s) in %s".formatted(secret.substring(0, 8), known.origin, where));
            }
        });
    }

    private void learn(String body, String type, Set<String> names, Exchange exchange) {
        String kind = type.toLowerCase(Locale.ROOT);
        if (kind.contains("form-urlencoded")) {
            for (String field : body.split("&")) {
                int equals = Math.max(field.indexOf('='), 0);
                if (names.contains(field.substring(0, equals).toLowerCase(Locale.ROOT))) {
                    plant(
                            decode(field.substring(equals + 1)),
                            field.substring(0, equals),
                            exchange);
                }
            }
        } else if (kind.contains("json")) {
            try {
                walk(MAPPER.readTree(body), names, exchange);
            } catch (JacksonException notJson) {
                // holds no member
                return;
            }
        }
    }

    private void walk(JsonNode node, Set<String> names, Exchange exchange) {
        node.propertyStream()
                .forEach(member -> {
                    JsonNode value = member.getValue();
                    if (value.isString()
                            && names.contains(member.getKey().toLowerCase(Locale.ROOT))) {
                        plant(value.asString(), member.getKey(), exchange);
                    }
                    walk(value, names, exchange);
                });
        if (node.isArray()) {
            node.forEach(item -> walk(item, names, exchange));
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
