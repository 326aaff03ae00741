package dev.usher.flow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a person is on their way. Follows from the graph and the events alone.
 *
 * @param step id of the step
 * @param name what they sign in with, as far as it is known; an address, mostly
 * @param codeSent whether a code was sent to it that may still come
 * @param proved whether it is a mail address that is theirs
 * @param keep whether they want to be kept signed in
 * @param values what they entered into fields that has to be corrected
 * @param errors what is wrong, by the field's name on the page
 * @param notice what the page tells them; null for nothing
 * @param end null while they are on their way
 */
public record JourneyState(
        String step,
        String name,
        boolean codeSent,
        boolean proved,
        boolean keep,
        Map<String, String> values,
        Map<String, Notice> errors,
        @Nullable Notice notice,
        @Nullable JourneyEnd end) {

    public JourneyState {
        values = Map.copyOf(values);
        errors = Map.copyOf(errors);
    }

    /** At the first step; {@code name} is what the application says of who comes. */
    public static JourneyState first(FlowGraph graph, String name) {
        return new JourneyState(
                graph.first(), name, false, false, false, Map.of(), Map.of(), null, null);
    }

    JourneyState at(String other) {
        return new JourneyState(other, name, false, proved, keep, Map.of(), Map.of(), null, null);
    }

    JourneyState named(String other, boolean sent, boolean isProved) {
        return new JourneyState(step, other, sent, isProved, keep, Map.of(), Map.of(), null, null);
    }

    JourneyState keeping(boolean wanted) {
        return new JourneyState(step, name, codeSent, proved, wanted, values, errors, notice, end);
    }

    JourneyState told(@Nullable Notice what) {
        return new JourneyState(step, name, codeSent, proved, keep, values, Map.of(), what, end);
    }

    JourneyState corrected(Map<String, String> entered, Map<String, Notice> wrong) {
        return new JourneyState(step, name, codeSent, proved, keep, entered, wrong, null, end);
    }

    JourneyState over(JourneyEnd how) {
        return new JourneyState(step, name, false, proved, keep, Map.of(), Map.of(), null, how);
    }
}
