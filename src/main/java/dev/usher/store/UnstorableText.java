package dev.usher.store;

/**
 * Text that not every database can keep or look for: it holds U+0000 or half of a surrogate pair.
 */
public final class UnstorableText extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private UnstorableText() {
        super("the text holds U+0000 or half of a surrogate pair");
    }

    /**
     * Returns the text.
     *
     * @throws UnstorableText if it cannot be kept
     */
    public static String check(String text) {
        if (!storable(text)) {
            throw new UnstorableText();
        }
        return text;
    }

    /** Whether every database can keep the text. */
    public static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
