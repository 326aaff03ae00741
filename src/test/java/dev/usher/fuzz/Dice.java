package dev.usher.fuzz;

import java.util.List;
import java.util.Random;

/** Random choices; one seed, one sequence. */
public final class Dice {

    /** Where parsers, databases and encodings tend to differ. */
    private static final List<String> NASTY =
            List.of(
                    "'",
                    "''",
                    "\"",
                    "\\",
                    "%",
                    "%00",
                    "%0A",
                    "%27",
                    "%2F",
                    "%5C",
                    "%C3",
                    "%ff",
                    "%F0%9F%98%80",
                    "%ED%A0%80",
                    "%EF%BF%BE",
                    "%u0041",
                    "&",
                    "=",
                    ";",
                    ",",
                    ":",
                    "(",
                    ")",
                    "()",
                    "('')",
                    "((",
                    "[",
                    "]",
                    "{",
                    "}",
                    "{}",
                    "[]",
                    "/",
                    "//",
                    "..",
                    "$",
                    "$$",
                    "@",
                    "#",
                    "*",
                    "+",
                    "-",
                    " ",
                    "\t",
                    "\0",
                    "\n",
                    "\u007f",
                    "null",
                    "true",
                    "NaN",
                    "INF",
                    "-INF",
                    "1e999",
                    "-1",
                    "0",
                    "9223372036854775807",
                    "9223372036854775808",
                    "99999999999999999999",
                    "2147483648",
                    "1.5e-400",
                    "0x1",
                    "ä",
                    "ß",
                    "İ",
                    "\uFEFF",
                    "\u2028",
                    "😀",
                    "\uD800",
                    "\uDC00",
                    "\\u0000",
                    "\\uD800",
                    "$it",
                    "$ref",
                    "$value",
                    "$count",
                    "$filter",
                    "$all",
                    "eq",
                    "not ",
                    " and ",
                    " or ",
                    "any(",
                    "all(x:x",
                    "in (",
                    "concat(",
                    "tolower(",
                    "id",
                    "microsoft.graph.",
                    "@odata.type",
                    "@odata.id",
                    "@odata.bind",
                    "odata.error",
                    "../",
                    "%2e%2e",
                    "\r\nX: y",
                    "1900-01-01",
                    "-9999-01-01T00:00:00Z",
                    "+999999999-12-31T23:59:59Z",
                    "00000000-0000-0000-0000-000000000000");

    private final Random random;

    public Dice(long seed) {
        this.random = new Random(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    public <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    @SafeVarargs
    public final <T> T of(T... items) {
        return items[below(items.length)];
    }

    public String nasty() {
        return pick(NASTY);
    }

    /** The text with one to four changes. */
    public String mutated(String text) {
        String changed = text;
        for (int i = 1 + below(4); i > 0; i--) {
            changed = mutatedOnce(changed);
        }
        return changed;
    }

    private String mutatedOnce(String text) {
        int from = below(text.length() + 1);
        int to = Math.min(text.length(), from + 1 + below(8));
        String span = text.substring(from, to);
        return switch (below(8)) {
            case 0 -> text.substring(0, from) + nasty() + text.substring(from);
            case 1 -> text.substring(0, from) + nasty() + text.substring(to);
            case 2 -> text.substring(0, from) + text.substring(to);
            case 3 -> text.substring(0, from) + span + text.substring(from);
            case 4 -> text.substring(0, from);
            case 5 -> text.substring(0, from) + span.repeat(1 + below(200)) + text.substring(to);
            case 6 -> text.substring(0, from) + (char) below(chance(0.9) ? 128 : 65_536) + span;
            default -> text.substring(0, from) + swapped(span) + text.substring(to);
        };
    }

    private String swapped(String span) {
        return chance(0.5)
                ? new StringBuilder(span).reverse().toString()
                : span.chars()
                        .map(c ->
                                Character.isUpperCase(c)
                                        ? Character.toLowerCase(c)
                                        : Character.toUpperCase(c))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }
}
