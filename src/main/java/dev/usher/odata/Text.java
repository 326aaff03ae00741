package dev.usher.odata;

/** What counts as text that every database keeps. */
final class Text {

    private Text() {}

    /** Whether the text holds neither U+0000 nor half a surrogate pair. */
    static boolean storable(String text) {
        return text.codePoints()
                .noneMatch(point ->
                        point == 0
                                || (point >= Character.MIN_SURROGATE
                                        && point <= Character.MAX_SURROGATE));
    }
}
