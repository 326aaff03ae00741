package dev.usher.oauth;

/** Fills in what a request said. */
final class Sentences {

    /** How much of what a request said is repeated in an answer, in characters. */
    private static final int ECHO_CHARS_MAX = 200;

    private Sentences() {}

    /** The template, each {@code %s} replaced by the next argument, cut to a bearable length. */
    static String fill(String template, String... arguments) {
        StringBuilder sentence = new StringBuilder(template);
        int from = 0;
        for (String argument : arguments) {
            int hole = sentence.indexOf("%s", from);
            String shown = argument.substring(0, Math.min(argument.length(), ECHO_CHARS_MAX));
            sentence.replace(hole, hole + 2, shown);
            from = hole + shown.length();
        }
        return sentence.toString();
    }

    /** What a template says of every request, as a sentence. */
    static String general(String template) {
        String said = template.replace("'%s'", "...").replace("%s", "...");
        return said.endsWith(".") ? said : said + ".";
    }
}
