package dev.usher.odata;

import dev.usher.edm.EnumType;
import dev.usher.edm.PrimitiveType;
import dev.usher.ids.TenantId;
import dev.usher.store.Operand;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gives the literals of an expression their types (OData 4.01 ABNF, primitiveLiteral). */
final class Literals {

    private Literals() {}

    /** A literal that stands against no property: its own form decides. */
    static Operand.Literal untyped(Expression.Literal literal) {
        return switch (literal.kind()) {
            case NULL, STRING -> new Operand.Literal(literal.value(), PrimitiveType.STRING);
            case BOOLEAN -> new Operand.Literal(literal.value(), PrimitiveType.BOOLEAN);
            case NUMBER ->
                    literal.value() instanceof Long
                            ? new Operand.Literal(literal.value(), PrimitiveType.INT64)
                            : new Operand.Literal(literal.value(), PrimitiveType.DOUBLE);
            case ENUM -> throw notMember(literal);
            case BARE -> throw FilterTyper.invalid("'" + literal.value() + "' is not a value");
        };
    }

    /** A literal compared with a property of that type. */
    static Operand.Literal typed(
            Expression.Literal literal, PrimitiveType type, @Nullable EnumType enumType) {
        Object value = literal.value();
        if (value == null) {
            return new Operand.Literal(null, type);
        }
        if (literal.kind() == Expression.Literal.Kind.ENUM
                && (enumType == null || !names(literal.typeName(), enumType))) {
            throw notMember(literal);
        }
        if (enumType != null) {
            return member(String.valueOf(value), enumType);
        }
        return switch (type) {
            case INT32, INT64, SINGLE, DOUBLE ->
                    value instanceof Number number
                            ? new Operand.Literal(numeric(number, type), type)
                            : untyped(literal);
            case GUID -> guid(String.valueOf(value));
            case DATE_TIME_OFFSET -> instant(String.valueOf(value));
            default -> untyped(literal);
        };
    }

    private static boolean names(@Nullable String typeName, EnumType enumType) {
        return enumType.qualifiedName().equalsIgnoreCase(typeName);
    }

    private static Refusal notMember(Expression.Literal literal) {
        return FilterTyper.invalid(
                "'" + literal.typeName() + "' is not the type of what it is compared with");
    }

    /** A whole number stays one, so that large integers compare exactly. */
    private static Object numeric(Number number, PrimitiveType type) {
        return type == PrimitiveType.SINGLE || type == PrimitiveType.DOUBLE
                ? (Object) number.doubleValue()
                : number;
    }

    private static Operand.Literal member(String name, EnumType enumType) {
        return enumType.member(name)
                .map(member -> new Operand.Literal(member.name(), PrimitiveType.STRING))
                .orElseThrow(() ->
                        FilterTyper.invalid(
                                "'"
                                        + name
                                        + "' is no member of "
                                        + enumType.qualifiedName()
                                        + "; its members are "
                                        + String.join(", ", enumType.inputNames())));
    }

    private static Operand.Literal guid(String text) {
        return TenantId.parse(text)
                .map(guid -> new Operand.Literal(guid.toString(), PrimitiveType.GUID))
                .orElseThrow(() -> FilterTyper.invalid("'" + text + "' is not a GUID"));
    }

    private static Operand.Literal instant(String text) {
        try {
            return new Operand.Literal(
                    OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant().toString(),
                    PrimitiveType.DATE_TIME_OFFSET);
        } catch (DateTimeException malformed) {
            throw FilterTyper.invalid("'" + text + "' is not a date and time with offset");
        }
    }
}
