package dev.usher.odata;

import dev.usher.store.Entity;
import dev.usher.store.WriteTx;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bound function whose result, one complex value, may also be changed by PATCH (OData 4.01 Part
 * 1, 11.4.9.3). The schema marks it by {@code UpdateRestrictions} with {@code Updatable}.
 */
public interface ChangeableResult extends FunctionHandler {

    /**
     * Changes what the function gives.
     *
     * @param bound the entity that the function is bound to, locked; null when that is the tenant
     * @param changes held against the schema: only what the body sets
     */
    void change(WriteTx tx, @Nullable Entity bound, ObjectNode changes, Violations violations);
}
