package dev.usher.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute that a flow asks for.
 *
 * @param id of the attribute, which is the property of the person that holds the answer
 * @param element its name on pages: without the application, for a custom attribute
 * @param label what the flow calls it
 * @param dataType {@code string}, {@code boolean}, {@code int64}, {@code stringCollection} or
 *     {@code dateTime}
 * @param choices what can be chosen, for input types that offer a choice
 * @param pattern the RE2 expression that the whole answer must match; null for none
 */
public record Field(
        String id,
        String element,
        String label,
        Input input,
        String dataType,
        boolean required,
        int lengthMax,
        List<Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String pattern) {

    /** The name that people sign in with, where it is theirs to choose. */
    static final Field USER_NAME =
            new Field(
                    "signInName",
                    "signInName",
                    "User name",
                    Input.TEXT_BOX,
                    "string",
                    true,
                    64,
                    List.of(),
                    "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

    public Field {
        choices = List.copyOf(choices);
    }

    /** The name on pages of the attribute of that id. */
    static String element(String id) {
        return id.replaceFirst("(?i)^extension_[0-9a-f]{32}_", "extension_");
    }

    /** How it is entered; names as in Graph, lower case. */
    public enum Input {
        TEXT_BOX,
        EMAIL_BOX,
        DATE_TIME_DROPDOWN,
        RADIO_SINGLE_SELECT,
        DROPDOWN_SINGLE_SELECT,
        CHECKBOX_MULTI_SELECT;

        /** Whether it offers a choice. */
        public boolean offersChoice() {
            return this == RADIO_SINGLE_SELECT
                    || this == DROPDOWN_SINGLE_SELECT
                    || this == CHECKBOX_MULTI_SELECT;
        }
    }

    /** One thing to choose. */
    public record Choice(String name, String value, boolean initial) {}
}
