package dev.usher.flow;

import java.util.Map;

/** The longest answer to each attribute, in characters, as Graph has them for a person. */
final class FieldLengths {

    /** Of a custom attribute. */
    static final int CUSTOM_MAX = 250;

    private static final int OTHERS_MAX = 128;

    private static final Map<String, Integer> BUILT_IN =
            Map.of(
                    "displayName", 256,
                    "givenName", 64,
                    "surname", 64,
                    "postalCode", 40,
                    "streetAddress", 1024);

    private FieldLengths() {}

    static int of(String attribute) {
        return attribute.startsWith("extension_")
                ? CUSTOM_MAX
                : BUILT_IN.getOrDefault(attribute, OTHERS_MAX);
    }
}
