package dev.usher.token;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of a token, read leniently where clients differ: a NumericDate may have a fraction
 * (RFC 7519 section 2), an audience may be one text or a list (4.1.3).
 */
public record Claims(Map<String, Object> values) {

    private static final double SECONDS_MAX = 1e11;

    /** The claim if it is a text. */
    public Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The first of these claims that is a text. */
    public Optional<String> text(String name, String... others) {
        Optional<String> found = text(name);
        for (String other : others) {
            found = found.isPresent() ? found : text(other);
        }
        return found;
    }

    /** The claim if it is a NumericDate. */
    public Optional<Instant> time(String name) {
        return values.get(name) instanceof Number number
                        && Math.abs(number.doubleValue()) < SECONDS_MAX
                ? Optional.of(Instant.ofEpochMilli(Math.round(number.doubleValue() * 1000)))
                : Optional.empty();
    }

    /** Whether the claim is there at all. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /** The texts of a claim that is a list of them, or one alone; empty for anything else. */
    public Set<String> texts(String name) {
        Object value = values.get(name);
        Collection<?> items = value instanceof Collection<?> many ? many : List.of();
        Set<String> texts = new LinkedHashSet<>();
        for (Object item : items) {
            if (item instanceof String text) {
                texts.add(text);
            }
        }
        text(name).ifPresent(texts::add);
        return texts;
    }
}
