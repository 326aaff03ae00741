package dev.usher.oauth;

import dev.usher.directory.Throttle;
import dev.usher.grant.Authority;

/**
 * A refusal of a user flow's endpoint on its way to the edge that delivers it: as a page, by a
 * redirect, or as JSON. Holds no secret. Its code depends on the address at which it is met.
 */
final class FlowRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String ENTRA = "AADSTS";

    private final String code;
    private final String oauthError;
    private final int entraCode;
    private final String entraError;
    private final int status;
    private final long waitSeconds;

    FlowRefused(AadB2cError error, String... arguments) {
        this(error, error.oauthError(), Sentences.fill(error.template(), arguments));
    }

    private FlowRefused(AadB2cError error, String oauthError, String sentence) {
        this(error, oauthError, sentence, 0);
    }

    private FlowRefused(AadB2cError error, String oauthError, String sentence, long waitSeconds) {
        super(sentence, null, false, false);
        this.code = error.code();
        this.oauthError = oauthError;
        this.entraCode = EntraCodes.of(error);
        this.entraError = EntraCodes.oauthError(error, oauthError);
        this.status = error.status();
        this.waitSeconds = waitSeconds;
    }

    /** What concerns the tenant, or the form of the request, has the same code everywhere. */
    FlowRefused(AadRefused refused) {
        super(refused.sentence(), null, false, false);
        this.code = refused.error().code();
        this.oauthError = refused.error().oauthError();
        this.entraCode = refused.error().number();
        this.entraError = oauthError;
        this.status = refused.error().status();
        this.waitSeconds = refused.waitSeconds();
    }

    /** Too often: to be told to whoever asks, and not to be carried on. */
    static FlowRefused throttled(Throttle.Exceeded exceeded) {
        AadB2cError error = AadB2cError.THROTTLED;
        return new FlowRefused(error, error.oauthError(), error.template(), exceeded.waitSeconds());
    }

    /** In words that say more than those of the error. */
    static FlowRefused saying(AadB2cError error, String sentence) {
        return new FlowRefused(error, error.oauthError(), sentence);
    }

    /** The error met by a person who was about to sign in, and not by a program. */
    static FlowRefused denied(AadB2cError error) {
        return new FlowRefused(error, "access_denied", error.template());
    }

    /** The error as a journey words it. */
    static FlowRefused ofJourney(AadB2cError error, String oauthError, String sentence) {
        return new FlowRefused(error, oauthError, sentence);
    }

    /** Such as {@code AADB2C90091}, or {@code AADSTS65004}. */
    String code(Authority authority) {
        return authority == Authority.TENANT ? ENTRA + entraCode : code;
    }

    /** The number behind {@code AADSTS}. */
    int entraCode() {
        return entraCode;
    }

    /** Of RFC 6749 section 4.1.2.1 or 5.2. */
    String oauthError(Authority authority) {
        return authority == Authority.TENANT ? entraError : oauthError;
    }

    /** Of a JSON answer or page. */
    int status() {
        return status;
    }

    /** After how long one may come again; 0 if that is not what is wrong. */
    long waitSeconds() {
        return waitSeconds;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
