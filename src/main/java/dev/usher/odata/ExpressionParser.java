package dev.usher.odata;

import dev.usher.odata.ExpressionLexer.Kind;
import dev.usher.odata.ExpressionLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses {@code $filter} and {@code $orderby} (OData 4.01 ABNF, boolCommonExpr). Precedence,
 * loosest first: {@code or}, {@code and}, comparison, {@code not}, primary.
 */
final class ExpressionParser {

    /** Operators and parentheses nested deeper are refused. */
    static final int DEPTH_MAX = 20;

    /** Tokens in one expression. */
    static final int TOKENS_MAX = 2000;

    /** Values in one {@code in (...)}. */
    static final int IN_VALUES_MAX = 100;

    private static final Set<String> COMPARISONS = Set.of("eq", "ne", "gt", "ge", "lt", "le");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*(/[A-Za-z_$][A-Za-z0-9_.]*)*");

    private final List<Token> tokens;
    private int at;
    private int depth;

    private ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expression parse(String text) {
        List<Token> tokens = ExpressionLexer.tokens(text);
        if (tokens.size() > TOKENS_MAX) {
            throw malformed("it is longer than " + TOKENS_MAX + " words");
        }
        ExpressionParser parser = new ExpressionParser(tokens);
        Expression expression = parser.or();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("an operator or the end");
        }
        return expression;
    }

    static Refusal malformed(String why) {
        return new Refusal(GraphError.BAD_FILTER, "Invalid expression: " + why + ".");
    }

    private Expression or() {
        descend();
        Expression left = and();
        while (word("or")) {
            left = new Expression.Binary("or", left, and());
        }
        depth--;
        return left;
    }

    private Expression and() {
        Expression left = comparison();
        while (word("and")) {
            left = new Expression.Binary("and", left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        Expression left = unary();
        Token token = peek();
        if (token.kind() != Kind.WORD) {
            return left;
        }
        String operator = token.text().toLowerCase(Locale.ROOT);
        if (COMPARISONS.contains(operator)) {
            at++;
            return new Expression.Binary(operator, left, unary());
        }
        if (operator.equals("in")) {
            at++;
            return new Expression.In(left, list());
        }
        return left;
    }

    private Expression unary() {
        if (word("not")) {
            descend();
            Expression of = unary();
            depth--;
            return new Expression.Not(of);
        }
        return primary();
    }

    private Expression primary() {
        Token token = next();
        return switch (token.kind()) {
            case OPEN -> {
                Expression inner = or();
                expect(Kind.CLOSE, "a closing parenthesis");
                yield inner;
            }
            case STRING -> new Expression.Literal(token.text(), Expression.Literal.Kind.STRING);
            case WORD -> wordExpression(token);
            default -> {
                at--;
                throw unexpected("a value");
            }
        };
    }

    private Expression wordExpression(Token token) {
        String text = token.text();
        if (peek().kind() == Kind.STRING && adjacent(token)) {
            return new Expression.Literal(next().text(), Expression.Literal.Kind.ENUM, text);
        }
        if (peek().kind() == Kind.OPEN && adjacent(token)) {
            return callOrLambda(text);
        }
        switch (text) {
            case "null" -> {
                return new Expression.Literal(null, Expression.Literal.Kind.NULL);
            }
            case "true", "false" -> {
                return new Expression.Literal(
                        Boolean.valueOf(text), Expression.Literal.Kind.BOOLEAN);
            }
            default -> {}
        }
        if (NUMBER.matcher(text).matches()) {
            return number(text);
        }
        if (NAME.matcher(text).matches()) {
            return new Expression.Path(List.of(text.split("/")));
        }
        return new Expression.Literal(text, Expression.Literal.Kind.BARE);
    }

    private static Expression number(String text) {
        try {
            Object value =
                    text.matches("[+-]?\\d+") ? (Object) Long.valueOf(text) : Double.valueOf(text);
            return new Expression.Literal(value, Expression.Literal.Kind.NUMBER);
        } catch (NumberFormatException outOfRange) {
            throw malformed("the number " + text + " is out of range");
        }
    }

    private Expression callOrLambda(String name) {
        expect(Kind.OPEN, "an opening parenthesis");
        int slash = name.lastIndexOf('/');
        String last = name.substring(slash + 1);
        if (slash > 0 && (last.equalsIgnoreCase("any") || last.equalsIgnoreCase("all"))) {
            return lambda(name.substring(0, slash), last.equalsIgnoreCase("all"));
        }
        List<Expression> arguments = new ArrayList<>();
        if (peek().kind() != Kind.CLOSE) {
            arguments.add(or());
            while (peek().kind() == Kind.COMMA) {
                at++;
                arguments.add(or());
            }
        }
        expect(Kind.CLOSE, "a closing parenthesis");
        return new Expression.Call(name.toLowerCase(Locale.ROOT), List.copyOf(arguments));
    }

    private Expression lambda(String path, boolean all) {
        if (!NAME.matcher(path).matches()) {
            throw malformed("'" + path + "' is not a path");
        }
        Expression.Path of = new Expression.Path(List.of(path.split("/")));
        if (peek().kind() == Kind.CLOSE) {
            at++;
            if (all) {
                throw malformed("all() needs a variable and a condition");
            }
            return new Expression.Lambda(of, false, null, null);
        }
        Token variable = next();
        if (variable.kind() != Kind.WORD || !NAME.matcher(variable.text()).matches()) {
            at--;
            throw unexpected("a variable");
        }
        expect(Kind.COLON, "a colon after the variable");
        Expression body = or();
        expect(Kind.CLOSE, "a closing parenthesis");
        return new Expression.Lambda(of, all, variable.text(), body);
    }

    private List<Expression> list() {
        expect(Kind.OPEN, "an opening parenthesis after 'in'");
        List<Expression> values = new ArrayList<>();
        values.add(primary());
        while (peek().kind() == Kind.COMMA) {
            at++;
            values.add(primary());
        }
        expect(Kind.CLOSE, "a closing parenthesis");
        if (values.size() > IN_VALUES_MAX) {
            throw malformed("'in' takes at most " + IN_VALUES_MAX + " values");
        }
        return List.copyOf(values);
    }

    private void descend() {
        if (++depth > DEPTH_MAX) {
            throw malformed("it is nested deeper than " + DEPTH_MAX + " levels");
        }
    }

    private boolean word(String expected) {
        Token token = peek();
        boolean found = token.kind() == Kind.WORD && token.text().equalsIgnoreCase(expected);
        if (found) {
            at++;
        }
        return found;
    }

    private boolean adjacent(Token before) {
        return peek().position() == before.position() + before.text().length();
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() == Kind.END) {
            throw unexpected("a value");
        }
        at++;
        return token;
    }

    private void expect(Kind kind, String what) {
        if (peek().kind() != kind) {
            throw unexpected(what);
        }
        at++;
    }

    private Refusal unexpected(String wanted) {
        Token token = peek();
        return malformed(
                "expected "
                        + wanted
                        + " at position "
                        + token.position()
                        + ", found '"
                        + token.text()
                        + "'");
    }
}
