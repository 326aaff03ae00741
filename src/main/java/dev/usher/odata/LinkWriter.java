package dev.usher.odata;

import dev.usher.edm.NavigationProperty;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.Entity;
import dev.usher.store.Query;
import dev.usher.store.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resolves the references of a draft, and stores links. */
final class LinkWriter {

    /** The targets of one navigation property of one object; a change looks at all of them. */
    static final int TARGETS_MAX = 1000;

    /** References of one navigation property, all found. */
    record Resolved(String path, NavigationProperty navigation, List<Entity> targets) {

        /** The references with the keys of their targets as stored. */
        Draft.Links links() {
            return new Draft.Links(
                    path,
                    navigation,
                    targets.stream()
                            .map(target ->
                                    new Reference(navigation.target(), target.id(), target.id()))
                            .toList());
        }
    }

    private final Locator locator;

    LinkWriter(Locator locator) {
        this.locator = locator;
    }

    /** Finds every target; each one that does not exist is a violation, never skipped. */
    List<Resolved> resolve(WriteTx tx, List<Draft.Links> links, Violations violations) {
        List<Resolved> all = new ArrayList<>();
        for (Draft.Links draft : links) {
            List<Entity> targets = new ArrayList<>();
            for (Reference reference : draft.targets()) {
                Optional<Entity> target = locator.byKey(tx, reference.type(), "", reference.key());
                target.ifPresentOrElse(
                        targets::add,
                        () ->
                                violations.add(
                                        draft.path(),
                                        Rule.REFERENCE,
                                        "'" + reference.written() + "' does not exist."));
            }
            all.add(new Resolved(draft.path(), draft.navigation(), targets));
        }
        return all;
    }

    /**
     * The references that a change of an entity may set. One that was fixed on create may be
     * repeated; it is no change then.
     */
    List<Resolved> changing(
            WriteTx tx, Entity source, List<Resolved> links, Violations violations) {
        List<Resolved> changing = new ArrayList<>();
        for (Resolved resolved : links) {
            if (!resolved.navigation().immutable()) {
                changing.add(resolved);
            } else if (!same(tx, source, resolved) && !violations.concerns(resolved.path())) {
                violations.add(
                        resolved.path(),
                        Rule.IMMUTABLE,
                        "'" + resolved.path() + "' cannot be changed.");
            }
        }
        return changing;
    }

    private static boolean same(WriteTx tx, Entity source, Resolved resolved) {
        return !resolved.targets().isEmpty()
                && resolved.targets().stream()
                        .allMatch(target ->
                                tx.linked(
                                        resolved.navigation().linkName(),
                                        source.kind(),
                                        source.path(),
                                        target.kind(),
                                        target.path()));
    }

    /**
     * Stores the references of a body, and those that were decided on in their place. A collection
     * gets no other targets than these.
     */
    void write(WriteTx tx, Entity source, List<Resolved> links, LinkSet related) {
        for (Resolved resolved : links) {
            if (!related.decided().containsKey(resolved.navigation())) {
                replace(tx, source, resolved.navigation(), resolved.targets(), related);
            }
        }
        related.decided()
                .forEach(
                        (navigation, targets) -> replace(tx, source, navigation, targets, related));
    }

    private void replace(
            WriteTx tx,
            Entity source,
            NavigationProperty navigation,
            List<Entity> targets,
            LinkSet related) {
        List<String> stored =
                related.stored(navigation.linkName()).stream().map(Entity::path).toList();
        if (stored.equals(targets.stream().map(Entity::path).toList())) {
            return;
        }
        if (!stored.isEmpty()) {
            tx.unlinkAll(navigation.linkName(), source.kind(), source.path());
        }
        requireRoom(source, navigation, targets.size());
        for (Entity target : targets) {
            tx.linkLater(navigation.linkName(), source, target);
        }
    }

    boolean linked(WriteTx tx, Entity source, NavigationProperty navigation, Entity target) {
        return tx.linked(
                navigation.linkName(), source.kind(), source.path(), target.kind(), target.path());
    }

    boolean unlink(WriteTx tx, Entity source, NavigationProperty navigation, Entity target) {
        return tx.unlink(
                navigation.linkName(), source.kind(), source.path(), target.kind(), target.path());
    }

    /**
     * @throws Refusal 403 if the object would have more targets than {@link #TARGETS_MAX}
     */
    boolean link(WriteTx tx, Entity source, NavigationProperty navigation, Entity target) {
        boolean added = store(tx, source, navigation, target);
        if (added) {
            Query all =
                    locator.query(
                            navigation.target(),
                            new Query.Scope.Linked(
                                    navigation.linkName(), source.kind(), source.path()),
                            1);
            requireRoom(source, navigation, tx.count(all));
        }
        return added;
    }

    private static boolean store(
            WriteTx tx, Entity source, NavigationProperty navigation, Entity target) {
        return tx.link(
                navigation.linkName(), source.kind(), source.path(), target.kind(), target.path());
    }

    private static void requireRoom(Entity source, NavigationProperty navigation, long targets) {
        if (targets > TARGETS_MAX) {
            throw new Refusal(
                    GraphError.QUOTA,
                    "'"
                            + source.id()
                            + "' may have "
                            + TARGETS_MAX
                            + " references in '"
                            + navigation.name()
                            + "', not "
                            + targets
                            + ".",
                    navigation.name(),
                    List.of());
        }
    }

    /** Makes the target the only one, or leaves none. */
    void set(WriteTx tx, Entity source, NavigationProperty navigation, Optional<Entity> target) {
        tx.unlinkAll(navigation.linkName(), source.kind(), source.path());
        target.ifPresent(entity -> store(tx, source, navigation, entity));
    }
}
