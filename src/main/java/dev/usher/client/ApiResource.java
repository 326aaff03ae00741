package dev.usher.client;

import java.util.Map;
import java.util.Set;

/**
 * An application as others see it that ask for tokens for it. Immutable.
 *
 * @param appId its client id: {@code aud} of those tokens
 * @param principalId the object id of its service principal
 * @param scopes what people can let others do with it: the values of the enabled scopes, by id
 * @param roles what applications can be granted: the values of the enabled roles, by id
 * @param preAuthorized ids of scopes, by the client id of those who need no further grant
 */
public record ApiResource(
        String appId,
        String principalId,
        Map<String, String> scopes,
        Map<String, String> roles,
        Map<String, Set<String>> preAuthorized) {}
