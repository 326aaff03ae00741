package dev.usher.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a change is made, for its audit row.
 *
 * @param clientId the application, or the name of the command
 * @param userId the person, null when an application acts by itself
 * @param requestId the request, or a GUID made for the command
 * @param roleIds template ids of the directory roles with which the change is made
 * @param permissions names of the permissions with which it is made
 */
public record Actor(
        String clientId,
        @Nullable String userId,
        String requestId,
        Set<String> roleIds,
        Set<String> permissions) {

    /** Without any role or permission: by the service itself. */
    public Actor(String clientId, @Nullable String userId, String requestId) {
        this(clientId, userId, requestId, Set.of(), Set.of());
    }
}
