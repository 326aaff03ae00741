package dev.usher.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How filters are read: precedence, literals, lambdas, and what is no filter at all. */
class ExpressionParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a eq 1 | (a eq 1)",
                "a eq 'it''s' | (a eq 'it's')",
                "a eq 1 and b eq 2 or c eq 3 | (((a eq 1) and (b eq 2)) or (c eq 3))",
                "a eq 1 and (b eq 2 or c eq 3) | ((a eq 1) and ((b eq 2) or (c eq 3)))",
                "not startswith(a,'x') and b | (not startswith(a,'x') and b)",
                "not (a eq 1) | not (a eq 1)",
                "a in ('x','y') | (a in ('x','y'))",
                "tolower(a) eq 'x' | (tolower(a) eq 'x')",
                "c/any(v:v/name eq 'x') | c/any(v:(v/name eq 'x'))",
                "c/all(v:v eq 'x') | c/all(v:(v eq 'x'))",
                "c/any() | c/any()",
                "a eq null | (a eq null)",
                "a ge -1.5e3 | (a ge -1500.0)",
                "a eq 2026-11-22T10:00:00Z | (a eq 2026-11-22T10:00:00Z)",
                "t eq microsoft.graph.userFlowType'signIn' | (t eq 'signIn')",
                "A EQ 1 AND B NE 2 | ((A eq 1) and (B ne 2))",
            })
    void readsWithTheRightPrecedence(String text, String expected) {
        assertThat(show(ExpressionParser.parse(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a eq",
                "eq 1",
                "a eq 'x",
                "(a eq 1",
                "a eq 1)",
                "a b c",
                "a in ()",
                "a in 'x'",
                "c/all()",
                "startswith(a,",
                "a eq 99999999999999999999",
                ",",
                "not",
                "a/any(v v eq 1)"
            })
    void refusesWhatIsNoExpression(String text) {
        assertThatThrownBy(() -> ExpressionParser.parse(text))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(GraphError.BAD_FILTER));
    }

    @Test
    void boundsDepthAndLength() {
        String deep =
                "(".repeat(ExpressionParser.DEPTH_MAX + 1)
                        + "a"
                        + ")".repeat(ExpressionParser.DEPTH_MAX + 1);
        assertThatThrownBy(() -> ExpressionParser.parse(deep))
                .hasMessageContaining("nested deeper");
        String nots = "not ".repeat(ExpressionParser.DEPTH_MAX + 1) + "a";
        assertThatThrownBy(() -> ExpressionParser.parse(nots))
                .hasMessageContaining("nested deeper");
        String wide = "a eq 1" + " or a eq 1".repeat(ExpressionParser.TOKENS_MAX);
        assertThatThrownBy(() -> ExpressionParser.parse(wide)).hasMessageContaining("longer than");
    }

    private static String show(Expression expression) {
        return switch (expression) {
            case Expression.Literal(var value, var kind, _) ->
                    kind == Expression.Literal.Kind.STRING || kind == Expression.Literal.Kind.ENUM
                            ? "'" + value + "'"
                            : String.valueOf(value);
            case Expression.Path path -> String.join("/", path.segments());
            case Expression.Lambda lambda -> {
                String head =
                        String.join("/", lambda.of().segments())
                                + (lambda.all() ? "/all(" : "/any(");
                yield lambda.body() == null
                        ? head + ")"
                        : head + lambda.variable() + ":" + show(lambda.body()) + ")";
            }
            case Expression.Binary(var operator, var left, var right) ->
                    "(" + show(left) + " " + operator + " " + show(right) + ")";
            case Expression.Not(var of) -> "not " + show(of);
            case Expression.In(var left, var values) ->
                    "(" + show(left) + " in (" + join(values) + "))";
            case Expression.Call(var name, var arguments) -> name + "(" + join(arguments) + ")";
        };
    }

    private static String join(List<Expression> expressions) {
        return String.join(",", expressions.stream().map(ExpressionParserTest::show).toList());
    }
}
