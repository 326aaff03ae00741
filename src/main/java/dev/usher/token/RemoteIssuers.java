package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.time.Clock;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;

/**
 * Other OpenID Connect providers, whose keys are found by their metadata (Discovery 1.0, section
 * 4). Both are fetched seldom, as {@link RemoteKeys} says. Thread-safe.
 */
public final class RemoteIssuers {

    private static final String METADATA = "/.well-known/openid-configuration";
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private final JwksSource source;
    private final RemoteKeys keys;

    /**
     * @param source fetches metadata and keys; refuses addresses that must not be called
     */
    public RemoteIssuers(JwksSource source, Clock clock) {
        this.source = source;
        this.keys = new RemoteKeys(this::keySet, clock);
    }

    /**
     * Makes sure that a key which the issuer publishes signed the token.
     *
     * @param issuer exactly as it calls itself
     * @throws TokenRefused {@code KEYS_UNAVAILABLE} if its keys cannot be had; else if none of them
     *     signed it
     */
    public void verify(String issuer, SignedJWT token) {
        TokenChecks.algorithm(token, ALGORITHMS);
        if (keys.candidates(URI.create(issuer), token.getHeader()).stream()
                .noneMatch(key -> ExternalTokens.verifies(token, key))) {
            throw TokenChecks.badSignature();
        }
    }

    private String keySet(URI issuer) throws IOException {
        String named = issuer.toString();
        String base = named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
        Claims metadata = metadata(source.fetch(URI.create(base + METADATA)));
        if (metadata.text("issuer").filter(named::equals).isEmpty()) {
            throw new IOException("the metadata is that of another issuer");
        }
        String location =
                metadata.text("jwks_uri")
                        .orElseThrow(() -> new IOException("the metadata names no keys"));
        try {
            URI url = URI.create(location);
            boolean downgraded = issuer.getScheme().equals("https");
            if (downgraded && !"https".equalsIgnoreCase(url.getScheme())) {
                throw new IOException("the keys are not at an https address");
            }
            return source.fetch(url);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("the address of the keys is none", malformed);
        }
    }

    private static Claims metadata(String body) throws IOException {
        try {
            Map<String, Object> members = Jose.object(body);
            return new Claims(members);
        } catch (ParseException malformed) {
            throw new IOException("the metadata is no JSON object", malformed);
        }
    }
}
