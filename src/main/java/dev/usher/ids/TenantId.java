package dev.usher.ids;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A tenant's GUID. Its text form is lower case, 36 characters. */
public record TenantId(UUID value) {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Parses the 36 character form, any case; empty for anything else. */
    public static Optional<TenantId> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return GUID.matcher(lower).matches()
                ? Optional.of(new TenantId(UUID.fromString(lower)))
                : Optional.empty();
    }

    /** As {@link #parse}, for constants and stored values. */
    public static TenantId of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a GUID: " + text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
