package dev.usher.flow;

import java.util.List;
import java.util.Optional;

/**
 * A user flow as data: its steps and how they lead to each other. Stored with each journey, so that
 * a person finishes on the version on which they began.
 *
 * @param format of this record, for readers of what older programs stored
 * @param flowId as stored
 * @param first id of the step that a journey begins with
 */
public record FlowGraph(int format, String flowId, String first, List<Step> steps) {

    /** The format that is written. */
    public static final int FORMAT = 1;

    public FlowGraph {
        steps = List.copyOf(steps);
    }

    /** The graph of a flow through which nobody can go. */
    static FlowGraph closed(String flowId) {
        return new FlowGraph(FORMAT, flowId, "", List.of());
    }

    /** The same flow for whoever wants an account first; itself if it makes none. */
    FlowGraph signingUp() {
        return steps.stream()
                .filter(Step.ProveAddress.class::isInstance)
                .map(Step.ProveAddress.class::cast)
                .filter(step -> step.unknown() != null)
                .findFirst()
                .map(step -> new FlowGraph(format, flowId, step.id(), steps))
                .orElse(this);
    }

    /** The step of that id. */
    public Optional<Step> find(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /**
     * The step of that id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Step step(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no step " + id));
    }
}
