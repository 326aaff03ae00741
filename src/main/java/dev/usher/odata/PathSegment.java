package dev.usher.odata;

import org.jspecify.annotations.Nullable;

/**
 * One segment of a resource path, percent-decoded.
 *
 * @param name the text before a parenthesis
 * @param argument the text inside the parenthesis, null when there is none; {@code ''} for {@code
 *     ()}
 */
public record PathSegment(String name, @Nullable String argument) {

    /** The segment as one text, for a key that happens to hold parentheses. */
    public String text() {
        return argument == null ? name : name + "(" + argument + ")";
    }

    /** Whether it is a bare name, or one with empty parentheses. */
    public boolean plain() {
        return argument == null || argument.isEmpty();
    }
}
