package dev.usher.flow;

import dev.usher.ids.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a person's journey through a user flow begins. Immutable.
 *
 * @param flowId the flow's id as stored
 * @param origin the configured origin that the browser used, without trailing slash
 * @param clientId the application that wants to know who signs in
 * @param resume a text of the caller's that comes back with the end, at most {@link #RESUME_MAX}
 *     characters: the authorize request
 * @param signedIn the object id of the person whom the browser's session already knows; null if
 *     there is none or it may not be used
 * @param signUp whether the person wants to begin with an account, if the flow makes some
 * @param locales wanted languages, the best first ({@code ui_locales}, then what the browser says)
 * @param remoteAddress where the browser is, as far as is known
 * @param correlationId shown on error pages and written to the logs
 */
public record JourneyStart(
        TenantId tenant,
        String flowId,
        String origin,
        String clientId,
        String resume,
        @Nullable String signedIn,
        @Nullable String loginHint,
        @Nullable String domainHint,
        boolean signUp,
        List<String> locales,
        String remoteAddress,
        String correlationId) {

    /** The longest {@link #resume}. */
    public static final int RESUME_MAX = 16_384;

    public JourneyStart {
        locales = List.copyOf(locales);
    }
}
