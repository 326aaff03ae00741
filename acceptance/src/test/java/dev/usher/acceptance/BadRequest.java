package dev.usher.acceptance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the bad-input table, written like the request that it sends:
 *
 * <pre>
 * ### name
 * # status code; words that the answer must name
 * METHOD target
 * Header: value
 *
 * body
 * </pre>
 *
 * <p>In a body, {@code \xHH} is a byte and {@code \{N:text}} is the text N times. A request is sent
 * with a good token and {@code Content-Type: application/json} unless it gives its own; {@code
 * Header: -} leaves one out.
 *
 * @param mentions what the error's JSON must contain, ignoring case
 */
record BadRequest(
        String name,
        int status,
        String code,
        List<String> mentions,
        String method,
        String target,
        List<String> headers,
        byte[] body) {

    private static final Pattern REPEAT = Pattern.compile("\\\\\\{(\\d+):([^}]*)}");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    /** Reads the table; {@code fill} replaces placeholders in targets, headers and bodies. */
    static List<BadRequest> parse(String text, UnaryOperator<String> fill) {
        List<BadRequest> rows = new ArrayList<>();
        for (String block : text.split("(?m)^### ")) {
            if (block.contains("\n# ")) {
                rows.add(row(block.stripTrailing(), fill));
            }
        }
        return rows;
    }

    private static BadRequest row(String block, UnaryOperator<String> fill) {
        List<String> lines = block.lines().toList();
        String[] expectation = lines.get(1).substring(2).split(";", 2);
        String[] statusAndCode = expectation[0].strip().split(" ");
        String[] request = fill.apply(expand(lines.get(2))).split(" ", 2);
        int blank = lines.indexOf("");
        int end = blank < 0 ? lines.size() : blank;
        String body = blank < 0 ? "" : String.join("\n", lines.subList(blank + 1, lines.size()));
        return new BadRequest(
                lines.getFirst().strip(),
                Integer.parseInt(statusAndCode[0]),
                statusAndCode[1],
                words(expectation).stream().map(fill).toList(),
                request[0],
                request[1],
                lines.subList(3, end).stream().map(it -> fill.apply(expand(it))).toList(),
                bytes(fill.apply(expand(body))));
    }

    private static List<String> words(String[] expectation) {
        if (expectation.length < 2 || expectation[1].isBlank()) {
            return List.of();
        }
        return List.of(expectation[1].strip().split("\\s*,\\s*"));
    }

    private static String expand(String text) {
        return REPEAT.matcher(text)
                .replaceAll(it ->
                        Matcher.quoteReplacement(
                                it.group(2).repeat(Integer.parseInt(it.group(1)))));
    }

    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher matcher = BYTE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            bytes.writeBytes(
                    text.substring(from, matcher.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(matcher.group(1), 16));
            from = matcher.end();
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** The header lines to send: the row's own, and the usual ones that it does not give. */
    List<String> headersWith(String token) {
        List<String> all = new ArrayList<>();
        addUnlessGiven(all, "Authorization", "Bearer " + token);
        if (body.length > 0) {
            addUnlessGiven(all, "Content-Type", "application/json");
        }
        headers.stream().filter(header -> !header.endsWith(": -")).forEach(all::add);
        return all;
    }

    private void addUnlessGiven(List<String> all, String name, String value) {
        if (headers.stream().noneMatch(it -> it.regionMatches(true, 0, name, 0, name.length()))) {
            all.add(name + ": " + value);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
