package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value inside a {@link Predicate} or an ordering. */
public sealed interface Operand {

    /** The SQL type family by which values compare. */
    PrimitiveType type();

    /**
     * A property of the entity (variable empty) or of the item that a lambda variable names. A
     * single name {@code id} without variable is the key. An empty path is the variable itself.
     */
    record Property(String variable, List<String> path, PrimitiveType type) implements Operand {}

    /** A constant: String, Boolean, Long, Double or null. Enum members are their names. */
    record Literal(@Nullable Object value, PrimitiveType type) implements Operand {}

    /**
     * The operand where an object is of one of the types, else null: a type cast in a path (OData
     * 4.01 Part 2, 5.1.1.15).
     *
     * @param object the structured value in question; an empty path is the entity of the variable
     * @param types as they are stored: with a leading {@code #} in a structured value
     */
    record Cast(Operand of, Property object, List<String> types) implements Operand {
        @Override
        public PrimitiveType type() {
            return of.type();
        }
    }

    /** {@code tolower}: by simple Unicode case mapping, the same in both dialects. */
    record Lower(Operand of) implements Operand {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.STRING;
        }
    }

    /** {@code toupper}. */
    record Upper(Operand of) implements Operand {
        @Override
        public PrimitiveType type() {
            return PrimitiveType.STRING;
        }
    }
}
