package dev.usher.store;

import dev.usher.ids.TenantId;
import dev.usher.secret.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Seals the secret properties of an entity on its way into the database. */
public final class Secrets {

    private final Sealer sealer;

    Secrets(Sealer sealer) {
        this.sealer = sealer;
    }

    /**
     * The context in which a secret property is sealed: whoever must use the secret opens it with
     * {@code sealer.open(Secrets.context(...), text)}.
     *
     * @param property the path of the property, such as {@code authenticationConfiguration,
     *     password}; items of one collection share it
     */
    public static String context(
            TenantId tenant, String kind, String entityPath, List<String> property) {
        return tenant + "|" + kind + "|" + entityPath + "|" + String.join("/", property);
    }

    /**
     * Seals in place. Text is taken for sealed only if the stored entity holds the very same text
     * at that path: what a client sends in the form of sealed text is sealed like any other.
     *
     * @param stored what the entity held until now, null when it is new
     * @throws IllegalArgumentException if a secret is not text
     */
    void seal(
            TenantId tenant,
            Kind kind,
            String entityPath,
            ObjectNode properties,
            @Nullable ObjectNode stored) {
        for (List<String> path : kind.secrets()) {
            Set<String> known = new HashSet<>();
            if (stored != null) {
                collect(stored, path, known);
            }
            String context = context(tenant, kind.name(), entityPath, path);
            seal(properties, path, context, known);
        }
    }

    private static void collect(@Nullable JsonNode node, List<String> path, Set<String> into) {
        if (node == null) {
            return;
        }
        if (node.isArray()) {
            node.forEach(item -> collect(item, path, into));
        } else if (path.isEmpty()) {
            if (node.isString()) {
                into.add(node.stringValue());
            }
        } else {
            collect(node.get(path.getFirst()), path.subList(1, path.size()), into);
        }
    }

    private void seal(JsonNode node, List<String> path, String context, Set<String> known) {
        if (node.isArray()) {
            node.forEach(item -> seal(item, path, context, known));
            return;
        }
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        JsonNode next = object.get(path.getFirst());
        if (next == null || next.isNull()) {
            return;
        }
        if (path.size() > 1) {
            seal(next, path.subList(1, path.size()), context, known);
        } else if (!next.isString()) {
            throw new IllegalArgumentException("a secret is text: " + path);
        } else if (!known.contains(next.stringValue())) {
            byte[] clear = next.stringValue().getBytes(StandardCharsets.UTF_8);
            object.put(path.getFirst(), sealer.seal(context, clear));
        }
    }
}
