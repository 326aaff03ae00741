package dev.usher.odata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter or ordering expression as written (OData 4.01 Part 2, 5.1.1), before types are known.
 */
public sealed interface Expression {

    /**
     * {@code null}, a Boolean, Long, Double or String.
     *
     * @param typeName what stands before the quotes of a member name; else null
     */
    record Literal(@Nullable Object value, Kind kind, @Nullable String typeName)
            implements Expression {

        Literal(@Nullable Object value, Kind kind) {
            this(value, kind, null);
        }

        public enum Kind {
            NULL,
            BOOLEAN,
            NUMBER,
            STRING,
            /**
             * A GUID, date or other unquoted text: its type follows from what it is compared with.
             */
            BARE,
            /** {@code microsoft.graph.userFlowType'signUp'}: the value is the member name. */
            ENUM
        }
    }

    /** {@code a/b/c}: properties, navigation properties, casts, or a lambda variable first. */
    record Path(List<String> segments) implements Expression {

        /** As written. */
        String text() {
            return String.join("/", segments);
        }
    }

    /** {@code path/any(v:body)}; variable and body are null for {@code any()}. */
    record Lambda(Path of, boolean all, @Nullable String variable, @Nullable Expression body)
            implements Expression {}

    /** {@code and or eq ne gt ge lt le}. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    record Not(Expression of) implements Expression {}

    record In(Expression left, List<Expression> values) implements Expression {}

    /** A function such as {@code startswith}. */
    record Call(String name, List<Expression> arguments) implements Expression {}
}
