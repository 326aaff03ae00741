package dev.usher.flow;

import java.util.List;
import java.util.Map;

/**
 * What a person sent from a page.
 *
 * @param position how many events there were when the page was made: an older page is answered with
 *     where the person is by now
 * @param action which button
 * @param fields every value of each field
 * @param ipAddress where it comes from
 * @param userAgent what the browser calls itself
 * @param requestId of the request that brought it
 */
public record Submission(
        int position,
        String action,
        Map<String, List<String>> fields,
        String ipAddress,
        String userAgent,
        String requestId) {

    public Submission {
        fields = Map.copyOf(fields);
    }

    /** The first value of a field; empty if there is none. */
    public String text(String name) {
        List<String> all = fields.getOrDefault(name, List.of());
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** Every value of a field. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Whether a box is ticked. */
    public boolean ticked(String name) {
        return text(name).equals("true");
    }
}
