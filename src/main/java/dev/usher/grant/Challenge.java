package dev.usher.grant;

import dev.usher.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What an application sends ahead so that nobody else can use its code (RFC 7636 section 4.3).
 *
 * @param value the {@code code_challenge}
 */
public record Challenge(Method method, String value) {

    /** How the challenge follows from the verifier (RFC 7636 section 4.2). */
    public enum Method {
        PLAIN,
        S256
    }

    /** Whether the verifier is the one that the challenge was made of; in constant time. */
    public boolean answeredBy(String verifier) {
        String made = method == Method.S256 ? Sha256.base64url(verifier) : verifier;
        return MessageDigest.isEqual(
                made.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }
}
