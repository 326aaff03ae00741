package dev.usher.directory;

import java.util.Set;

/**
 * A person as the token rooms need them. Immutable.
 *
 * @param enabled whether they may sign in
 * @param sessionsFrom {@code signInSessionsValidFromDateTime} as it is stored: another text ends
 *     every session from before; empty if there never was one
 * @param mustChangePassword whether the password is good for nothing but to be replaced
 * @param roleIds template ids of the directory roles that they have for the whole directory
 */
public record Person(
        String id,
        String displayName,
        String userPrincipalName,
        boolean enabled,
        String sessionsFrom,
        boolean mustChangePassword,
        Set<String> roleIds) {}
