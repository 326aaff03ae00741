package dev.usher.client;

import java.util.Set;

/**
 * An application registration as the token rooms need it.
 *
 * @param principalId the object id of its service principal: {@code oid} of its own tokens
 * @param enabled whether tokens are issued to it
 * @param permissions names of the Graph application permissions granted to it
 */
public record Client(
        String appId,
        String principalId,
        String displayName,
        boolean enabled,
        Set<String> permissions) {}
