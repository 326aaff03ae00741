package dev.usher.odata;

/**
 * One rule that a body breaks. Tests compare target and rule, never the sentence.
 *
 * @param target the path of the member, such as {@code authenticationConfiguration/password}
 */
public record Violation(String target, Rule rule, String message) {

    /** The rule broken; its code stands in {@code details[].code}. */
    public enum Rule {
        UNKNOWN_PROPERTY("PropertyUnknown", true),
        UNKNOWN_TYPE("TypeUnknown", true),
        WRONG_TYPE("PropertyTypeMismatch", true),
        DUPLICATE("PropertyDuplicate", true),
        NOT_NULLABLE("PropertyNotNullable", false),
        REQUIRED("PropertyRequired", false),
        READ_ONLY("PropertyReadOnly", false),
        IMMUTABLE("PropertyImmutable", false),
        ENUM_MEMBER("EnumMemberUnknown", false),
        KEY("KeyInvalid", false),
        TOO_LONG("ValueTooLong", false),
        NOT_ALLOWED("ValueNotAllowed", false),
        /** As above, with a code of its own where nothing else is wrong. */
        VERSION("ValueNotAllowed", false),
        REFERENCE("ReferenceUnresolvable", false),
        CONFLICT("ObjectConflict", false);

        private final String code;
        private final boolean syntactic;

        Rule(String code, boolean syntactic) {
            this.code = code;
            this.syntactic = syntactic;
        }

        public String code() {
            return code;
        }

        /** Whether the body does not fit the schema at all; else a value breaks a rule. */
        boolean syntactic() {
            return syntactic;
        }
    }
}
