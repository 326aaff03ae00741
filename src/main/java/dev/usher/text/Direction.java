package dev.usher.text;

import java.util.Locale;
import java.util.Set;

/** The way in which a language is written, as HTML's {@code dir} names it. */
public final class Direction {

    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi");

    private Direction() {}

    /**
     * {@code ltr} or {@code rtl}.
     *
     * @param tag of RFC 5646
     */
    public static String of(String tag) {
        return RIGHT_TO_LEFT.contains(Locale.forLanguageTag(tag).getLanguage()) ? "rtl" : "ltr";
    }
}
