package dev.usher.store;

import java.util.List;

/**
 * A typed condition over stored entities, with OData's meaning of null (OData 4.01 Part 2, 5.1.1):
 * comparisons are true or false even on null, the text functions and {@code not} pass null on, and
 * what is not true at the end is left out.
 */
public sealed interface Predicate {

    /** All of them; true when empty. */
    record And(List<Predicate> parts) implements Predicate {}

    /** Any of them; false when empty. */
    record Or(List<Predicate> parts) implements Predicate {}

    record Not(Predicate of) implements Predicate {}

    /** {@code eq ne gt ge lt le}. Text compares by code point. Null equals null alone. */
    record Compare(Operand left, Operator operator, Operand right) implements Predicate {}

    enum Operator {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE
    }

    record In(Operand left, List<Operand.Literal> values) implements Predicate {}

    /**
     * {@code startswith endswith contains}, or whether some of the {@link Words} of the text begins
     * with the part, which is folded; null when an operand is null.
     */
    record TextMatch(Function function, Operand text, Operand part) implements Predicate {}

    enum Function {
        STARTS_WITH,
        ENDS_WITH,
        CONTAINS,
        HAS_WORD
    }

    /** A Boolean operand standing alone. */
    record True(Operand of) implements Predicate {}

    /** Whether the other condition is exactly that; false when it is null. */
    record Is(Predicate of, boolean value) implements Predicate {}

    /** {@code true} or {@code false} written out. */
    record Constant(boolean value) implements Predicate {}

    /** Some item of a collection property fulfils the body; the body names it by the variable. */
    record AnyItem(Operand.Property collection, String variable, Predicate body)
            implements Predicate {}

    /** Every item of a collection property fulfils the body. */
    record AllItems(Operand.Property collection, String variable, Predicate body)
            implements Predicate {}

    /** Some linked entity fulfils the body; {@code types} empty means any type of the kind. */
    record AnyLinked(String link, Kind target, List<String> types, String variable, Predicate body)
            implements Predicate {}

    /** Every linked entity fulfils the body. */
    record AllLinked(String link, Kind target, List<String> types, String variable, Predicate body)
            implements Predicate {}

    /** Some contained entity of the kind fulfils the body; {@code types} as above. */
    record AnyContained(Kind target, List<String> types, String variable, Predicate body)
            implements Predicate {}

    /** Every contained entity of the kind fulfils the body. */
    record AllContained(Kind target, List<String> types, String variable, Predicate body)
            implements Predicate {}

    /** The entity is of one of these types. */
    record TypeIn(List<String> types) implements Predicate {}
}
