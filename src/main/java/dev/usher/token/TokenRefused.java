package dev.usher.token;

/** A bearer token that is not accepted. The message says why, for the 401; it holds no secret. */
public final class TokenRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the token. */
    public enum Reason {
        MALFORMED,
        ALGORITHM,
        ISSUER,
        TENANT,
        KEY_UNKNOWN,
        KEYS_UNAVAILABLE,
        SIGNATURE,
        AUDIENCE,
        EXPIRED,
        NOT_YET_VALID,
        CLIENT_UNKNOWN,
        CLIENT_DISABLED,
        PERSON_UNKNOWN,
        PERSON_DISABLED,
        SESSION_ENDED
    }

    private final Reason reason;

    public TokenRefused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
