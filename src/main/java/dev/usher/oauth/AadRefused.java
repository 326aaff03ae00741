package dev.usher.oauth;

import dev.usher.directory.Throttle;

/** A refusal on its way to the edge that writes it. Holds no secret. */
final class AadRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final AadError error;
    private final long waitSeconds;

    AadRefused(AadError error, String... arguments) {
        super(Sentences.fill(error.template(), arguments), null, false, false);
        this.error = error;
        this.waitSeconds = 0;
    }

    AadRefused(Throttle.Exceeded exceeded) {
        super(AadError.THROTTLED.template(), null, false, false);
        this.error = AadError.THROTTLED;
        this.waitSeconds = exceeded.waitSeconds();
    }

    AadError error() {
        return error;
    }

    /** After how long one may come again; 0 if that is not what is wrong. */
    long waitSeconds() {
        return waitSeconds;
    }

    /** The sentence of the error, filled in. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
