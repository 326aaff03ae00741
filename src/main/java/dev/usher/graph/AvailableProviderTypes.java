package dev.usher.graph;

import dev.usher.odata.FunctionHandler;
import dev.usher.store.ReadTx;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code availableProviderTypes}: the types of provider that can be had in the tenant. */
final class AvailableProviderTypes implements FunctionHandler {

    @Override
    public String name() {
        return "microsoft.graph.availableProviderTypes";
    }

    @Override
    public JsonNode call(ReadTx tx, @Nullable String boundKey, Map<String, JsonNode> arguments) {
        ArrayNode types = JsonNodeFactory.instance.arrayNode();
        Stream.concat(
                        Stream.of("MicrosoftAccount", "EmailOTP"),
                        IdentityProviders.SOCIAL_TYPES.stream())
                .forEach(types::add);
        return types;
    }
}
