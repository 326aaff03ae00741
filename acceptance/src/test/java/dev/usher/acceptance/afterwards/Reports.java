package dev.usher.acceptance.afterwards;

import dev.usher.acceptance.fixture.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the proxy wrote when the last test had run. */
final class Reports {

    private Reports() {}

    static JsonNode secrets() {
        return read("secrets.json");
    }

    /** Rows of the operation list by {@code VERSION METHOD path}. */
    static Map<String, JsonNode> operations() {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        for (JsonNode row : read("operations.json").get("operations")) {
            rows.put(
                    "%s %s %s"
                            .formatted(
                                    row.get("version").asString(),
                                    row.get("method").asString(),
                                    row.get("path").asString()),
                    row);
        }
        return rows;
    }

    private static JsonNode read(String name) {
        Path file = Path.of(System.getProperty("acceptance.work")).resolveSibling(name);
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("run all tests through the proxy first", e);
        }
    }
}
