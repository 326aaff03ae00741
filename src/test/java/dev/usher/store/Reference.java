package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import tools.jackson.databind.JsonNode;

/** OData's semantics of null written out in Java, to hold the databases against. */
final class Reference {

    private final Map<String, List<Entity>> links;
    private final Map<String, List<Entity>> contained;

    /**
     * @param links the linked entities by the key of their source
     * @param contained the contained entities by the key of their owner
     */
    Reference(Map<String, List<Entity>> links, Map<String, List<Entity>> contained) {
        this.links = links;
        this.contained = contained;
    }

    boolean holds(Predicate predicate, Entity entity) {
        return Boolean.TRUE.equals(value(predicate, entity, Map.of("", entity)));
    }

    /** True, false or null; variables are bound to entities or JSON items. */
    private Boolean value(Predicate predicate, Entity root, Map<String, Object> scope) {
        return switch (predicate) {
            case Predicate.And(var parts) -> all(parts, root, scope);
            case Predicate.Or(var parts) -> {
                Boolean any = false;
                for (Predicate part : parts) {
                    Boolean one = value(part, root, scope);
                    any =
                            Boolean.TRUE.equals(one) || Boolean.TRUE.equals(any)
                                    ? Boolean.TRUE
                                    : one == null ? null : any;
                }
                yield any;
            }
            case Predicate.Not(var of) -> {
                Boolean one = value(of, root, scope);
                yield one == null ? null : !one;
            }
            case Predicate.Is(var of, var value) ->
                    Boolean.valueOf(value).equals(value(of, root, scope));
            case Predicate.Compare(var left, var operator, var right) ->
                    compare(operand(left, scope), operator, operand(right, scope));
            case Predicate.In(var left, var values) -> {
                Object one = operand(left, scope);
                yield values.stream()
                        .anyMatch(v -> compare(one, Predicate.Operator.EQ, operand(v, scope)));
            }
            case Predicate.TextMatch(var function, var text, var part) ->
                    match(function, (String) operand(text, scope), (String) operand(part, scope));
            case Predicate.True(var of) -> (Boolean) operand(of, scope);
            case Predicate.Constant(boolean constant) -> constant;
            case Predicate.AnyItem(var items, var variable, var body) ->
                    items(items, scope).stream()
                            .anyMatch(i -> isTrue(body, root, scope, variable, i));
            case Predicate.AllItems(var items, var variable, var body) ->
                    items(items, scope).stream()
                            .allMatch(i -> isTrue(body, root, scope, variable, i));
            case Predicate.AnyContained(_, var types, var variable, var body) ->
                    of(contained, root, types).stream()
                            .anyMatch(e -> isTrue(body, root, scope, variable, e));
            case Predicate.AllContained(_, var types, var variable, var body) ->
                    of(contained, root, types).stream()
                            .allMatch(e -> isTrue(body, root, scope, variable, e));
            case Predicate.AnyLinked(_, _, var types, var variable, var body) ->
                    of(links, root, types).stream()
                            .anyMatch(e -> isTrue(body, root, scope, variable, e));
            case Predicate.AllLinked(_, _, var types, var variable, var body) ->
                    of(links, root, types).stream()
                            .allMatch(e -> isTrue(body, root, scope, variable, e));
            case Predicate.TypeIn(var types) -> types.contains(root.type());
        };
    }

    private Boolean all(List<Predicate> parts, Entity root, Map<String, Object> scope) {
        Boolean all = true;
        for (Predicate part : parts) {
            Boolean one = value(part, root, scope);
            all =
                    Boolean.FALSE.equals(one) || Boolean.FALSE.equals(all)
                            ? Boolean.FALSE
                            : one == null ? null : all;
        }
        return all;
    }

    private boolean isTrue(
            Predicate body, Entity root, Map<String, Object> scope, String variable, Object item) {
        Map<String, Object> inner = new HashMap<>(scope);
        inner.put(variable, item);
        return Boolean.TRUE.equals(value(body, root, inner));
    }

    private static List<Entity> of(
            Map<String, List<Entity>> others, Entity root, List<String> types) {
        return others.getOrDefault(root.key(), List.of()).stream()
                .filter(entity -> types.isEmpty() || types.contains(entity.type()))
                .toList();
    }

    private static List<JsonNode> items(Operand.Property property, Map<String, Object> scope) {
        JsonNode node = node(property, scope);
        List<JsonNode> items = new ArrayList<>();
        if (node != null && node.isArray()) {
            node.forEach(items::add);
        }
        return items;
    }

    private static JsonNode node(Operand.Property property, Map<String, Object> scope) {
        Object holder = scope.get(property.variable());
        JsonNode node = holder instanceof Entity entity ? entity.properties() : (JsonNode) holder;
        for (String name : property.path()) {
            node = node == null ? null : node.get(name);
        }
        return node == null || node.isNull() ? null : node;
    }

    static Object operand(Operand operand, Map<String, Object> scope) {
        return switch (operand) {
            case Operand.Literal(Object value, PrimitiveType type) ->
                    value instanceof String text && type == PrimitiveType.DATE_TIME_OFFSET
                            ? (Object) Json.instant(text).toEpochMilli()
                            : value;
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
        return value == null ? "" : value.path("@odata.type").asString("");
    }

    private static Object property(Operand.Property property, Map<String, Object> scope) {
        if (property.path().equals(List.of("id"))
                && scope.get(property.variable()) instanceof Entity entity) {
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
            default -> node.stringValue();
        };
    }

    private static String mapped(Object text, IntUnaryOperator mapping) {
        if (text == null) {
            return null;
        }
        int[] points = ((String) text).codePoints().map(mapping).toArray();
        return new String(points, 0, points.length);
    }

    private static boolean compare(Object left, Predicate.Operator operator, Object right) {
        if (left == null || right == null) {
            boolean same = left == right;
            return switch (operator) {
                case EQ, GE, LE -> same;
                case NE -> !same;
                case GT, LT -> false;
            };
        }
        int order = order(left, right);
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
        };
    }

    /** Null first, text by code point. */
    static int order(Object left, Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? -1 : 1;
        }
        if (left instanceof String one) {
            return Arrays.compare(
                    one.codePoints().toArray(), ((String) right).codePoints().toArray());
        }
        if (left instanceof Boolean flag) {
            return flag.compareTo((Boolean) right);
        }
        return left instanceof Long && right instanceof Long
                ? ((Long) left).compareTo((Long) right)
                : Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
    }

    private static Boolean match(Predicate.Function function, String text, String part) {
        if (text == null || part == null) {
            return null;
        }
        return switch (function) {
            case STARTS_WITH -> text.startsWith(part);
            case ENDS_WITH -> text.endsWith(part);
            case CONTAINS -> text.contains(part);
            case HAS_WORD -> Words.of(text).stream().anyMatch(word -> word.startsWith(part));
        };
    }
}
