package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a {@link Predicate} says of one entity in memory: true, false or null, by the rules that the
 * compiled statements keep. Variables are bound to the entity ("") or to JSON items. Other entities
 * are not at hand here.
 */
final class Evaluation {

    private static final List<String> ID = List.of("id");
    private static final String TYPE = "@odata.type";

    private Evaluation() {}

    /**
     * @throws IllegalArgumentException if the predicate asks for other entities
     */
    static boolean holds(Predicate predicate, Entity entity) {
        return Boolean.TRUE.equals(truth(predicate, Map.of("", entity)));
    }

    private static @Nullable Boolean truth(Predicate predicate, Map<String, Object> scope) {
        return switch (predicate) {
            case Predicate.And(List<Predicate> parts) -> joined(parts, false, scope);
            case Predicate.Or(List<Predicate> parts) -> joined(parts, true, scope);
            case Predicate.Not(Predicate of) -> {
                Boolean one = truth(of, scope);
                yield one == null ? null : Boolean.valueOf(!one);
            }
            case Predicate.Is(Predicate of, boolean value) ->
                    Boolean.valueOf(value).equals(truth(of, scope));
            case Predicate.Compare(Operand left, Predicate.Operator operator, Operand right) ->
                    compare(operand(left, scope), operator, operand(right, scope));
            case Predicate.In(Operand left, List<Operand.Literal> values) -> {
                Object one = operand(left, scope);
                yield values.stream()
                        .anyMatch(
                                each -> compare(one, Predicate.Operator.EQ, operand(each, scope)));
            }
            case Predicate.TextMatch(Predicate.Function function, Operand text, Operand part) ->
                    match(function, operand(text, scope), operand(part, scope));
            case Predicate.True(Operand of) -> (Boolean) operand(of, scope);
            case Predicate.Constant(boolean value) -> value;
            case Predicate.AnyItem(Operand.Property items, String variable, Predicate body) ->
                    items(items, scope).stream().anyMatch(i -> holds(body, scope, variable, i));
            case Predicate.AllItems(Operand.Property items, String variable, Predicate body) ->
                    items(items, scope).stream().allMatch(i -> holds(body, scope, variable, i));
            case Predicate.AnyLinked any -> throw notHere(any.link());
            case Predicate.AllLinked all -> throw notHere(all.link());
            case Predicate.AnyContained any -> throw notHere(any.target().name());
            case Predicate.AllContained all -> throw notHere(all.target().name());
            case Predicate.TypeIn(List<String> types) ->
                    scope.get("") instanceof Entity entity && types.contains(entity.type());
        };
    }

    /** AND and OR of three-valued logic: the deciding value wins over null, null over the other. */
    private static @Nullable Boolean joined(
            List<Predicate> parts, boolean deciding, Map<String, Object> scope) {
        boolean unknown = false;
        for (Predicate part : parts) {
            Boolean one = truth(part, scope);
            if (one == null) {
                unknown = true;
            } else if (one == deciding) {
                return deciding;
            }
        }
        return unknown ? null : Boolean.valueOf(!deciding);
    }

    private static boolean holds(
            Predicate body, Map<String, Object> scope, String variable, JsonNode item) {
        Map<String, Object> inner = new HashMap<>(scope);
        inner.put(variable, item);
        return Boolean.TRUE.equals(truth(body, inner));
    }

    private static IllegalArgumentException notHere(String what) {
        return new IllegalArgumentException("other entities are not held in memory: " + what);
    }

    private static List<JsonNode> items(Operand.Property property, Map<String, Object> scope) {
        List<JsonNode> items = new ArrayList<>();
        JsonNode node = node(property, scope);
        if (node != null && node.isArray()) {
            node.forEach(items::add);
        }
        return items;
    }

    private static @Nullable JsonNode node(Operand.Property property, Map<String, Object> scope) {
        JsonNode node =
                switch (scope.get(property.variable())) {
                    case Entity entity -> entity.properties();
                    case JsonNode item -> item;
                    case null, default ->
                            throw new IllegalArgumentException(
                                    "no variable " + property.variable());
                };
        for (String name : property.path()) {
            node = node == null ? null : node.get(name);
        }
        return node == null || node.isNull() ? null : node;
    }

    /** The value in the form of {@link Expressions#value}. */
    static @Nullable Object operand(Operand operand, Map<String, Object> scope) {
        return switch (operand) {
            case Operand.Literal(Object value, PrimitiveType type) ->
                    value == null ? null : Expressions.value(value, type);
            case Operand.Cast(Operand of, Operand.Property object, List<String> types) ->
                    types.contains(typeName(object, scope)) ? operand(of, scope) : null;
            case Operand.Lower(Operand of) -> mapped(operand(of, scope), Character::toLowerCase);
            case Operand.Upper(Operand of) -> mapped(operand(of, scope), Character::toUpperCase);
            case Operand.Property property -> property(property, scope);
        };
    }

    private static String typeName(Operand.Property object, Map<String, Object> scope) {
        if (object.path().isEmpty() && scope.get(object.variable()) instanceof Entity entity) {
            return entity.type();
        }
        JsonNode value = node(object, scope);
        return value == null ? "" : value.path(TYPE).asString("");
    }

    private static @Nullable Object property(Operand.Property property, Map<String, Object> scope) {
        if (property.path().equals(ID) && scope.get(property.variable()) instanceof Entity entity) {
            return entity.id();
        }
        JsonNode node = node(property, scope);
        if (node == null) {
            return null;
        }
        return switch (property.type()) {
            case BOOLEAN -> node.booleanValue();
            case INT32, INT64 -> node.longValue();
            case SINGLE, DOUBLE -> node.doubleValue();
            case DATE_TIME_OFFSET -> Json.instant(node.stringValue()).toEpochMilli();
            case STRING, GUID, BINARY, STREAM -> node.stringValue();
        };
    }

    private static @Nullable String mapped(@Nullable Object text, IntUnaryOperator mapping) {
        if (!(text instanceof String given)) {
            return null;
        }
        int[] points = given.codePoints().map(mapping).toArray();
        return new String(points, 0, points.length);
    }

    private static boolean compare(
            @Nullable Object left, Predicate.Operator operator, @Nullable Object right) {
        boolean bothOrNone = (left == null) == (right == null);
        int order = order(left, right);
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> bothOrNone && order > 0;
            case GE -> bothOrNone && order >= 0;
            case LT -> bothOrNone && order < 0;
            case LE -> bothOrNone && order <= 0;
        };
    }

    /** Null first, text by code point, numbers by value. */
    static int order(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return switch (left) {
            case String text ->
                    Arrays.compare(
                            text.codePoints().toArray(), ((String) right).codePoints().toArray());
            case Boolean flag -> flag.compareTo((Boolean) right);
            case Long number when right instanceof Long other -> number.compareTo(other);
            default ->
                    Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
        };
    }

    private static @Nullable Boolean match(
            Predicate.Function function, @Nullable Object text, @Nullable Object part) {
        if (!(text instanceof String whole) || !(part instanceof String piece)) {
            return null;
        }
        return switch (function) {
            case STARTS_WITH -> whole.startsWith(piece);
            case ENDS_WITH -> whole.endsWith(piece);
            case CONTAINS -> whole.contains(piece);
            case HAS_WORD -> Words.of(whole).stream().anyMatch(word -> word.startsWith(piece));
        };
    }
}
