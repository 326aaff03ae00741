package dev.usher.odata;

import dev.usher.edm.Annotations;
import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Step;
import dev.usher.edm.Terms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a resource path addresses, up to a property, an operation or a {@code $} segment. */
public sealed interface Address {

    /** The declared type, after casts. */
    EntityType type();

    /** The canonical path as context URLs and Location headers show it, without leading slash. */
    String path();

    /**
     * What the container's element or the navigation property that leads here is annotated with.
     */
    Annotations ownAnnotations();

    /** The address that this one is reached through; null at the container. */
    @Nullable Address through();

    /** The annotations of each step that leads here, the nearest first. */
    default List<Annotations> annotations() {
        List<Annotations> all = new ArrayList<>();
        for (Address at = this; at != null; at = at.through()) {
            all.add(at.ownAnnotations());
        }
        return all;
    }

    /** The outermost member of a collection that leads here, or is here; null for none. */
    default @Nullable Item outermost() {
        Item found = null;
        for (Address at = this; at != null; at = at.through()) {
            if (at instanceof Item item) {
                found = item;
            }
        }
        return found;
    }

    /** An address of exactly one entity, which may not exist. */
    sealed interface One extends Address {

        /** Whether this is no entity but a step of the path: a container, alone in its tenant. */
        default boolean container() {
            return switch (this) {
                case Singleton _ -> true;
                case Single single ->
                        single.navigation().contained()
                                && single.owner().container()
                                && single.type().inherited(Terms.STORAGE).isEmpty();
                case Item _ -> false;
            };
        }
    }

    /** A singleton of the container. It is not stored. */
    record Singleton(Model.Root root) implements One {
        @Override
        public EntityType type() {
            return root.type();
        }

        @Override
        public Annotations ownAnnotations() {
            return root.annotations();
        }

        @Override
        public @Nullable Address through() {
            return null;
        }

        @Override
        public String path() {
            return root.name();
        }
    }

    /**
     * The entities of a collection-valued navigation property, perhaps inside complex properties;
     * an entity set of the container is one without owner.
     */
    record Members(
            @Nullable One owner, List<Step> complex, NavigationProperty navigation, EntityType type)
            implements Address {
        /** Those of a navigation property of the entity itself. */
        Members(@Nullable One owner, NavigationProperty navigation, EntityType type) {
            this(owner, List.of(), navigation, type);
        }

        @Override
        public Annotations ownAnnotations() {
            return navigation.annotations();
        }

        @Override
        public @Nullable Address through() {
            return owner;
        }

        @Override
        public String path() {
            String within = Step.path(complex) + navigation.name();
            return owner == null ? within : owner.path() + "/" + within;
        }

        /** Whether the members are contained in a stored entity, not in the tenant itself. */
        boolean nested() {
            return owner != null && !owner.container();
        }
    }

    /**
     * One member by its key, as the caller spelled it.
     *
     * @param by the property whose value the key is, where that is an alternate key; else null
     */
    record Item(Members of, String key, EntityType type, @Nullable String by) implements One {

        Item(Members of, String key, EntityType type) {
            this(of, key, type, null);
        }

        @Override
        public Annotations ownAnnotations() {
            return of.ownAnnotations();
        }

        @Override
        public @Nullable Address through() {
            return of.through();
        }

        @Override
        public String path() {
            String name = by == null ? "" : by + "=";
            return of.path() + "(" + name + "'" + key.replace("'", "''") + "')";
        }
    }

    /** The target of a single-valued navigation property, perhaps inside complex properties. */
    record Single(One owner, List<Step> complex, NavigationProperty navigation) implements One {
        @Override
        public EntityType type() {
            return navigation.target();
        }

        @Override
        public Annotations ownAnnotations() {
            return navigation.annotations();
        }

        @Override
        public @Nullable Address through() {
            return owner;
        }

        @Override
        public String path() {
            return owner.path() + "/" + Step.path(complex) + navigation.name();
        }
    }
}
