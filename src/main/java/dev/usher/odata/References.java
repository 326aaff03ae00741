package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.odata.Violation.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads references in every form that Graph's clients send: {@code @odata.id} or {@code @id} with a
 * URL of any host and version, a bare key, an object with the key property, a bind. What counts is
 * the end of the path: the entity set and the key.
 */
final class References {

    private References() {}

    /**
     * The reference in a {@code $ref} body or a reference object.
     *
     * @return null when the object holds none
     */
    static @Nullable Reference of(JsonNode object, EntityType type) {
        for (String name : object.propertyNames()) {
            JsonNode value = object.get(name);
            String lower = name.toLowerCase(Locale.ROOT);
            boolean identifies = lower.equals("@odata.id") || lower.equals("@id");
            if (identifies && value.isString()) {
                return parse(value.stringValue(), type);
            }
        }
        return null;
    }

    /** As {@link #of}, or an object that holds the key property of the type. */
    static @Nullable Reference orKeyOf(JsonNode object, EntityType type) {
        Reference reference = of(object, type);
        if (reference != null) {
            return reference;
        }
        for (String name : object.propertyNames()) {
            JsonNode value = object.get(name);
            if (name.equalsIgnoreCase(type.key()) && value.isString()) {
                return new Reference(type, value.stringValue(), value.stringValue());
            }
        }
        return null;
    }

    /** Takes the last key out of a URL, a relative path, or a bare key. */
    static Reference parse(String written, EntityType type) {
        String path = written;
        int query = path.indexOf('?');
        if (query >= 0) {
            path = path.substring(0, query);
        }
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.toLowerCase(Locale.ROOT).endsWith("/$ref")) {
            path = path.substring(0, path.length() - "/$ref".length());
        }
        String last = PercentCoding.decodePath(path.substring(path.lastIndexOf('/') + 1));
        int open = last.indexOf('(');
        boolean parenthesised = open >= 0 && last.endsWith(")");
        String key = parenthesised ? unquote(last.substring(open + 1, last.length() - 1)) : last;
        return new Reference(type, key, written);
    }

    /** The entity set that a URL names before its key, or null when it is a bare key. */
    static @Nullable String set(String written) {
        String path =
                written.indexOf('?') < 0 ? written : written.substring(0, written.indexOf('?'));
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        if (segments.isEmpty()) {
            return null;
        }
        String last = PercentCoding.decodePath(segments.getLast());
        int open = last.indexOf('(');
        if (open > 0) {
            return last.substring(0, open);
        }
        return segments.size() < 2
                ? null
                : PercentCoding.decodePath(segments.get(segments.size() - 2));
    }

    /** {@code 'it''s'} or {@code id='it''s'} to {@code it's}; anything else as it is. */
    static String unquote(String argument) {
        String text = argument.strip();
        int equals = text.indexOf('=');
        int quote = text.indexOf('\'');
        if (equals > 0 && (quote < 0 || equals < quote)) {
            text = text.substring(equals + 1).strip();
        }
        boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
        if (!quoted && (text.startsWith("'") || text.endsWith("'"))) {
            throw new Refusal(GraphError.SYNTAX, "The key " + text + " lacks a quote.");
        }
        return quoted ? text.substring(1, text.length() - 1).replace("''", "'") : text;
    }

    static void notAReference(String target, Violations violations) {
        violations.add(
                target,
                Rule.REFERENCE,
                "'" + target + "' must be a reference: an object with '@odata.id' or 'id'.");
    }
}
