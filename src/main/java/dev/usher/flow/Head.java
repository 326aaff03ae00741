package dev.usher.flow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
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

    private static final String REDIRECT_URI = "redirect_uri=";

    /** Where the application waits for the answer. */
    String redirectUri() {
        return Stream.of(resume.split("[?&]", -1))
                .filter(pair -> pair.startsWith(REDIRECT_URI))
                .map(pair -> pair.substring(REDIRECT_URI.length()))
                .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    JourneyState first() {
        return JourneyState.first(graph, name);
    }
}
