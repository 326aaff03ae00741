package dev.usher.flow;

import dev.usher.store.WriteTx;
import java.util.Optional;

/**
 * Answers what a person sends from one kind of step. Slow work, such as hashing a password, is done
 * in {@link #handle}; what has to be true together with the event is done in the {@link Effect}.
 */
interface StepHandler<S extends Step> {

    /** The part of an answer that belongs into the transaction of its event. */
    interface Effect {

        /** What happened; empty if nothing did. */
        Optional<FlowEvent> apply(WriteTx tx);

        /** An answer that needs no transaction. */
        static Effect of(FlowEvent event) {
            return _ -> Optional.of(event);
        }

        /** An answer that means nothing here. */
        static Effect nothing() {
            return _ -> Optional.empty();
        }
    }

    /** Answers the submission. */
    Effect handle(OnTheWay journey, S step, Submission submission);
}
