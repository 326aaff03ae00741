package dev.usher.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Header fields, names compared ignoring case (RFC 9110 5.1). Not thread-safe. */
public final class Headers {

    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    public Headers add(String name, String value) {
        fields.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
        return this;
    }

    public Headers set(String name, String value) {
        fields.put(name, new ArrayList<>(List.of(value)));
        return this;
    }

    public Headers remove(String name) {
        fields.remove(name);
        return this;
    }

    /** The first value of the field. */
    public Optional<String> first(String name) {
        List<String> values = fields.get(name);
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** All field lines of that name, in order. */
    public List<String> all(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    public void forEach(BiConsumer<String, String> action) {
        fields.forEach((name, values) -> values.forEach(value -> action.accept(name, value)));
    }
}
