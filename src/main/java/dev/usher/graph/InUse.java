package dev.usher.graph;

import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.util.List;

/** Refuses the deletion of what something else refers to. */
final class InUse {

    /** Users named in the message. */
    static final int NAMED_MAX = 5;

    private InUse() {}

    /**
     * @throws Refusal 409, naming who uses it
     */
    static void refuse(ReadTx tx, Entity entity, String what) {
        List<String> users =
                tx.incoming(entity.kind(), entity.path(), NAMED_MAX).stream()
                        .map(ReadTx.Incoming::sourceKey)
                        .distinct()
                        .toList();
        if (!users.isEmpty()) {
            throw new Refusal(
                    GraphError.CONFLICT,
                    "The "
                            + what
                            + " '"
                            + entity.id()
                            + "' is in use by "
                            + String.join(", ", users)
                            + "; remove it there first.");
        }
    }
}
