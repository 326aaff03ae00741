package dev.usher.store;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of a text: what stands between blanks and symbols; a change from a lower to an upper
 * case letter, or between letters and digits, begins a new one.
 */
public final class Words {

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "(?<=\\p{IsLowercase})(?=\\p{IsUppercase})"
                            + "|(?<=\\p{IsAlphabetic})(?=[0-9])|(?<=[0-9])(?=\\p{IsAlphabetic})"
                            + "|[^\\p{IsAlphabetic}0-9]+");

    private Words() {}

    /** The folded words, in their order. */
    public static List<String> of(String text) {
        return Stream.of(BOUNDARY.split(text))
                .filter(word -> !word.isEmpty())
                .map(Folding::fold)
                .toList();
    }

    /** The folded words, each with a blank before it. */
    static String joined(String text) {
        StringBuilder joined = new StringBuilder();
        of(text).forEach(word -> joined.append(' ').append(word));
        return joined.toString();
    }
}
