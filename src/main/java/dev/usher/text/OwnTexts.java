package dev.usher.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Our own texts of mails and of the pages that end a sign-in, in the languages in which we have
 * them: English, and those of {@code text/others.tsv}.
 */
public final class OwnTexts {

    private static final String OTHERS = "/text/others.tsv";
    private static final int FIELDS = 4;

    private final EnglishTexts english;

    /** By language, part and string id. */
    private final Map<String, String> others = new HashMap<>();

    private final Set<String> languages = new TreeSet<>();

    private OwnTexts(EnglishTexts english, List<String> lines) {
        this.english = english;
        for (String line : lines) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\t", -1);
            if (fields.length != FIELDS || fields[3].isBlank()) {
                throw new IllegalArgumentException("not a text: " + line);
            }
            require(fields[1], fields[2]);
            languages.add(fields[0]);
            others.put(key(fields[0], fields[1], fields[2]), fields[3]);
        }
    }

    /** Reads the texts that the program brings along. */
    public static OwnTexts load() {
        return new OwnTexts(EnglishTexts.load(), EnglishTexts.lines(OTHERS));
    }

    private static String key(String language, String part, String stringId) {
        return language + "\t" + part + "\t" + stringId;
    }

    /**
     * The text in that language, or in the language that its tag begins with, else in English.
     *
     * @param tag of RFC 5646, in any case
     * @throws IllegalArgumentException if there is no such text
     */
    public String text(String tag, String part, String stringId) {
        String language = tag.toLowerCase(Locale.ROOT);
        while (!language.isEmpty()) {
            String found = others.get(key(language, part, stringId));
            if (found != null) {
                return found;
            }
            language = language.substring(0, Math.max(language.lastIndexOf('-'), 0));
        }
        return require(part, stringId);
    }

    private String require(String part, String stringId) {
        return english.part(part).stream()
                .filter(text -> text.stringId().equals(stringId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no text " + part + " " + stringId))
                .value();
    }

    /** The tags of the languages other than English. */
    public Set<String> languages() {
        return Set.copyOf(languages);
    }
}
