package dev.usher.html;

import dev.usher.text.Direction;
import java.util.List;

/**
 * What every page has around its content.
 *
 * @param language a tag of RFC 5646
 * @param title what the window and the heading say
 * @param product who speaks, such as the tenant's name
 * @param notes small print at the foot, a line each, such as a correlation id
 */
public record Frame(String language, String title, String product, List<String> notes) {

    public Frame {
        notes = List.copyOf(notes);
    }

    /** The way in which the language is written: {@code ltr} or {@code rtl}. */
    public String direction() {
        return Direction.of(language);
    }

    /** The first letter of who speaks: the sign beside the name. */
    public String initial() {
        String name = product.strip();
        return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1));
    }

    /** A page in English without small print. */
    public static Frame english(String title, String product) {
        return new Frame("en", title, product, List.of());
    }
}
