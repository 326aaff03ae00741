package dev.usher.acceptance.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was seen of each line of the operation list. */
final class Recording {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** How a Java SDK announces itself. */
    private static final String SDK = "graph-java";

    static final String BATCH = "/$batch";

    private static final class Seen {
        private final Map<Integer, Integer> statuses = new TreeMap<>();
        private final TreeSet<String> tests = new TreeSet<>();
        private int bySdk;
    }

    private final OperationList operations;
    private final Map<Line, Seen> lines = new LinkedHashMap<>();
    private int exchanges;

    Recording(OperationList operations) {
        this.operations = operations;
        operations.lines().forEach(line -> lines.put(line, new Seen()));
    }

    /** Counts a request and, if it is a batch, the requests inside it. */
    synchronized void add(Exchange exchange) {
        exchanges++;
        Optional<Line> line = operations.match(exchange.method(), exchange.target());
        line.ifPresent(found -> count(found, exchange, exchange.response().status()));
        if (line.isPresent() && line.get().path().equals(BATCH)) {
            Map<String, Integer> statuses = statuses(exchange.responseText());
            for (Inner inner : inner(exchange)) {
                operations
                        .matchInner(line.get().version(), inner.method(), inner.url())
                        .ifPresent(found ->
                                count(found, exchange, statuses.getOrDefault(inner.id(), 0)));
            }
        }
    }

    private void count(Line line, Exchange exchange, int status) {
        Seen seen = lines.get(line);
        seen.statuses.merge(status, 1, Integer::sum);
        seen.tests.add(exchange.test());
        if (exchange.request().header("SdkVersion").contains(SDK)) {
            seen.bySdk++;
        }
    }

    /** A request inside a batch. */
    record Inner(String id, String method, String url) {}

    /** The requests inside a batch; none in what is no batch. */
    static List<Inner> inner(Exchange exchange) {
        List<Inner> found = new ArrayList<>();
        for (JsonNode request : parse(exchange.requestText()).path("requests")) {
            found.add(
                    new Inner(
                            request.path("id").asString(""),
                            request.path("method").asString(""),
                            request.path("url").asString("")));
        }
        return found;
    }

    private static Map<String, Integer> statuses(String body) {
        Map<String, Integer> statuses = new TreeMap<>();
        for (JsonNode response : parse(body).path("responses")) {
            statuses.put(response.path("id").asString(""), response.path("status").asInt(0));
        }
        return statuses;
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException notJson) {
            return MAPPER.createObjectNode();
        }
    }

    /** Writes one object a line of the list: count, statuses, tests. */
    synchronized void write(Path file) {
        List<Object> rows = new ArrayList<>();
        lines.forEach((line, seen) -> rows.add(row(line, seen)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("exchanges", exchanges);
        all.put("operations", rows);
        try {
            Files.writeString(
                    file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> row(Line line, Seen seen) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("version", line.version());
        row.put("method", line.method());
        row.put("path", line.path());
        row.put("works", line.works());
        row.put("count", seen.statuses.values().stream().mapToInt(Integer::intValue).sum());
        row.put(
                "succeeded",
                seen.statuses.entrySet().stream()
                        .filter(status -> line.succeeds(status.getKey()))
                        .mapToInt(Map.Entry::getValue)
                        .sum());
        row.put("bySdk", seen.bySdk);
        row.put("statuses", seen.statuses);
        row.put("tests", seen.tests);
        return row;
    }
}
