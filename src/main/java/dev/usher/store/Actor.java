package dev.usher.store;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a change is made, for its audit row.
 *
 * @param clientId the application, or the name of the command
 * @param userId the person, null when an application acts by itself
 * @param requestId the request, or a GUID made for the command
 */
public record Actor(String clientId, @Nullable String userId, String requestId) {}
