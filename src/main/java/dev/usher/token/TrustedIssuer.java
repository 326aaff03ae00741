package dev.usher.token;

import java.net.URI;
import java.util.Set;

/**
 * Another authority whose access tokens are accepted, by the operator's configuration: a real Entra
 * tenant, for example.
 *
 * @param issuer the exact {@code iss}
 * @param jwksUrl where its keys are published (RFC 7517)
 * @param tenant our tenant that its tokens act in, by GUID or domain
 * @param audiences the accepted {@code aud} values; empty for those of the Graph API
 */
public record TrustedIssuer(String issuer, URI jwksUrl, String tenant, Set<String> audiences) {}
