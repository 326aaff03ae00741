package dev.usher.acceptance.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.interleaving.Operation.Answer;
import dev.usher.acceptance.interleaving.Operation.Kind;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The checker finds orders that exist, and none where none does. */
class SerialOrderTest {

    private static final State X = State.of("x", new TreeSet<>(List.of("AADSignup-OAUTH")));

    private static Operation op(Kind kind, String argument, int status, long began, long ended) {
        return new Operation("o", kind, argument, new Answer(status, ""), began, ended);
    }

    private static Operation read(State state, long began, long ended) {
        return new Operation("o", Kind.READ, "", new Answer(200, state.toString()), began, ended);
    }

    @Test
    void overlappingWritesMayComeInAnyOrder() {
        List<Operation> history =
                List.of(
                        op(Kind.CREATE, "a", 201, 0, 1),
                        op(Kind.WRITE, "x", 204, 2, 5),
                        op(Kind.WRITE, "y", 204, 2, 5),
                        read(X, 6, 7));
        assertThat(SerialOrder.explains(history, State.ABSENT)).isTrue();
    }

    @Test
    void aLostUpdateIsSeen() {
        List<Operation> history =
                List.of(
                        op(Kind.CREATE, "a", 201, 0, 1),
                        op(Kind.WRITE, "x", 204, 2, 3),
                        op(Kind.WRITE, "y", 204, 4, 5),
                        read(X, 6, 7));
        assertThat(SerialOrder.explains(history, State.ABSENT)).isFalse();
    }

    @Test
    void aStaleReadIsSeen() {
        State old = State.of("a", new TreeSet<>(List.of("AADSignup-OAUTH")));
        Operation create = op(Kind.CREATE, "a", 201, 0, 1);
        Operation write = op(Kind.WRITE, "x", 204, 2, 3);
        assertThat(SerialOrder.explains(List.of(create, write, read(old, 4, 5)), State.ABSENT))
                .isFalse();
        assertThat(SerialOrder.explains(List.of(create, write, read(old, 2, 5)), State.ABSENT))
                .isTrue();
    }

    @Test
    void twoWinnersAreSeen() {
        List<Operation> history =
                List.of(op(Kind.CREATE, "x", 201, 0, 9), op(Kind.CREATE, "x", 201, 0, 9));
        assertThat(SerialOrder.explains(history, State.ABSENT)).isFalse();
    }
}
