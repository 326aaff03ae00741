package dev.usher.client;

import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application registration is created from.
 *
 * @param appId its client id, a GUID; null for a random one
 * @param permissions names of Graph application permissions that are granted at once
 * @param secret its client secret in clear, at least {@link Clients#SECRET_CHARS_MIN} characters;
 *     null to have one generated
 * @param certificate an RSA certificate for client assertions, or null
 */
public record NewClient(
        @Nullable String appId,
        String displayName,
        Set<String> permissions,
        @Nullable String secret,
        @Nullable X509Certificate certificate) {}
