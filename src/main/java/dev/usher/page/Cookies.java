package dev.usher.page;

import dev.usher.http.Request;
import java.util.Optional;

/** Reads the cookies of a request (RFC 6265 section 4.2). */
final class Cookies {

    private Cookies() {}

    static Optional<String> find(Request request, String name) {
        for (String line : request.headers().all("Cookie")) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
