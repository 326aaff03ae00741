package dev.usher.store;

/** The form in which texts compare where case plays no part. */
public final class Folding {

    private Folding() {}

    /**
     * Simple Unicode mapping of each code point to lower case, as both databases' {@code lower}.
     */
    public static String fold(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
