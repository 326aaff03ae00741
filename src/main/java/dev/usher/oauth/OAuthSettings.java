package dev.usher.oauth;

/**
 * Settings of the OAuth endpoints.
 *
 * @param singleUseAssertions whether a client assertion is refused when it comes again (RFC 7523
 *     section 3, item 7). Off by default: msal-node and msal-python send one assertion, with one
 *     {@code jti}, for as long as it is valid
 */
public record OAuthSettings(boolean singleUseAssertions) {

    public static OAuthSettings defaults() {
        return new OAuthSettings(false);
    }
}
