package dev.usher;

import dev.usher.http.Headers;
import dev.usher.http.Response;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A browser without a window: it keeps cookies, follows redirects on our own origin and stops where
 * an application takes over.
 */
public final class WholeBrowser {

    private static final int HOPS_MAX = 10;

    private final WholeApp app;
    private final String network;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Response last = Response.empty(204);
    private String url = "";
    private String cameFrom = "";

    public WholeBrowser(WholeApp app) {
        this.app = app;
        this.network = app.network();
    }

    /** What it holds of ours. */
    public Map<String, String> cookies() {
        return cookies;
    }

    public Response last() {
        return last;
    }

    /** Where it stands: a target of ours, or the address of the application. */
    public String url() {
        return url;
    }

    /** Our own target from which it was led to where it stands. */
    public String cameFrom() {
        return cameFrom;
    }

    public FormPage page() {
        return FormPage.of(new String(last.body(), StandardCharsets.UTF_8));
    }

    /** Whether the application got the person back. */
    public boolean left() {
        return !url.startsWith("/");
    }

    public WholeBrowser open(String target) {
        return go("GET", target, "");
    }

    public WholeBrowser post(String target, String form) {
        return go("POST", target, form);
    }

    /** Presses the button of that id, with what the page holds and these names and values. */
    public WholeBrowser press(String button, String... namesAndValues) {
        return post(url, page().body(button, namesAndValues));
    }

    /** One request, without following where it leads. */
    public Response send(String method, String target, String form) {
        Headers headers = new Headers();
        if (!form.isEmpty()) {
            headers.set("Content-Type", "application/x-www-form-urlencoded");
        }
        if (!cookies.isEmpty()) {
            headers.set(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        Response response = app.send(method, target, headers, form.getBytes(), network);
        response.headers().all("Set-Cookie").forEach(this::keep);
        return response;
    }

    private WholeBrowser go(String method, String target, String form) {
        url = target;
        last = send(method, target, form);
        for (int hop = 0; last.status() == 303; hop++) {
            if (hop == HOPS_MAX) {
                throw new AssertionError("no end of redirects: " + url);
            }
            String next = last.header("Location").orElseThrow();
            if (next.startsWith(app.origin + "/")) {
                next = next.substring(app.origin.length());
            }
            cameFrom = url;
            url = next;
            if (left()) {
                return this;
            }
            last = send("GET", next, "");
        }
        return this;
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

    /** The parameters with which the application got the person back. */
    public Map<String, String> answer() {
        Map<String, String> answer = new HashMap<>();
        String query = left() ? URI.create(url).getRawQuery() : null;
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            answer.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return answer;
    }

    /** A form as it is sent. */
    public static String form(String... namesAndValues) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.add(
                    URLEncoder.encode(namesAndValues[i], StandardCharsets.UTF_8)
                            + "="
                            + URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }

    @Override
    public String toString() {
        return url
                + " -> "
                + last.status()
                + " "
                + new String(last.body(), StandardCharsets.UTF_8)
                        .replaceFirst("(?s)<style>.*</style>", "");
    }
}
