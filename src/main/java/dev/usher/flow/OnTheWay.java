package dev.usher.flow;

import dev.usher.ids.TenantId;
import java.time.Instant;

/**
 * A journey as it stands.
 *
 * @param position how many events there are
 */
record OnTheWay(
        TenantId tenant,
        String id,
        Head head,
        JourneyState state,
        int position,
        Instant expiresAt) {

    FlowGraph graph() {
        return head.graph();
    }

    Step step() {
        return graph().step(state.step());
    }
}
