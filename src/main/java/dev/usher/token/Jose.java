package dev.usher.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Map;

/**
 * Reads JOSE objects from strangers. On some that hold a JSON {@code null} where an object belongs
 * the library fails with other exceptions than the one it declares.
 */
public final class Jose {

    private Jose() {}

    /**
     * A token in the compact serialization (RFC 7515 section 7.1), unverified.
     *
     * @throws ParseException if it is none
     */
    public static JWT token(String text) throws ParseException {
        try {
            return JWTParser.parse(text);
        } catch (RuntimeException undeclared) {
            throw failure(undeclared);
        }
    }

    /**
     * A set of keys (RFC 7517 section 5).
     *
     * @throws ParseException if it is none
     */
    static JWKSet keys(String text) throws ParseException {
        try {
            return JWKSet.parse(text);
        } catch (RuntimeException undeclared) {
            throw failure(undeclared);
        }
    }

    /**
     * A JSON object that is no token.
     *
     * @throws ParseException if it is none
     */
    static Map<String, Object> object(String text) throws ParseException {
        try {
            return JSONObjectUtils.parse(text);
        } catch (RuntimeException undeclared) {
            throw failure(undeclared);
        }
    }

    private static ParseException failure(RuntimeException undeclared) {
        ParseException failure = new ParseException("not a JOSE object", 0);
        failure.initCause(undeclared);
        return failure;
    }
}
