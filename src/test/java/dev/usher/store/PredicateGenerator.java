package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random entities and predicates over them; one seed, one outcome. */
final class PredicateGenerator {

    /** Where SQL, UTF-16, collations and wildcards differ from what OData says. */
    static final List<String> TEXTS =
            List.of(
                    "", "a", "A", "ab", "AB", "aB", "b", "%", "_", "a%b", "a_b", "\\", "'", "\"",
                    "ä", "Ä", "ß", "İ", "ı", "ﬀ", "\uFFFD", "😀", "😀a", "Σ", "ς", "ǅ", "z z");

    static final List<String> INSTANTS =
            List.of(
                    "2026-01-01T00:00:00Z",
                    "2026-01-01T01:00:00+01:00",
                    "2026-01-01T00:00:00.5Z",
                    "2026-01-01T00:00:00.123456Z",
                    "2025-12-31T23:59:59.999Z",
                    "1969-12-31T23:59:59.5Z");

    private static final List<Double> NUMBERS = List.of(-1.5, 0.0, 0.5, 1.0, 2.0, 1e10);

    private final Random random;

    /** The kind that the predicate at hand is about. */
    private Kind rows = Samples.PROVIDER;

    PredicateGenerator(long seed) {
        random = new Random(seed);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Entity entity(Kind kind, String id) {
        ObjectNode properties = Samples.object();
        if (!kind.document()) {
            properties.put("appId", "app " + id);
        }
        text(properties, "displayName");
        text(properties, "note");
        ObjectNode inner = properties.putObject("inner");
        if (chance(0.5)) {
            inner.put("@odata.type", chance(0.7) ? "#test.inner" : "#test.other");
        }
        text(inner, "text");
        if (chance(0.7)) {
            properties.put(
                    "createdDateTime", kind.document() ? pick(INSTANTS) : millis(pick(INSTANTS)));
        }
        if (chance(0.7)) {
            properties.put("number", (long) below(4));
        }
        if (chance(0.7)) {
            properties.put("ratio", pick(NUMBERS));
        }
        if (chance(0.7)) {
            properties.put("flag", chance(0.5));
        }
        if (chance(0.1)) {
            properties.putNull("tags");
        } else if (chance(0.8)) {
            ArrayNode tags = properties.putArray("tags");
            ArrayNode items = properties.putArray("items");
            for (int i = below(4); i > 0; i--) {
                if (chance(0.2)) {
                    tags.addNull();
                } else {
                    tags.add(pick(TEXTS));
                }
                ObjectNode item = items.addObject();
                text(item, "name");
                item.put("ok", chance(0.5));
                item.putArray("parts").add(pick(TEXTS));
            }
        }
        String type = "test." + kind.name() + (chance(0.5) ? "A" : "B");
        return new Entity(kind.name(), "", id, type, 0, properties);
    }

    /** As a table keeps an instant: to the millisecond, in UTC. */
    private static String millis(String text) {
        return java.time.Instant.ofEpochMilli(Json.instant(text).toEpochMilli()).toString();
    }

    private void text(ObjectNode into, String name) {
        if (chance(0.15)) {
            into.putNull(name);
        } else if (chance(0.85)) {
            into.put(name, pick(TEXTS));
        }
    }

    Predicate predicate(Kind kind, int depth) {
        rows = kind;
        return predicate(kind, "", depth);
    }

    /** Variables: "" the entity, "p" a linked one, "i" an object, "t" and "s" texts. */
    private Predicate predicate(Kind kind, String variable, int depth) {
        if (depth > 0) {
            switch (below(9)) {
                case 0:
                    return new Predicate.And(parts(kind, variable, depth));
                case 1:
                    return new Predicate.Or(parts(kind, variable, depth));
                case 2, 3:
                    return new Predicate.Not(predicate(kind, variable, depth - 1));
                case 4:
                    return lambda(kind, variable, depth);
                case 5:
                    return new Predicate.Is(predicate(kind, variable, depth - 1), chance(0.5));
                default:
                    break;
            }
        }
        return switch (below(8)) {
            case 0 -> match(variable);
            case 1 -> match(variable);
            case 2 -> in(variable);
            case 3 ->
                    variable.isEmpty() || variable.equals("p")
                            ? new Predicate.True(flag(variable))
                            : new Predicate.Constant(chance(0.5));
            case 4 ->
                    variable.isEmpty()
                            ? new Predicate.TypeIn(types(kind))
                            : new Predicate.Constant(chance(0.5));
            default -> compare(variable);
        };
    }

    private List<Predicate> parts(Kind kind, String variable, int depth) {
        List<Predicate> parts = new ArrayList<>();
        for (int i = below(4); i > 0; i--) {
            parts.add(predicate(kind, variable, depth - 1));
        }
        return parts;
    }

    private Predicate lambda(Kind kind, String variable, int depth) {
        boolean any = chance(0.5);
        if (variable.equals("i")) {
            Operand.Property parts =
                    new Operand.Property("i", List.of("parts"), PrimitiveType.STRING);
            Predicate body = predicate(kind, "s", depth - 1);
            return any
                    ? new Predicate.AnyItem(parts, "s", body)
                    : new Predicate.AllItems(parts, "s", body);
        }
        if (!variable.isEmpty()) {
            return compare(variable);
        }
        if (chance(0.4)) {
            Predicate body = predicate(Samples.PROVIDER, "p", depth - 1);
            List<String> types = chance(0.3) ? types(Samples.PROVIDER) : List.of();
            return any
                    ? new Predicate.AnyLinked("uses", Samples.PROVIDER, types, "p", body)
                    : new Predicate.AllLinked("uses", Samples.PROVIDER, types, "p", body);
        }
        if (chance(0.3)) {
            Kind inside = Samples.inside(kind);
            Predicate body = predicate(inside, "c", depth - 1);
            List<String> types = chance(0.3) ? types(inside) : List.of();
            return any
                    ? new Predicate.AnyContained(inside, types, "c", body)
                    : new Predicate.AllContained(inside, types, "c", body);
        }
        String name = chance(0.5) ? "tags" : "items";
        String inner = name.equals("tags") ? "t" : "i";
        Operand.Property items = new Operand.Property("", List.of(name), PrimitiveType.STRING);
        Predicate body = predicate(kind, inner, depth - 1);
        return any
                ? new Predicate.AnyItem(items, inner, body)
                : new Predicate.AllItems(items, inner, body);
    }

    private List<String> types(Kind kind) {
        return switch (below(3)) {
            case 0 -> List.of("test." + kind.name() + "A");
            case 1 -> List.of("test." + kind.name() + "A", "test." + kind.name() + "B");
            default -> List.of("test.other");
        };
    }

    private static Operand flag(String variable) {
        return new Operand.Property(variable, List.of("flag"), PrimitiveType.BOOLEAN);
    }

    private Operand.Property textProperty(String variable) {
        List<String> path =
                switch (variable) {
                    case "t", "s" -> List.of();
                    case "i" -> List.of("name");
                    default ->
                            pick(
                                    List.of(
                                            List.of("displayName"),
                                            List.of("note"),
                                            List.of("id"),
                                            List.of("inner", "text")));
                };
        return new Operand.Property(variable, path, PrimitiveType.STRING);
    }

    private Operand text(String variable) {
        Operand plain = chance(0.5) ? maybeCast(textProperty(variable)) : literal();
        return switch (below(5)) {
            case 0 -> new Operand.Lower(plain);
            case 1 -> new Operand.Upper(plain);
            default -> plain;
        };
    }

    /** A cast of the row, or of the structured value "inner" that the property may stand in. */
    private Operand maybeCast(Operand.Property property) {
        String variable = property.variable();
        boolean row = variable.isEmpty() || variable.equals("p");
        if (!row || chance(0.6)) {
            return property;
        }
        Kind kind = variable.isEmpty() ? rows : Samples.PROVIDER;
        boolean inner = property.path().size() == 2;
        return new Operand.Cast(
                property,
                new Operand.Property(
                        variable, inner ? List.of("inner") : List.of(), PrimitiveType.STRING),
                inner ? List.of("#test.inner") : types(kind));
    }

    private Operand.Literal literal() {
        return new Operand.Literal(chance(0.1) ? null : pick(TEXTS), PrimitiveType.STRING);
    }

    private Predicate match(String variable) {
        return new Predicate.TextMatch(
                pick(
                        List.of(
                                Predicate.Function.STARTS_WITH,
                                Predicate.Function.ENDS_WITH,
                                Predicate.Function.CONTAINS)),
                text(variable),
                text(variable));
    }

    private Predicate in(String variable) {
        List<Operand.Literal> values = new ArrayList<>();
        for (int i = below(4); i > 0; i--) {
            values.add(chance(0.1) ? Samples.text("E1") : literal());
        }
        return new Predicate.In(chance(0.8) ? textProperty(variable) : text(variable), values);
    }

    private Predicate compare(String variable) {
        Predicate.Operator operator = pick(List.of(Predicate.Operator.values()));
        boolean row = variable.isEmpty() || variable.equals("p");
        return switch (row ? below(6) : 5) {
            case 0 ->
                    sides(
                            property(variable, "number", PrimitiveType.INT64),
                            operator,
                            new Operand.Literal((long) below(4), PrimitiveType.INT64));
            case 1 ->
                    sides(
                            property(variable, "ratio", PrimitiveType.DOUBLE),
                            operator,
                            new Operand.Literal(pick(NUMBERS), PrimitiveType.DOUBLE));
            case 2 ->
                    sides(
                            property(variable, "createdDateTime", PrimitiveType.DATE_TIME_OFFSET),
                            operator,
                            new Operand.Literal(pick(INSTANTS), PrimitiveType.DATE_TIME_OFFSET));
            case 3 ->
                    sides(
                            flag(variable),
                            chance(0.5) ? Predicate.Operator.EQ : Predicate.Operator.NE,
                            new Operand.Literal(
                                    chance(0.2) ? null : chance(0.5), PrimitiveType.BOOLEAN));
            default -> sides(text(variable), operator, text(variable));
        };
    }

    private Predicate sides(Operand left, Predicate.Operator operator, Operand right) {
        return chance(0.7)
                ? new Predicate.Compare(left, operator, right)
                : new Predicate.Compare(right, operator, left);
    }

    private static Operand property(String variable, String name, PrimitiveType type) {
        return new Operand.Property(variable, List.of(name), type);
    }

    /** Up to three sort keys, possibly the same one twice. */
    List<Query.Order> orders() {
        List<Query.Order> orders = new ArrayList<>();
        for (int i = below(4); i > 0; i--) {
            Operand by =
                    switch (below(7)) {
                        case 0 -> property("", "number", PrimitiveType.INT64);
                        case 1 -> property("", "ratio", PrimitiveType.DOUBLE);
                        case 2 -> property("", "createdDateTime", PrimitiveType.DATE_TIME_OFFSET);
                        case 3 -> flag("");
                        case 4 -> new Operand.Lower(textProperty(""));
                        default -> textProperty("");
                    };
            orders.add(new Query.Order(by, chance(0.5)));
        }
        return orders;
    }
}
