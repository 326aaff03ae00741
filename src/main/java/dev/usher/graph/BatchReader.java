package dev.usher.graph;

import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of a batch, and puts its requests into an order that serves their dependencies.
 */
final class BatchReader {

    /** Requests of one batch. */
    static final int REQUESTS_MAX = 20;

    /**
     * One request as it stands in the body.
     *
     * @param after the folded ids of the requests that must have succeeded first
     */
    record Item(
            String id,
            String method,
            String url,
            JsonNode headers,
            JsonNode body,
            Set<String> after) {

        String key() {
            return fold(id);
        }
    }

    private BatchReader() {}

    /**
     * @throws Refusal 400 for the batch as a whole
     */
    static List<Item> read(byte[] body) {
        JsonNode requests = json(body).path("requests");
        if (!requests.isArray() || requests.isEmpty() || requests.size() > REQUESTS_MAX) {
            throw invalid("'requests' must be an array of 1 to " + REQUESTS_MAX + " requests");
        }
        Map<String, Item> items = new LinkedHashMap<>();
        for (JsonNode request : requests) {
            Item item = item(request);
            if (items.put(item.key(), item) != null) {
                throw invalid(
                        "the id '" + item.id() + "' is given twice; case does not tell ids apart");
            }
        }
        for (Item item : items.values()) {
            if (!items.keySet().containsAll(item.after())) {
                throw invalid("'" + item.id() + "' depends on a request that is not there");
            }
        }
        return ordered(items);
    }

    private static JsonNode json(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException malformed) {
            throw invalid("the body is no JSON");
        }
    }

    private static Item item(JsonNode request) {
        Set<String> after = new HashSet<>();
        for (JsonNode id : request.path("dependsOn")) {
            after.add(fold(id.asString("")));
        }
        return new Item(
                text(request, "id"),
                text(request, "method").toUpperCase(Locale.ROOT),
                text(request, "url"),
                request.path("headers"),
                request.path("body"),
                after);
    }

    private static String text(JsonNode request, String member) {
        JsonNode value = request.path(member);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw invalid("each request needs '" + member + "', a text");
        }
        return value.stringValue().strip();
    }

    private static List<Item> ordered(Map<String, Item> items) {
        List<Item> ordered = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        List<Item> waiting = new ArrayList<>(items.values());
        while (!waiting.isEmpty()) {
            List<Item> ready =
                    waiting.stream().filter(item -> placed.containsAll(item.after())).toList();
            if (ready.isEmpty()) {
                throw invalid("'" + waiting.getFirst().id() + "' depends on itself in the end");
            }
            ordered.addAll(ready);
            ready.forEach(item -> placed.add(item.key()));
            waiting.removeAll(ready);
        }
        return ordered;
    }

    private static String fold(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static Refusal invalid(String why) {
        return new Refusal(GraphError.SYNTAX, "Invalid batch payload: " + why + ".");
    }
}
