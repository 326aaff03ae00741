package dev.usher.acceptance.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operation list: which line a request belongs to. */
public final class OperationList {

    private static final List<String> VERSIONS = List.of("v1.0", "beta");
    private static final Pattern TENANT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|.+\\..+");

    private final List<Line> lines;

    OperationList(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads the list, and from docs/parity.md which of its operations work. */
    public static OperationList read(Path root) {
        try (Stream<String> parity = Files.lines(root.resolve("docs/parity.md"));
                Stream<String> list =
                        Files.lines(root.resolve("src/main/resources/operations.tsv"))) {
            Set<String> working = new HashSet<>();
            parity.filter(line -> line.contains("| works |"))
                    .map(line -> line.split("\\|"))
                    .forEach(cells -> working.add(cells[2].strip() + " " + cells[3].strip()));
            List<Line> lines = new ArrayList<>();
            list.skip(1).map(line -> line.split("\t")).forEach(cells -> add(cells, working, lines));
            return new OperationList(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(String[] cells, Set<String> working, List<Line> into) {
        for (String version : VERSIONS) {
            if (cells[0].equals(version) || cells[0].equals("both")) {
                boolean works = working.contains(cells[1] + " " + cells[2]);
                into.add(new Line(version, cells[1], cells[2], cells[7], works));
            }
        }
    }

    public List<Line> lines() {
        return lines;
    }

    /** The lines that work. */
    public List<Line> working() {
        return lines.stream().filter(Line::works).toList();
    }

    /**
     * The line that a request belongs to.
     *
     * @param target path and query, as sent
     */
    public Optional<Line> match(String method, String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : decode(target.substring(question + 1));
        List<String> segments = segments(path);
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        return match(segments.getFirst(), method, segments.subList(1, segments.size()), query);
    }

    /** The line of a request inside a batch, whose url has no version. */
    Optional<Line> matchInner(String version, String method, String url) {
        return match(method, "/" + version + (url.startsWith("/") ? "" : "/") + url);
    }

    private Optional<Line> match(
            String version, String method, List<String> segments, String query) {
        List<Line> candidates =
                lines.stream()
                        .filter(line -> line.version().equals(version) && line.takes(method))
                        .toList();
        for (List<String> form : forms(segments)) {
            boolean byQuery = query.contains("@id=");
            Optional<Line> best =
                    candidates.stream()
                            .filter(line -> line.fit(form) >= 0)
                            .filter(line -> byQuery || !line.byQuery())
                            .max(
                                    Comparator.<Line>comparingInt(line -> line.fit(form))
                                            .thenComparing(Line::byQuery));
            if (best.isPresent()) {
                return best;
            }
        }
        return Optional.empty();
    }

    /** As sent; without the tenant in front; either without type casts. */
    private static List<List<String>> forms(List<String> segments) {
        List<List<String>> forms = new ArrayList<>();
        forms.add(segments);
        if (!segments.isEmpty() && TENANT.matcher(segments.getFirst()).matches()) {
            forms.add(segments.subList(1, segments.size()));
        }
        for (List<String> form : List.copyOf(forms)) {
            forms.add(form.stream().filter(segment -> !isCast(segment)).toList());
        }
        return forms;
    }

    /** The namespace may be called by its alias, {@code graph}. */
    private static String unaliased(String segment) {
        return segment.startsWith("graph.") ? "microsoft." + segment : segment;
    }

    private static boolean isCast(String segment) {
        return segment.toLowerCase(Locale.ROOT).startsWith("microsoft.graph.");
    }

    /** Empty segments count for nothing. */
    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(OperationList::decode)
                .map(OperationList::unaliased)
                .flatMap(segment -> Line.parts(segment).stream())
                .toList();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
