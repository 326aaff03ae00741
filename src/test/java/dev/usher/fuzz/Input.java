package dev.usher.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One fuzzed request.
 *
 * @param headers as {@code Name: value}
 */
public record Input(String method, String target, List<String> headers, byte[] body) {

    /**
     * The inputs that once broke something: one JSON object a line, the body's bytes as ISO 8859-1
     * text. A failing run prints its input in this form.
     */
    public static List<Input> regressions(String resource) {
        try (InputStream in = Input.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().map(Input::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Input parse(String line) {
        JsonNode json = JsonMapper.shared().readTree(line);
        List<String> headers = new ArrayList<>();
        json.get("headers").forEach(header -> headers.add(header.stringValue()));
        return new Input(
                json.get("method").stringValue(),
                json.get("target").stringValue(),
                headers,
                json.get("body").stringValue().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public String toString() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("method", method).put("target", target);
        headers.forEach(json.putArray("headers")::add);
        return json.put("body", new String(body, StandardCharsets.ISO_8859_1)).toString();
    }

    /** Percent-encodes what HTTP servers refuse to let through: all but visible ASCII. */
    public static String printable(String target) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '#') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append("%02X".formatted(b & 0xff));
            }
        }
        return encoded.toString();
    }
}
