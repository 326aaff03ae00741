package dev.usher.graph;

import dev.usher.odata.Strategy;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code authenticationListener}: the older way to say which applications use a flow. The first by
 * priority counts.
 */
final class SignUpStartListeners implements Strategy {

    private static final String FILTER = "sourceFilter";
    private static final String APPLICATIONS = "includeApplications";

    @Override
    public String type() {
        return "microsoft.graph.authenticationListener";
    }

    @Override
    public void complete(ObjectNode properties) {
        if (!properties.hasNonNull(EventConditions.PRIORITY)) {
            properties.put(EventConditions.PRIORITY, EventConditions.PRIORITY_DEFAULT);
        }
        ObjectNode filter =
                properties.get(FILTER) instanceof ObjectNode given
                        ? given
                        : properties.putObject(FILTER);
        if (!filter.has(APPLICATIONS)) {
            filter.set(APPLICATIONS, JsonNodeFactory.instance.arrayNode());
        }
    }
}
