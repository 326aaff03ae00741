package dev.usher.acceptance.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One request of a client as it stands on the wire, and what the client needs of the answer:
 *
 * <pre>
 * ### name
 * # status: 200 204                  what it takes for success
 * # keep: name = /pointer            a value for later steps, which name it in angle brackets
 * # equal: /pointer = value
 * # contain: text
 * METHOD target
 * Header: value
 *
 * body
 * </pre>
 */
record WireStep(
        String name,
        List<String> statuses,
        List<String> keeps,
        List<String> equals,
        List<String> contains,
        String request,
        List<String> headers,
        String body) {

    /** Reads a file; what stands before the first step describes it. */
    static List<WireStep> parse(String text) {
        List<WireStep> steps = new ArrayList<>();
        String[] blocks = text.split("(?m)^### ");
        for (int i = 1; i < blocks.length; i++) {
            steps.add(step(blocks[i].stripTrailing().lines().toList()));
        }
        return steps;
    }

    private static WireStep step(List<String> lines) {
        int blank = lines.indexOf("");
        int end = blank < 0 ? lines.size() : blank;
        int first = 1;
        while (lines.get(first).startsWith("# ")) {
            first++;
        }
        List<String> facts = lines.subList(1, first);
        return new WireStep(
                lines.getFirst(),
                List.of(facts(facts, "status").getFirst().split(" ")),
                facts(facts, "keep"),
                facts(facts, "equal"),
                facts(facts, "contain"),
                lines.get(first),
                lines.subList(first + 1, end),
                blank < 0 ? "" : String.join("\n", lines.subList(blank + 1, lines.size())));
    }

    private static List<String> facts(List<String> lines, String name) {
        String start = "# " + name + ": ";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    /** The step with its placeholders filled. */
    WireStep with(UnaryOperator<String> fill) {
        return new WireStep(
                name,
                statuses,
                keeps,
                equals.stream().map(fill).toList(),
                contains.stream().map(fill).toList(),
                fill.apply(request),
                headers.stream().map(fill).toList(),
                fill.apply(body));
    }

    String method() {
        return request.substring(0, request.indexOf(' '));
    }

    String target() {
        return request.substring(request.indexOf(' ') + 1);
    }
}
