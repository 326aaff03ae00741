package dev.usher.odata;

import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.store.Folding;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses {@code $search} in the form that Graph's directory takes: {@code "property:text"} clauses
 * in double quotes, joined by {@code AND} and {@code OR} in upper case, with parentheses. A
 * property of words ({@link Terms#SEARCH_WORDS}) is found by the beginnings of its words in any
 * order, another one by its own beginning.
 */
final class SearchParser {

    /** Clauses of one search. */
    static final int CLAUSES_MAX = 20;

    private final StructuredType type;
    private final String text;
    private int at;
    private int clauses;

    private SearchParser(StructuredType type, String text) {
        this.type = type;
        this.text = text;
    }

    /**
     * @throws Refusal 400 for another form, or for a property that is no text
     */
    static Predicate parse(StructuredType type, String text) {
        SearchParser parser = new SearchParser(type, text);
        Predicate found = parser.any();
        parser.blanks();
        if (parser.at < text.length()) {
            throw malformed("AND, OR or the end is expected at position " + parser.at);
        }
        return found;
    }

    private Predicate any() {
        List<Predicate> parts = new ArrayList<>(List.of(all()));
        while (word("OR")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new Predicate.Or(parts);
    }

    private Predicate all() {
        List<Predicate> parts = new ArrayList<>(List.of(one()));
        while (word("AND")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new Predicate.And(parts);
    }

    private Predicate one() {
        blanks();
        if (++clauses > CLAUSES_MAX) {
            throw malformed("it has more than " + CLAUSES_MAX + " clauses or parentheses");
        }
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            Predicate inner = any();
            blanks();
            if (at >= text.length() || text.charAt(at) != ')') {
                throw malformed("a closing parenthesis is missing");
            }
            at++;
            return inner;
        }
        return clause(quoted());
    }

    private String quoted() {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw malformed("a clause in double quotes is expected at position " + at);
        }
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                value.append(text.charAt(at));
            } else if (c == '"') {
                at++;
                return value.toString();
            } else {
                value.append(c);
            }
        }
        throw malformed("a clause has no closing quote");
    }

    private Predicate clause(String clause) {
        int colon = clause.indexOf(':');
        if (colon < 1 || colon == clause.length() - 1) {
            throw malformed("a clause has the form \"property:text\"");
        }
        Property property = Properties.inFamily(type, clause.substring(0, colon).strip());
        boolean searchable =
                property != null
                        && property.type().type() == PrimitiveType.STRING
                        && !property.type().collection()
                        && !property.secret();
        if (property == null || !searchable) {
            throw malformed("'" + clause.substring(0, colon) + "' is no text to search for");
        }
        String wanted = clause.substring(colon + 1);
        if (!Text.storable(wanted)) {
            throw malformed("it holds U+0000 or half a surrogate pair");
        }
        Operand operand =
                new Operand.Property(
                        "", List.of(StoredTypes.storedName(property)), PrimitiveType.STRING);
        return property.annotations().flag(Terms.SEARCH_WORDS)
                ? words(operand, wanted)
                : new Predicate.TextMatch(
                        Predicate.Function.STARTS_WITH,
                        new Operand.Lower(operand),
                        new Operand.Literal(Folding.fold(wanted.strip()), PrimitiveType.STRING));
    }

    private static Predicate words(Operand operand, String wanted) {
        List<Predicate> parts = new ArrayList<>();
        for (String word : Words.of(wanted)) {
            parts.add(
                    new Predicate.TextMatch(
                            Predicate.Function.HAS_WORD,
                            operand,
                            new Operand.Literal(word, PrimitiveType.STRING)));
        }
        return new Predicate.And(parts);
    }

    private boolean word(String expected) {
        blanks();
        boolean found = text.startsWith(expected, at);
        if (found) {
            at += expected.length();
        }
        return found;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private static Refusal malformed(String why) {
        return new Refusal(
                GraphError.UNSUPPORTED_QUERY,
                "The $search is not acceptable: " + why + ".",
                "$search",
                List.of());
    }
}
