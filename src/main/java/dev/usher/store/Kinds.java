package dev.usher.store;

import dev.usher.edm.AnnotationValue;
import dev.usher.edm.ComplexType;
import dev.usher.edm.EntityType;
import dev.usher.edm.Navigations;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Property;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the storage annotations of an entity type into its {@link Kind}. */
public final class Kinds {

    private static final String TABLE = "table:";

    private Kinds() {}

    /**
     * The kind in which instances of this type are kept: that of the nearest type up the hierarchy
     * which carries {@link Terms#STORAGE}.
     *
     * @throws IllegalArgumentException if no type of the hierarchy does
     */
    public static Kind of(EntityType type) {
        EntityType root = storageRoot(type);
        String storage = root.annotations().text(Terms.STORAGE).orElseThrow();
        String name = root.annotations().text(Terms.KIND).orElse(root.name());
        Set<List<String>> secrets = new HashSet<>();
        Map<String, Kind.Column> columns = new LinkedHashMap<>();
        Map<String, String> folded = new LinkedHashMap<>();
        Map<String, Kind.ItemIndex> items = new LinkedHashMap<>();
        Map<String, String> words = new LinkedHashMap<>();
        for (StructuredType member : keptWith(root)) {
            collectSecrets(member, List.of(), secrets);
            for (Property property : member.properties()) {
                property.annotations()
                        .text(Terms.FOLDED_COLUMN)
                        .ifPresent(column -> folded.put(property.name(), column));
                property.annotations()
                        .text(Terms.ITEM_INDEX)
                        .ifPresent(index -> items.put(property.name(), itemIndex(index)));
                property.annotations()
                        .text(Terms.WORD_INDEX)
                        .ifPresent(table -> words.put(property.name(), table));
                property.annotations()
                        .text(Terms.COLUMN)
                        .ifPresent(column ->
                                columns.put(
                                        property.name(),
                                        new Kind.Column(column, columnType(property))));
            }
        }
        root.annotations()
                .text(Terms.SEALED)
                .ifPresent(paths -> {
                    for (String path : paths.split(" ", -1)) {
                        secrets.add(List.of(path.split("/", -1)));
                    }
                });
        Set<String> contained = new HashSet<>();
        root.annotations()
                .text(Terms.KEEPS)
                .ifPresent(kinds -> contained.addAll(List.of(kinds.split(" ", -1))));
        collectContained(root, new HashSet<>(), contained);
        return storage.startsWith(TABLE)
                ? new Kind(
                        name,
                        storage.substring(TABLE.length()),
                        columns,
                        secrets,
                        contained,
                        new Kind.Indexing(folded, items, words))
                : new Kind(name, null, Map.of(), secrets, contained);
    }

    /**
     * The type and those derived from it that are kept as its kind: one with storage of its own,
     * and what derives from it, is kept apart. A type without storage is but what several kinds
     * have in common: all of them count.
     */
    public static List<StructuredType> keptWith(StructuredType type) {
        boolean union = type.inherited(Terms.STORAGE).isEmpty();
        return type.family().stream().filter(member -> union || !apart(member, type)).toList();
    }

    private static boolean apart(StructuredType member, StructuredType root) {
        return member != root
                && (member.annotations().text(Terms.STORAGE).isPresent()
                        || member.base().filter(base -> apart(base, root)).isPresent());
    }

    /** Reads {@code table:member=column member=column}. */
    private static Kind.ItemIndex itemIndex(String text) {
        int colon = text.indexOf(':');
        Map<String, String> columns = new LinkedHashMap<>();
        for (String pair : text.substring(colon + 1).split(" ", -1)) {
            int equals = pair.indexOf('=');
            columns.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new Kind.ItemIndex(text.substring(0, colon), columns);
    }

    private static void collectContained(
            StructuredType type, Set<StructuredType> done, Set<String> into) {
        for (Navigations.Reached reached : Navigations.of(type)) {
            EntityType target = reached.navigation().target();
            if (reached.navigation().contained() && document(target) && done.add(target)) {
                EntityType root = storageRoot(target);
                into.add(root.annotations().text(Terms.KIND).orElse(root.name()));
                collectContained(root, done, into);
            }
        }
    }

    private static boolean document(EntityType type) {
        return type.inherited(Terms.STORAGE)
                .filter(value ->
                        value instanceof AnnotationValue.Text(String storage)
                                && !storage.startsWith(TABLE))
                .isPresent();
    }

    private static EntityType storageRoot(EntityType type) {
        if (type.annotations().text(Terms.STORAGE).isPresent()) {
            return type;
        }
        return type.base()
                .map(base -> storageRoot((EntityType) base))
                .orElseThrow(() -> new IllegalArgumentException(type + " is not stored"));
    }

    private static void collectSecrets(
            StructuredType type, List<String> path, Set<List<String>> into) {
        for (Property property : type.properties()) {
            List<String> here = new ArrayList<>(path);
            here.add(property.name());
            if (property.secret()) {
                into.add(List.copyOf(here));
            }
            if (property.type().type() instanceof ComplexType complex && path.size() < 8) {
                complex.family().forEach(member -> collectSecrets(member, here, into));
            }
        }
    }

    private static Kind.Column.Type columnType(Property property) {
        if (property.type().collection()
                || !(property.type().type() instanceof PrimitiveType type)) {
            return Kind.Column.Type.TEXT;
        }
        return switch (type) {
            case BOOLEAN -> Kind.Column.Type.BOOLEAN;
            case INT32, INT64 -> Kind.Column.Type.INTEGER;
            case DATE_TIME_OFFSET -> Kind.Column.Type.INSTANT;
            default -> Kind.Column.Type.TEXT;
        };
    }
}
