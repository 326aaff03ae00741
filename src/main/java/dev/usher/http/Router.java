package dev.usher.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint of a request. A pattern is a path of literal segments, compared ignoring case,
 * and {@code {variables}}; a last segment {@code **} takes the rest. The first pattern that fits
 * wins; one that fits but for its method makes a 405 with {@code Allow}, none at all the fallback.
 */
public final class Router implements Handler {

    /** Answers a request whose path variables were found, percent-decoded. */
    @FunctionalInterface
    public interface Endpoint {
        Response handle(Request request, Map<String, String> path);
    }

    private record Route(String method, String pattern, List<String> segments, Endpoint endpoint) {}

    private static final String REST = "**";
    private static final String ANY = "*";

    private final List<Route> routes = new ArrayList<>();
    private final Handler fallback;

    /** A router that hands what it does not know to the fallback. */
    public Router(Handler fallback) {
        this.fallback = fallback;
    }

    /** Adds a route; only before the server starts. Method {@code *} takes every method. */
    public Router on(String method, String pattern, Endpoint endpoint) {
        routes.add(new Route(method, pattern, segments(pattern), endpoint));
        return this;
    }

    @Override
    public Response handle(Request request) {
        List<String> path = segments(request.path());
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> variables = match(route.segments, path);
            if (variables == null) {
                continue;
            }
            if (route.method.equals(ANY) || route.method.equals(request.method())) {
                request.trail().route(route.pattern);
                return route.endpoint.handle(request, variables);
            }
            allowed.add(route.method);
        }
        return allowed.isEmpty()
                ? fallback.handle(request)
                : Response.empty(405).with("Allow", String.join(", ", allowed));
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private static @Nullable Map<String, String> match(List<String> pattern, List<String> path) {
        boolean rest = !pattern.isEmpty() && pattern.getLast().equals(REST);
        int fixed = rest ? pattern.size() - 1 : pattern.size();
        if (path.size() < fixed || (!rest && path.size() > fixed)) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < fixed; i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{")) {
                String value = decode(path.get(i));
                if (value == null) {
                    return null;
                }
                variables.put(expected.substring(1, expected.length() - 1), value);
            } else if (!expected.equalsIgnoreCase(path.get(i))) {
                return null;
            }
        }
        return variables;
    }

    private static @Nullable String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
