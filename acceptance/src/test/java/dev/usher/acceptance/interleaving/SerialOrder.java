package dev.usher.acceptance.interleaving;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a serial order of the operations on one object that respects real time and explains
 * every answer (J. Wing and C. Gong, "Testing and Verifying Concurrent Objects", 1993): depth
 * first, never trying the same set of done operations in the same state twice.
 */
final class SerialOrder {

    private static final int STEPS_MAX = 5_000_000;

    private record Frame(BitSet done, State state) {}

    private final List<Operation> operations;
    private final Set<Frame> visited = new HashSet<>();
    private int steps;

    private SerialOrder(List<Operation> operations) {
        this.operations = operations;
    }

    /** Whether there is such an order. */
    static boolean explains(List<Operation> operations, State begin) {
        List<Operation> sorted = new ArrayList<>(operations);
        sorted.sort((a, b) -> Long.compare(a.began(), b.began()));
        return new SerialOrder(sorted).search(begin);
    }

    private boolean search(State begin) {
        List<Frame> stack = new ArrayList<>(List.of(new Frame(new BitSet(), begin)));
        while (!stack.isEmpty()) {
            Frame frame = stack.removeLast();
            if (frame.done().cardinality() == operations.size()) {
                return true;
            }
            if (!visited.add(frame)) {
                continue;
            }
            if (++steps > STEPS_MAX) {
                throw new IllegalStateException("too many orders to try");
            }
            List<Integer> candidates = candidates(frame.done());
            for (int i = candidates.size() - 1; i >= 0; i--) {
                Operation next = operations.get(candidates.get(i));
                Optional<State> after = frame.state().after(next);
                if (after.isPresent()) {
                    BitSet done = (BitSet) frame.done().clone();
                    done.set(candidates.get(i));
                    stack.add(new Frame(done, after.get()));
                }
            }
        }
        return false;
    }

    /** Those that may come next: not done, and not after the end of another that is not done. */
    private List<Integer> candidates(BitSet done) {
        long firstEnd = Long.MAX_VALUE;
        List<Integer> candidates = new ArrayList<>();
        for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            if (operation.began() > firstEnd) {
                break;
            }
            candidates.add(i);
            firstEnd = Math.min(firstEnd, operation.ended());
        }
        long latest = firstEnd;
        candidates.removeIf(i -> operations.get(i).began() > latest);
        return candidates;
    }
}
