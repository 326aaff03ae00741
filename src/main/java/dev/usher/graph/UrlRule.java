package dev.usher.graph;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Which addresses of other parties' services can be called.
 *
 * @param plainHttpAllowed whether one may be {@code http}; for development mode alone
 */
record UrlRule(boolean plainHttpAllowed) {

    /** The absolute https URL with a host, without user information or fragment; else empty. */
    Optional<URI> callable(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme());
            boolean secure = scheme.equalsIgnoreCase("https");
            boolean tolerated = plainHttpAllowed && scheme.equalsIgnoreCase("http");
            return (secure || tolerated)
                            && url.getHost() != null
                            && url.getRawUserInfo() == null
                            && url.getRawFragment() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
