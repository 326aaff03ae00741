package dev.usher.odata;

import dev.usher.edm.Annotations;
import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import dev.usher.store.Kinds;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code @odata.type}: with or without {@code #}, any case, and the internal namespace that
 * old documents leaked in place of {@code microsoft.graph}.
 */
record TypeNames(Model model) {

    private static final String LEAKED = "microsoft.cpim.api.datamodels.";

    /** The named type, if it is the declared one or derives from it; else null. */
    @Nullable StructuredType find(String written, StructuredType declared) {
        String name = written.startsWith("#") ? written.substring(1) : written;
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(LEAKED)) {
            name = Model.NAMESPACE + "." + name.substring(LEAKED.length());
        }
        return model.type(name).orElse(null) instanceof StructuredType type
                        && Kinds.keptWith(declared).contains(type)
                ? type
                : null;
    }

    /**
     * What a create makes where the body names the declared type, or none; the collection's own
     * default goes before the type's.
     */
    EntityType created(EntityType named, Annotations collection) {
        return collection
                .text(Terms.DEFAULT_TYPE)
                .map(model::entityType)
                .filter(type -> type.isA(named))
                .or(() -> named.annotations().text(Terms.DEFAULT_TYPE).map(model::entityType))
                .orElse(named);
    }

    /**
     * The one concrete type that declares all these members, for clients that never send a type.
     */
    @Nullable StructuredType onlyOneWith(StructuredType declared, Collection<String> members) {
        List<StructuredType> fitting =
                Kinds.keptWith(declared).stream()
                        .filter(type -> !type.isAbstract())
                        .filter(type -> members.stream().allMatch(name -> declares(type, name)))
                        .toList();
        return fitting.size() == 1 && !members.isEmpty() ? fitting.getFirst() : null;
    }

    private static boolean declares(StructuredType type, String name) {
        return name.contains("@")
                || type.property(name).isPresent()
                || type.navigation(name).isPresent();
    }
}
