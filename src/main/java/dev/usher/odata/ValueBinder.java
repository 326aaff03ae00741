package dev.usher.odata;

import dev.usher.edm.ComplexType;
import dev.usher.edm.EdmType;
import dev.usher.edm.EntityType;
import dev.usher.edm.EnumType;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Property;
import dev.usher.edm.Terms;
import dev.usher.ids.TenantId;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.UnstorableText;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Holds one JSON value against one property, and brings it to its canonical form. */
final class ValueBinder {

    /** Items of one collection-valued property. */
    static final int ITEMS_MAX = 1000;

    /** Characters of a text that declares no limit of its own. */
    static final int TEXT_MAX = 32_768;

    /** Binds an object against a complex type. */
    @FunctionalInterface
    interface ComplexBinder {
        JsonNode bind(ComplexType type, JsonNode value, String path);
    }

    private final Violations violations;
    private final ComplexBinder complex;

    ValueBinder(Violations violations, ComplexBinder complex) {
        this.violations = violations;
        this.complex = complex;
    }

    JsonNode bind(Property property, JsonNode value, String path) {
        if (value.isNull()) {
            // of what has a default, null says that it holds again
            boolean said =
                    property.annotations().flag(Terms.REQUIRED)
                            || property.annotations().text(Terms.DEFAULT).isPresent();
            if ((!property.nullable() || property.type().collection()) && !said) {
                violations.add(path, Rule.NOT_NULLABLE, "'" + path + "' must not be null.");
            }
            return value;
        }
        return property.type().collection()
                ? items(property, value, path)
                : single(property, property.type().type(), value, path);
    }

    private JsonNode items(Property property, JsonNode value, String path) {
        if (!value.isArray()) {
            mismatch(path, "an array", value);
            return value;
        }
        if (value.size() > ITEMS_MAX) {
            violations.add(
                    path, Rule.TOO_LONG, "'" + path + "' takes at most " + ITEMS_MAX + " items.");
            return value;
        }
        ArrayNode bound = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < value.size(); i++) {
            bound.add(single(property, property.type().type(), value.get(i), path + "/" + i));
        }
        return bound;
    }

    private JsonNode single(Property property, EdmType type, JsonNode value, String path) {
        return switch (type) {
            case PrimitiveType primitive -> primitive(property, primitive, value, path);
            case EnumType enumType -> enumMember(enumType, value, path);
            case ComplexType complexType -> complex.bind(complexType, value, path);
            case EntityType entity ->
                    throw new IllegalStateException("a property of type " + entity);
        };
    }

    private JsonNode primitive(Property property, PrimitiveType type, JsonNode value, String path) {
        boolean fits =
                switch (type) {
                    case BOOLEAN -> value.isBoolean();
                    case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
                    case INT64 -> value.isIntegralNumber() && value.canConvertToLong();
                    case SINGLE, DOUBLE -> value.isNumber();
                    case STRING, GUID, DATE_TIME_OFFSET, BINARY, STREAM -> value.isString();
                };
        if (!fits) {
            mismatch(path, type.qualifiedName(), value);
            return value;
        }
        return switch (type) {
            case STRING -> text(property, value, path);
            case INT32, INT64 -> bounded(property, value, path);
            case SINGLE -> single(value, path);
            case GUID ->
                    canonical(
                            TenantId.parse(value.stringValue()).map(TenantId::toString),
                            type,
                            value,
                            path);
            case DATE_TIME_OFFSET -> canonical(instant(value.stringValue()), type, value, path);
            default -> value;
        };
    }

    private JsonNode text(Property property, JsonNode value, String path) {
        long max = property.annotations().number(Terms.MAX_LENGTH).orElse(TEXT_MAX);
        String text = value.stringValue();
        if (!Text.storable(text)) {
            violations.add(
                    path,
                    Rule.WRONG_TYPE,
                    "'" + path + "' holds U+0000 or half a surrogate pair, which is no text.");
        } else if (text.codePointCount(0, text.length()) > max) {
            violations.add(
                    path, Rule.TOO_LONG, "'" + path + "' is longer than " + max + " characters.");
        } else if (text.isEmpty() && property.annotations().flag(Terms.REQUIRED)) {
            violations.add(
                    path,
                    Rule.REQUIRED,
                    "The value must not be null or empty. Parameter name: " + property.name());
        } else if (!UnstorableText.storable(text)) {
            violations.add(
                    path,
                    Rule.NOT_ALLOWED,
                    "'" + path + "' holds U+0000 or half of a surrogate pair.");
        }
        return value;
    }

    /**
     * A Single keeps what single precision holds, so that {@code 1.1} comes back as {@code 1.1}.
     */
    private JsonNode single(JsonNode value, String path) {
        float number = (float) value.doubleValue();
        if (Float.isInfinite(number)) {
            violations.add(
                    path, Rule.WRONG_TYPE, "'" + path + "' is out of the range of Edm.Single.");
        }
        return JsonNodeFactory.instance.numberNode(Double.parseDouble(Float.toString(number)));
    }

    private JsonNode canonical(
            Optional<String> text, PrimitiveType type, JsonNode value, String path) {
        if (text.isEmpty()) {
            mismatch(path, type.qualifiedName(), value);
            return value;
        }
        return JsonNodeFactory.instance.stringNode(text.get());
    }

    private static Optional<String> instant(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant().toString());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private JsonNode enumMember(EnumType type, JsonNode value, String path) {
        if (!value.isString()) {
            mismatch(path, "a member name of " + type.qualifiedName(), value);
            return value;
        }
        List<String> names = new ArrayList<>();
        List<String> parts =
                type.flags()
                        ? List.of(value.stringValue().split(",", -1))
                        : List.of(value.stringValue());
        for (String part : parts) {
            Optional<String> name =
                    type.member(part.strip())
                            .map(EnumType.Member::name)
                            .filter(member -> !member.equals(EnumType.UNKNOWN_FUTURE_VALUE));
            if (name.isEmpty()) {
                violations.add(
                        path,
                        Rule.ENUM_MEMBER,
                        "The '"
                                + path
                                + "' field is invalid in request: '"
                                + value.stringValue()
                                + "' is not one of "
                                + String.join(", ", type.inputNames())
                                + ".");
                return value;
            }
            names.add(name.get());
        }
        return JsonNodeFactory.instance.stringNode(String.join(",", names));
    }

    private JsonNode bounded(Property property, JsonNode value, String path) {
        OptionalLong least = property.annotations().number(Terms.MINIMUM);
        OptionalLong greatest = property.annotations().number(Terms.MAXIMUM);
        boolean low = least.isPresent() && value.longValue() < least.getAsLong();
        boolean high = greatest.isPresent() && value.longValue() > greatest.getAsLong();
        if (low || high) {
            String bounds =
                    (least.isPresent() ? "at least " + least.getAsLong() : "")
                            + (least.isPresent() && greatest.isPresent() ? " and " : "")
                            + (greatest.isPresent() ? "at most " + greatest.getAsLong() : "");
            violations.add(
                    path,
                    Rule.NOT_ALLOWED,
                    "'" + path + "' must be " + bounds + ", not " + value.asString() + ".");
        }
        return value;
    }

    void mismatch(String path, String expected, JsonNode value) {
        violations.add(
                path,
                Rule.WRONG_TYPE,
                "'" + path + "' must be " + expected + ", not " + kind(value) + ".");
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "the number " + value.asString();
            case BOOLEAN -> "a Boolean";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
