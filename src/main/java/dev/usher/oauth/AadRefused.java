package dev.usher.oauth;

/** A refusal on its way to the edge that writes it. Holds no secret. */
final class AadRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final AadError error;

    AadRefused(AadError error, String... arguments) {
        super(Sentences.fill(error.template(), arguments), null, false, false);
        this.error = error;
    }

    AadError error() {
        return error;
    }

    /** The sentence of the error, filled in. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
