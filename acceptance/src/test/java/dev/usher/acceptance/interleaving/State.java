package dev.usher.acceptance.interleaving;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one object may be at a moment: absent, or with a value and links. */
record State(boolean exists, String value, SortedSet<String> links) {

    static final State ABSENT = new State(false, "", new TreeSet<>());

    static State of(String value, SortedSet<String> links) {
        return new State(true, value, links);
    }

    /** The state after the operation, if its answer was right in this one; else nothing. */
    Optional<State> after(Operation operation) {
        int status = operation.answer().status();
        String argument = operation.argument();
        return switch (operation.kind()) {
            case CREATE ->
                    exists ? stays(status == 409) : becomes(status == 201, of(argument, preset()));
            case DELETE -> exists ? becomes(status == 204, ABSENT) : stays(status == 404);
            case WRITE ->
                    exists ? becomes(status == 204, of(argument, links)) : stays(status == 404);
            case READ ->
                    exists
                            ? stays(status == 200 && operation.answer().state().equals(toString()))
                            : stays(status == 404);
            case LINK ->
                    exists
                            ? becomes(status == 204, of(value, with(argument)))
                            : stays(status == 404);
            case UNLINK -> {
                boolean linked = exists && links.contains(argument);
                yield linked
                        ? becomes(status == 204, of(value, without(argument)))
                        : stays(status == 404);
            }
        };
    }

    /** A flow that names no provider gets this one. */
    private static SortedSet<String> preset() {
        return new TreeSet<>(List.of("AADSignup-OAUTH"));
    }

    private Optional<State> stays(boolean right) {
        return becomes(right, this);
    }

    private static Optional<State> becomes(boolean right, State state) {
        return right ? Optional.of(state) : Optional.empty();
    }

    private SortedSet<String> with(String link) {
        SortedSet<String> more = new TreeSet<>(links);
        more.add(link);
        return more;
    }

    private SortedSet<String> without(String link) {
        SortedSet<String> fewer = new TreeSet<>(links);
        fewer.remove(link);
        return fewer;
    }

    @Override
    public String toString() {
        return value + links;
    }
}
