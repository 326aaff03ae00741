package dev.usher.flow;

import org.jspecify.annotations.Nullable;

/**
 * What a journey began with, as it is stored.
 *
 * @param language tag of the language that the pages speak
 * @param name what the person signs in with, as far as the application knows; empty if it does not
 * @param resume of {@link JourneyStart}
 */
record Head(
        FlowGraph graph,
        String language,
        String origin,
        String clientId,
        String resume,
        String name,
        @Nullable String domainHint,
        String correlationId) {

    JourneyState first() {
        return JourneyState.first(graph, name);
    }
}
