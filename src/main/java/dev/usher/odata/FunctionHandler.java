package dev.usher.odata;

import dev.usher.store.ReadTx;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs one bound function of the schema. */
public interface FunctionHandler {

    /**
     * The qualified name, such as {@code microsoft.graph.availableProviderTypes}; for one overload
     * alone, followed by its binding type in parentheses.
     */
    String name();

    /**
     * @param boundKey the key path of the entity that the function is bound to; for a collection
     *     that of its owner, null when that is the tenant
     * @param arguments by parameter name
     * @return the result in the form of the declared return type
     */
    JsonNode call(ReadTx tx, @Nullable String boundKey, Map<String, JsonNode> arguments);
}
