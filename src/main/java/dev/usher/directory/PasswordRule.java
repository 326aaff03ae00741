package dev.usher.directory;

/** Which passwords are good enough. */
public final class PasswordRule {

    /** The longest password, in characters. */
    public static final int CHARS_MAX = 256;

    /** The shortest one. */
    public static final int CHARS_MIN = 8;

    /** How many of lower case, upper case, digits and symbols there must be. */
    private static final int CLASSES_MIN = 3;

    private PasswordRule() {}

    /** Whether the length is possible at all. */
    public static boolean possible(String password) {
        int length = password.codePointCount(0, password.length());
        return length >= CHARS_MIN && length <= CHARS_MAX;
    }

    /** Whether the password is long enough and has characters of three of the four classes. */
    public static boolean strong(String password) {
        int classes = 0;
        classes += password.codePoints().anyMatch(Character::isLowerCase) ? 1 : 0;
        classes += password.codePoints().anyMatch(Character::isUpperCase) ? 1 : 0;
        classes += password.codePoints().anyMatch(Character::isDigit) ? 1 : 0;
        classes +=
                password.codePoints().anyMatch(point -> !Character.isLetterOrDigit(point)) ? 1 : 0;
        return possible(password) && classes >= CLASSES_MIN;
    }
}
