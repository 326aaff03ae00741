package dev.usher.acceptance.oracle;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.apache.olingo.commons.api.edm.EdmEnumType;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.server.api.ODataApplicationException;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceComplexProperty;
import org.apache.olingo.server.api.uri.UriResourceLambdaAll;
import org.apache.olingo.server.api.uri.UriResourceLambdaAny;
import org.apache.olingo.server.api.uri.UriResourceLambdaVariable;
import org.apache.olingo.server.api.uri.queryoption.expression.BinaryOperatorKind;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitException;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitor;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.api.uri.queryoption.expression.MethodKind;
import org.apache.olingo.server.api.uri.queryoption.expression.UnaryOperatorKind;
import tools.jackson.databind.JsonNode;

/**
 * OData's rules of evaluation (4.01 Part 2, 5.1.1) on one JSON object, written from the standard
 * alone: values are texts, numbers and Booleans, null is null, and unknown. Text compares by code
 * point; case maps by Unicode's simple rules.
 */
final class Evaluation implements ExpressionVisitor<Object> {

    private final JsonNode entity;
    private final Map<String, JsonNode> variables;

    Evaluation(JsonNode entity) {
        this(entity, Map.of());
    }

    private Evaluation(JsonNode entity, Map<String, JsonNode> variables) {
        this.entity = entity;
        this.variables = variables;
    }

    @Override
    public Object visitBinaryOperator(BinaryOperatorKind operator, Object left, Object right) {
        return switch (operator) {
            case AND -> and((Boolean) left, (Boolean) right);
            case OR -> not(and(not((Boolean) left), not((Boolean) right)));
            case EQ -> same(left, right);
            case NE -> !same(left, right);
            case GT -> left != null && right != null && compare(left, right) > 0;
            case LT -> left != null && right != null && compare(left, right) < 0;
            case GE ->
                    same(left, right)
                            || (Boolean) visitBinaryOperator(BinaryOperatorKind.GT, left, right);
            case LE ->
                    same(left, right)
                            || (Boolean) visitBinaryOperator(BinaryOperatorKind.LT, left, right);
            default -> throw new IllegalArgumentException(operator.name());
        };
    }

    @Override
    public Object visitBinaryOperator(
            BinaryOperatorKind operator, Object left, List<Object> right) {
        if (operator != BinaryOperatorKind.IN) {
            throw new IllegalArgumentException(operator.name());
        }
        return right.stream().anyMatch(value -> same(left, value));
    }

    private static Boolean and(Boolean left, Boolean right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return left == null || right == null ? null : Boolean.TRUE;
    }

    private static Boolean not(Boolean of) {
        return of == null ? null : !of;
    }

    private static boolean same(Object left, Object right) {
        return left == null || right == null ? left == right : compare(left, right) == 0;
    }

    private static int compare(Object left, Object right) {
        if (left instanceof String one && right instanceof String other) {
            int[] a = one.codePoints().toArray();
            int[] b = other.codePoints().toArray();
            return Arrays.compare(a, b);
        }
        if (left instanceof BigDecimal one && right instanceof BigDecimal other) {
            return one.compareTo(other);
        }
        return ((Boolean) left).compareTo((Boolean) right);
    }

    @Override
    public Object visitUnaryOperator(UnaryOperatorKind operator, Object operand) {
        return operator == UnaryOperatorKind.NOT
                ? not((Boolean) operand)
                : operand == null ? null : ((BigDecimal) operand).negate();
    }

    @Override
    public Object visitMethodCall(MethodKind method, List<Object> arguments) {
        if (arguments.contains(null)) {
            return null;
        }
        String text = (String) arguments.getFirst();
        return switch (method) {
            case CONTAINS -> text.contains((String) arguments.get(1));
            case STARTSWITH -> text.startsWith((String) arguments.get(1));
            case ENDSWITH -> text.endsWith((String) arguments.get(1));
            case TOLOWER -> mapped(text, Character::toLowerCase);
            case TOUPPER -> mapped(text, Character::toUpperCase);
            default -> throw new IllegalArgumentException(method.name());
        };
    }

    private static String mapped(String text, IntUnaryOperator mapping) {
        int[] points = text.codePoints().map(mapping).toArray();
        return new String(points, 0, points.length);
    }

    @Override
    public Object visitLiteral(Literal literal) {
        String text = literal.getText();
        if (text.equals("null")) {
            return null;
        }
        if (text.startsWith("'")) {
            return text.substring(1, text.length() - 1).replace("''", "'");
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> new BigDecimal(text);
        };
    }

    @Override
    public Object visitEnum(EdmEnumType type, List<String> members) {
        return members.getFirst();
    }

    @Override
    public Object visitMember(Member member)
            throws ExpressionVisitException, ODataApplicationException {
        JsonNode at = entity;
        if (member.getStartTypeFilter() != null && !isA(at, member.getStartTypeFilter())) {
            return null;
        }
        for (UriResource part : member.getResourcePath().getUriResourceParts()) {
            switch (part) {
                case UriResourceLambdaVariable variable ->
                        at = variables.get(variable.getVariableName());
                case UriResourceLambdaAny any -> {
                    return lambda(at, any.getLambdaVariable(), any.getExpression(), true);
                }
                case UriResourceLambdaAll all -> {
                    return lambda(at, all.getLambdaVariable(), all.getExpression(), false);
                }
                case UriResourceComplexProperty complex -> {
                    at = at.path(complex.getProperty().getName());
                    EdmType cast = complex.getComplexTypeFilter();
                    if (cast != null && !isA(at, cast)) {
                        return null;
                    }
                }
                default -> at = at.path(part.getSegmentValue());
            }
        }
        return value(at);
    }

    private Object lambda(JsonNode items, String variable, Expression body, boolean any)
            throws ExpressionVisitException, ODataApplicationException {
        for (JsonNode item : items) {
            Map<String, JsonNode> inner = new HashMap<>(variables);
            if (variable != null) {
                inner.put(variable, item);
            }
            Object holds = body == null ? true : body.accept(new Evaluation(entity, inner));
            if (any == Boolean.TRUE.equals(holds)) {
                return any;
            }
        }
        return !any;
    }

    /** The service names the type of an object wherever it is not the declared one. */
    private static boolean isA(JsonNode object, EdmType type) {
        String named = object.path("@odata.type").asString("");
        return named.endsWith("." + type.getName());
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.stringValue();
            case NUMBER -> node.decimalValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    @Override
    public Object visitLambdaReference(String variable) {
        return value(variables.get(variable));
    }

    @Override
    public Object visitLambdaExpression(String function, String variable, Expression body) {
        throw new IllegalArgumentException("lambdas are reached through their path");
    }

    @Override
    public Object visitAlias(String alias) {
        throw new IllegalArgumentException(alias);
    }

    @Override
    public Object visitTypeLiteral(EdmType type) {
        throw new IllegalArgumentException(type.getName());
    }
}
