package dev.usher.oauth;

/**
 * A refusal of a user flow's endpoint on its way to the edge that delivers it: as a page, by a
 * redirect, or as JSON. Holds no secret.
 */
final class FlowRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String oauthError;
    private final int status;

    FlowRefused(AadB2cError error, String... arguments) {
        this(
                error.code(),
                error.oauthError(),
                error.status(),
                Sentences.fill(error.template(), arguments));
    }

    /**
     * @param code such as {@code AADB2C90091}
     * @param oauthError of RFC 6749 section 4.1.2.1
     * @param status of a JSON answer or page
     */
    FlowRefused(String code, String oauthError, int status, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
        this.oauthError = oauthError;
        this.status = status;
    }

    String code() {
        return code;
    }

    String oauthError() {
        return oauthError;
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
