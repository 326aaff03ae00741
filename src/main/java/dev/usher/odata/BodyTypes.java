package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.Kinds;
import tools.jackson.databind.JsonNode;

/** Which types the objects of a body are of. */
record BodyTypes(TypeNames typeNames, ValueBinder values, Violations violations) {

    static final String TYPE = "@odata.type";

    /** Refuses what is part of every tenant, and what is no kind of thing yet. */
    void creatable(EntityType type) {
        if (type.annotations().flag(Terms.INSERT, "Insertable", true)) {
            return;
        }
        if (type.family().size() > 1) {
            violations.add(
                    TYPE,
                    Rule.REQUIRED,
                    "'" + TYPE + "' must name one of the types derived from " + type + ".");
        } else {
            violations.add(
                    TYPE,
                    Rule.NOT_ALLOWED,
                    "Objects of type "
                            + type.qualifiedName()
                            + " are part of every tenant and cannot"
                            + " be created.");
        }
    }

    /**
     * The type of which the object is, declared or named in it; {@code path} is where it stands.
     */
    StructuredType type(
            StructuredType declared, JsonNode body, String path, boolean mustBeConcrete) {
        JsonNode named = body.get(TYPE) == null ? body.get("@type") : body.get(TYPE);
        if (named != null && !named.isString()) {
            values.mismatch(BodyBinder.join(path, TYPE), "the name of a type", named);
            return declared;
        }
        if (named != null) {
            StructuredType type = typeNames.find(named.stringValue(), declared);
            if (type != null && !(mustBeConcrete && type.isAbstract())) {
                return type;
            }
            violations.add(
                    BodyBinder.join(path, TYPE),
                    Rule.UNKNOWN_TYPE,
                    "'" + named.stringValue() + "' is not one of " + choices(declared) + ".");
            return declared;
        }
        if (!mustBeConcrete || !declared.isAbstract()) {
            return declared;
        }
        StructuredType only = typeNames.onlyOneWith(declared, body.propertyNames());
        if (only == null) {
            violations.add(
                    BodyBinder.join(path, TYPE),
                    Rule.REQUIRED,
                    "'" + TYPE + "' is required here: one of " + choices(declared) + ".");
            return declared;
        }
        return only;
    }

    private static String choices(StructuredType declared) {
        return Kinds.keptWith(declared).stream()
                .filter(type -> !type.isAbstract())
                .map(type -> "#" + type.qualifiedName())
                .reduce((a, b) -> a + ", " + b)
                .orElse("none");
    }
}
