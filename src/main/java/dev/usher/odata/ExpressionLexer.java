package dev.usher.odata;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. */
final class ExpressionLexer {

    enum Kind {
        /** A name, a path, a number, a GUID or a date: whatever stands unquoted. */
        WORD,
        STRING,
        OPEN,
        CLOSE,
        COMMA,
        COLON,
        END
    }

    record Token(Kind kind, String text, int position) {}

    private final String text;
    private int at;

    private ExpressionLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        return new ExpressionLexer(text).all();
    }

    private List<Token> all() {
        List<Token> tokens = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            int start = at;
            switch (c) {
                case ' ', '\t' -> at++;
                case '(' -> tokens.add(single(Kind.OPEN));
                case ')' -> tokens.add(single(Kind.CLOSE));
                case ',' -> tokens.add(single(Kind.COMMA));
                case '\'' -> tokens.add(new Token(Kind.STRING, quoted(), start));
                case ':' -> tokens.add(single(Kind.COLON));
                default -> tokens.add(new Token(Kind.WORD, word(), start));
            }
        }
        tokens.add(new Token(Kind.END, "end of the expression", at));
        return tokens;
    }

    private Token single(Kind kind) {
        return new Token(kind, String.valueOf(text.charAt(at)), at++);
    }

    /** A quoted string; a doubled quote stands for one. */
    private String quoted() {
        StringBuilder value = new StringBuilder();
        int start = at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                value.append('\'');
                at++;
            } else {
                return storable(value.toString());
            }
        }
        throw ExpressionParser.malformed(
                "the string that starts at position " + start + " has no end");
    }

    private static String storable(String value) {
        if (!Text.storable(value)) {
            throw ExpressionParser.malformed("a string holds U+0000 or half a surrogate pair");
        }
        return value;
    }

    /** A colon belongs to a word only inside a date ({@code 2026-01-01T10:00:00Z}). */
    private String word() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean ends = c == ' ' || c == '\t' || c == '(' || c == ')' || c == ',' || c == '\'';
            boolean separator = c == ':' && !Character.isDigit(text.charAt(start));
            if (ends || separator) {
                break;
            }
            at++;
        }
        return text.substring(start, at);
    }
}
