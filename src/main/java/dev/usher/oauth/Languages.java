package dev.usher.oauth;

import java.util.List;
import java.util.Locale;

/** The languages that a browser's {@code Accept-Language} names (RFC 9110 section 12.5.4). */
final class Languages {

    /** The most languages that count. */
    static final int LANGUAGES_MAX = 20;

    private Languages() {}

    /** Language tags, the best first; empty for a header that cannot be read. */
    static List<String> wanted(String header) {
        try {
            return Locale.LanguageRange.parse(header).stream()
                    .filter(range -> range.getWeight() > 0 && !range.getRange().equals("*"))
                    .map(Locale.LanguageRange::getRange)
                    .limit(LANGUAGES_MAX)
                    .toList();
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }
}
