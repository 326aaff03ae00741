package dev.usher.oauth;

import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Router;
import dev.usher.http.Trail;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A browser without a window: it keeps cookies and follows nothing by itself. */
final class Browser {

    private final Router router;
    private final String origin;
    final Map<String, String> cookies = new TreeMap<>();

    /** The header of that name; sent unless empty. */
    String authorization = "";

    Browser(Router router, String origin) {
        this.router = router;
        this.origin = origin;
    }

    /** Gets an address of ours, absolute or from the root. */
    Response get(String address) {
        return send("GET", address, "");
    }

    Response post(String address, String form) {
        return send("POST", address, form);
    }

    private Response send(String method, String address, String form) {
        String target = address.startsWith(origin) ? address.substring(origin.length()) : address;
        int mark = target.indexOf('?');
        Headers headers = new Headers();
        if (!form.isEmpty()) {
            headers.set("Content-Type", "application/x-www-form-urlencoded");
        }
        if (!authorization.isEmpty()) {
            headers.set("Authorization", authorization);
        }
        if (!cookies.isEmpty()) {
            headers.set(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        Response response =
                router.handle(
                        new Request(
                                method,
                                origin,
                                mark < 0 ? target : target.substring(0, mark),
                                mark < 0 ? null : target.substring(mark + 1),
                                headers,
                                form.getBytes(StandardCharsets.UTF_8),
                                "00000000-0000-4000-8000-00000000000a",
                                "00000000-0000-4000-8000-00000000000b",
                                "127.0.0.1",
                                new Trail()));
        response.headers().all("Set-Cookie").forEach(this::keep);
        return response;
    }

    private void keep(String header) {
        String pair = header.substring(0, header.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (header.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }

    /** Where a redirect leads. */
    static String location(Response response) {
        return response.header("Location")
                .orElseThrow(() ->
                        new AssertionError(
                                response.status()
                                        + " "
                                        + new String(response.body(), StandardCharsets.UTF_8)));
    }

    /** The answer that a redirect carries in its query or fragment. */
    static Map<String, String> answer(Response response) {
        URI uri = URI.create(location(response));
        String text = uri.getRawFragment() == null ? uri.getRawQuery() : uri.getRawFragment();
        return new TreeMap<>(Form.parse(text == null ? "" : text).fields());
    }

    static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
