package dev.usher.odata;

import dev.usher.http.Headers;
import dev.usher.store.Entity;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code If-Match} and {@code If-None-Match} (RFC 9110 13.1). Empty lists mean that the header is
 * absent.
 */
public record Preconditions(List<String> ifMatch, List<String> ifNoneMatch) {

    public static final Preconditions NONE = new Preconditions(List.of(), List.of());

    /**
     * @throws Refusal 400 for a header without a tag
     */
    static Preconditions of(Headers headers) {
        return new Preconditions(tags(headers, "If-Match"), tags(headers, "If-None-Match"));
    }

    /** The strong entity tag of a stored version. */
    static String etag(Entity entity) {
        return etag(entity.version());
    }

    static String etag(long version) {
        return '"' + Long.toHexString(version) + '"';
    }

    /**
     * For a change.
     *
     * @throws Refusal 412 when the entity is not in the state that the caller has seen
     */
    void check(Entity entity) {
        check(etag(entity));
    }

    /** As above, for what is in the state of that tag. */
    void check(String etag) {
        boolean lost = !ifMatch.isEmpty() && !matches(ifMatch, etag);
        if (lost || matches(ifNoneMatch, etag)) {
            throw new Refusal(
                    GraphError.PRECONDITION_FAILED,
                    "The object is not, or no longer, in the state of the given ETag.");
        }
    }

    /** For a read: whether the caller holds the current state already. */
    boolean notModified(Entity entity) {
        return notModified(etag(entity));
    }

    boolean notModified(String etag) {
        return matches(ifNoneMatch, etag);
    }

    /**
     * For a change that creates what was not there.
     *
     * @throws Refusal 412 when the caller expects some state of it
     */
    void checkAbsent() {
        if (!ifMatch.isEmpty()) {
            throw new Refusal(
                    GraphError.PRECONDITION_FAILED,
                    "The object does not exist, so it is not in the state of the given ETag.");
        }
    }

    private static boolean matches(List<String> tags, String etag) {
        return tags.contains("*") || tags.contains(etag);
    }

    private static List<String> tags(Headers headers, String name) {
        if (!headers.has(name)) {
            return List.of();
        }
        List<String> tags =
                headers.all(name).stream()
                        .flatMap(line -> Stream.of(line.split(",")))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .filter(tag -> !tag.isEmpty())
                        .toList();
        // to take it for no condition would let through what was meant to be held back
        if (tags.isEmpty()) {
            throw new Refusal(
                    GraphError.SYNTAX,
                    "The header " + name + " holds no entity tag.",
                    name,
                    List.of());
        }
        return tags;
    }
}
