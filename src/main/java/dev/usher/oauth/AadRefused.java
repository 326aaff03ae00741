package dev.usher.oauth;

/** A refusal on its way to the edge that writes it. Holds no secret. */
final class AadRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How much of what a request said is repeated in an answer, in characters. */
    private static final int ECHO_CHARS_MAX = 200;

    private final AadError error;

    AadRefused(AadError error, String... arguments) {
        super(sentence(error, arguments), null, false, false);
        this.error = error;
    }

    AadError error() {
        return error;
    }

    /** The sentence of the error, filled in. */
    String sentence() {
        return String.valueOf(getMessage());
    }

    private static String sentence(AadError error, String... arguments) {
        StringBuilder sentence = new StringBuilder(error.template());
        int from = 0;
        for (String argument : arguments) {
            int hole = sentence.indexOf("%s", from);
            String shown = argument.substring(0, Math.min(argument.length(), ECHO_CHARS_MAX));
            sentence.replace(hole, hole + 2, shown);
            from = hole + shown.length();
        }
        return sentence.toString();
    }
}
