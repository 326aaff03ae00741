package dev.usher.token;

import dev.usher.ids.TenantId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A verified access token for the Graph API.
 *
 * @param clientId the application that presents it
 * @param userId the person's object id, null for an application by itself
 * @param permissions names of the permissions in force now: never more than the token claims
 * @param roleIds template ids of the person's, or the application's, directory roles, lower case
 */
public record AccessToken(
        TenantId tenant,
        String clientId,
        @Nullable String userId,
        AccountKind kind,
        Set<String> permissions,
        Set<String> roleIds,
        Instant expires) {}
