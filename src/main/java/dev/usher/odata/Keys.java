package dev.usher.odata;

import dev.usher.edm.AnnotationValue;
import dev.usher.edm.EntityType;
import dev.usher.edm.Terms;
import dev.usher.odata.Violation.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that callers choose: the service puts the prefix, if the type has one, in front unless
 * it stands there already.
 */
final class Keys {

    private Keys() {}

    /** Whether callers choose the keys of this type. */
    static boolean chosenByCaller(EntityType type) {
        return prefix(type) != null || type.inherited(Terms.KEY_PATTERN).isPresent();
    }

    /** The stored key for what the caller sent; the prefix gets its canonical case. */
    static String withPrefix(EntityType type, String given) {
        String prefix = prefix(type);
        if (prefix == null) {
            return given;
        }
        return prefix + (hasPrefix(prefix, given) ? given.substring(prefix.length()) : given);
    }

    static void check(
            EntityType type,
            @Nullable String key,
            String path,
            boolean required,
            Violations violations) {
        if (!chosenByCaller(type)) {
            return;
        }
        if (key == null || key.isEmpty()) {
            if (required || key != null) {
                violations.add(
                        BodyBinder.join(path, type.key()),
                        Rule.REQUIRED,
                        "The value must not be null or empty. Parameter name: " + type.key());
            }
            return;
        }
        String prefix = prefix(type);
        String rest =
                prefix != null && hasPrefix(prefix, key) ? key.substring(prefix.length()) : key;
        String pattern = type.inherited(Terms.KEY_PATTERN).map(Keys::text).orElse(".+");
        if (!rest.matches(pattern)) {
            violations.add(
                    BodyBinder.join(path, type.key()),
                    Rule.KEY,
                    "'"
                            + type.key()
                            + "' must match "
                            + pattern
                            + (prefix == null ? "." : " after the prefix " + prefix + "."));
        }
    }

    /**
     * The draft under the key of its address.
     *
     * @throws Refusal 400 if its body names another
     */
    static Draft ofAddress(Address.Item item, Draft draft) {
        String given = draft.key();
        if (given != null && !given.equalsIgnoreCase(item.key())) {
            throw new Refusal(
                    GraphError.INVALID_BODY,
                    "The body is about '" + given + "', the address about '" + item.key() + "'.",
                    item.type().key(),
                    List.of());
        }
        return draft.withKey(item.key());
    }

    private static boolean hasPrefix(String prefix, String key) {
        return key.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static @Nullable String prefix(EntityType type) {
        return type.inherited(Terms.KEY_PREFIX).map(Keys::text).orElse(null);
    }

    private static String text(AnnotationValue value) {
        return value instanceof AnnotationValue.Text(String text) ? text : "";
    }
}
