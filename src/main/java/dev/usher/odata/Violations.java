package dev.usher.odata;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Collects everything that is wrong with a body, so that the client learns it all at once. */
public final class Violations {

    /** More than this are counted but not listed. */
    private static final int LISTED_MAX = 50;

    private final List<Violation> found = new ArrayList<>();
    private final UnaryOperator<String> targets;

    public Violations() {
        this(UnaryOperator.identity());
    }

    /** Violations whose targets are shown under other names than they are reported by. */
    Violations(UnaryOperator<String> targets) {
        this.targets = targets;
    }

    public void add(String target, Violation.Rule rule, String message) {
        found.add(new Violation(targets.apply(target), rule, message));
    }

    /** Adds what was found in a part, under the part's own targets. */
    void addAll(Violations part) {
        found.addAll(part.found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether something is wrong with that very member. */
    public boolean concerns(String target) {
        String shown = targets.apply(target);
        return found.stream().anyMatch(violation -> violation.target().equals(shown));
    }

    /**
     * Does nothing when nothing was found.
     *
     * @throws Refusal 400 with every violation in its details
     */
    public void refuse() {
        if (found.isEmpty()) {
            return;
        }
        Violation first = found.getFirst();
        String message =
                found.size() == 1
                        ? first.message()
                        : first.message() + " (" + found.size() + " problems; see details)";
        throw new Refusal(
                error(),
                message,
                first.target(),
                found.subList(0, Math.min(found.size(), LISTED_MAX)));
    }

    private GraphError error() {
        if (found.stream().anyMatch(violation -> violation.rule().syntactic())) {
            return GraphError.INVALID_BODY;
        }
        boolean version = found.stream().allMatch(each -> each.rule() == Violation.Rule.VERSION);
        return version ? GraphError.NO_SUCH_VERSION : GraphError.INVALID_VALUE;
    }
}
