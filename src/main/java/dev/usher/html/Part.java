package dev.usher.html;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One part of a form, in reading order. Ids are stable: scripts of testers rely on them. */
public sealed interface Part {

    /**
     * What every field has.
     *
     * @param id of the element; also the name under which it is posted
     * @param help a sentence below the label; null for none
     * @param error what is wrong with the value; null if nothing is
     * @param required whether it must be filled in
     */
    record Label(
            String id,
            String text,
            @Nullable String help,
            @Nullable String error,
            boolean required) {

        /** The ids of what describes the field; null if nothing does. */
        public @Nullable String describedBy() {
            String described =
                    (error == null ? "" : id + "_error ") + (help == null ? "" : id + "_help");
            return described.isBlank() ? null : described.strip();
        }
    }

    /**
     * A line of text.
     *
     * @param type of the input element: {@code text}, {@code email} or {@code password}
     * @param autocomplete what browsers may fill in (HTML, autofill detail tokens)
     * @param inputMode null for that of the type
     * @param lengthMax in UTF-16 units
     */
    record Input(
            Label label,
            String type,
            String value,
            String autocomplete,
            @Nullable String inputMode,
            int lengthMax,
            boolean focus)
            implements Part {}

    /** One of several, folded away. */
    record Select(Label label, List<Option> options, String prompt, boolean focus)
            implements Part {}

    /** One of several or some of several, all visible. */
    record Choices(Label label, boolean several, List<Option> options, boolean focus)
            implements Part {}

    record Option(String value, String text, boolean chosen) {}

    /** A date in three selects; posted as {@code id_day}, {@code id_month}, {@code id_year}. */
    record DateChoice(Label label, Choice day, Choice month, Choice year, boolean focus)
            implements Part {

        /** One of the three. */
        public record Choice(String text, List<Option> options) {}
    }

    /** A box to tick, posted as {@code true}. */
    record Tick(String id, String text, boolean ticked) implements Part {}

    /** What is settled already. */
    record Fixed(String id, String text, String value) implements Part {}

    /** A sentence between fields; {@code status} for what has just happened. */
    record Sentence(String id, String text, boolean status) implements Part {}

    /** A line between ways to go on, with a word in it. */
    record Divider(String text) implements Part {}

    /**
     * A button, posted as {@code action}.
     *
     * @param look how much it stands out
     * @param lead words before a link; empty for none
     */
    record Action(String id, String value, String text, Look look, String lead) implements Part {

        /** Whether the enter key means this one. */
        public boolean main() {
            return look == Look.MAIN;
        }
    }

    /** A link to another page of ours, in a window of its own. */
    record Way(String id, String text, String address) implements Part {}

    /** How a button looks. */
    enum Look {
        MAIN,
        SECOND,
        LINK
    }
}
