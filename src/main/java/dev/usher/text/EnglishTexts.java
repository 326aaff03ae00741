package dev.usher.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the pages of a user flow say in English, by the part of a page that says it. */
public final class EnglishTexts {

    private static final String RESOURCE = "/text/en.tsv";
    private static final int FIELDS = 5;

    private final Map<String, List<Text>> byPart;

    private EnglishTexts(Map<String, List<Text>> byPart) {
        this.byPart = byPart;
    }

    /**
     * One text, named as Graph's language files name it.
     *
     * @param elementId null where the type and the string id suffice
     */
    public record Text(
            String elementType, @Nullable String elementId, String stringId, String value) {}

    /** Reads the texts that the program brings along. */
    public static EnglishTexts load() {
        return parse(lines(RESOURCE));
    }

    /** The lines of a file that the program brings along. */
    static List<String> lines(String name) {
        InputStream resource = EnglishTexts.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IllegalStateException("no " + name);
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws IllegalArgumentException for a line that is none of its kind
     */
    static EnglishTexts parse(List<String> lines) {
        Map<String, List<Text>> byPart = new HashMap<>();
        for (String line : lines) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\t", -1);
            if (fields.length != FIELDS || fields[4].isBlank()) {
                throw new IllegalArgumentException("not a text: " + line);
            }
            byPart.computeIfAbsent(fields[0], _ -> new ArrayList<>())
                    .add(
                            new Text(
                                    fields[1],
                                    fields[2].isEmpty() ? null : fields[2],
                                    fields[3],
                                    fields[4]));
        }
        return new EnglishTexts(byPart);
    }

    /**
     * The texts of one part, in the order in which they are listed.
     *
     * @throws IllegalArgumentException if there is no such part
     */
    public List<Text> part(String name) {
        List<Text> texts = byPart.get(name);
        if (texts == null) {
            throw new IllegalArgumentException("no part " + name);
        }
        return List.copyOf(texts);
    }
}
