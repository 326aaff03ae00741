package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Property;
import dev.usher.ids.Ids;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Query;
import dev.usher.store.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes an entity of a draft, with the links and the contained members that the draft names. */
final class Creator {

    private final Strategies strategies;
    private final StoredTypes storedTypes;
    private final Locator locator;
    private final LinkWriter links;
    private final Ids ids;

    Creator(
            Strategies strategies,
            StoredTypes storedTypes,
            Locator locator,
            LinkWriter links,
            Ids ids) {
        this.strategies = strategies;
        this.storedTypes = storedTypes;
        this.locator = locator;
        this.links = links;
        this.ids = ids;
    }

    /** Slow work, before the transaction. */
    void prepare(Draft draft) {
        strategies.of(draft.type()).prepare(draft);
        draft.nested().forEach(nested -> nested.members().forEach(this::prepare));
    }

    /**
     * @param owner the stored owner, locked; null when that is the tenant
     * @param placeholders takes the name of the key when it was made up
     * @throws Refusal 400 for what the draft breaks, 409 for what clashes
     */
    Entity create(
            WriteTx tx,
            Address.Members at,
            @Nullable Entity owner,
            Draft draft,
            List<String> placeholders) {
        return create(tx, at, owner, draft, placeholders, Views.targets(at.type()));
    }

    private Entity create(
            WriteTx tx,
            Address.Members at,
            @Nullable Entity owner,
            Draft draft,
            List<String> placeholders,
            UnaryOperator<String> targets) {
        EntityType type = draft.type();
        Kind kind = storedTypes.kind(type);
        Strategy strategy = strategies.of(type);
        Violations violations = new Violations(targets);
        List<LinkWriter.Resolved> resolved = links.resolve(tx, draft.links(), violations);
        String id =
                newKey(
                        tx,
                        draft.withLinks(resolved.stream().map(LinkWriter.Resolved::links).toList()),
                        strategy,
                        placeholders,
                        violations);
        ObjectNode properties = withoutComputed(type, draft.properties());
        Views.keep(type, properties, violations);
        strategy.complete(properties);
        Merge.checkComputed(type, draft.properties(), properties, violations);
        Merge.unmask(kind, JsonNodeFactory.instance.objectNode(), properties, violations);
        var candidate =
                new Strategy.Candidate(type.qualifiedName(), id, properties, properties, true);
        strategy.validate(tx, candidate, violations);
        violations.refuse();
        strategy.creating(tx, candidate);
        String parent = owner == null ? "" : owner.path();
        Places.append(
                tx,
                locator,
                at.navigation(),
                at.type(),
                new Query.Scope.Children(parent),
                properties);
        Entity entity =
                insert(
                        tx,
                        kind,
                        new Entity(kind.name(), parent, id, type.qualifiedName(), 0, properties));
        links.add(tx, entity, resolved);
        nested(tx, new Address.Item(at, id, type), entity, draft);
        strategy.created(tx, entity, draft);
        return entity;
    }

    private void nested(WriteTx tx, Address.Item at, Entity owner, Draft draft) {
        for (Draft.Nested nested : draft.nested()) {
            EntityType target = nested.navigation().target();
            Address.Members members = new Address.Members(at, nested.navigation(), target);
            for (int i = 0; i < nested.members().size(); i++) {
                String prefix = nested.navigation().name() + "/" + i + "/";
                create(
                        tx,
                        members,
                        owner,
                        nested.members().get(i),
                        new ArrayList<>(),
                        name -> prefix + name);
            }
        }
    }

    private String newKey(
            WriteTx tx,
            Draft draft,
            Strategy strategy,
            List<String> placeholders,
            Violations violations) {
        String given = draft.key();
        String keyName = draft.type().key();
        if (Keys.chosenByCaller(draft.type())) {
            if (given == null || given.isEmpty()) {
                placeholders.add(keyName);
                given = ids.hex32();
            }
            return Keys.withPrefix(draft.type(), given);
        }
        String made = strategy.key(tx, draft, ids);
        if (given != null && !given.equalsIgnoreCase(made)) {
            violations.add(keyName, Rule.READ_ONLY, "'" + keyName + "' is set by the service.");
        }
        return made;
    }

    private static Entity insert(WriteTx tx, Kind kind, Entity entity) {
        try {
            return tx.insert(kind, entity);
        } catch (WriteTx.DuplicateKey duplicate) {
            throw new Refusal(
                    GraphError.CONFLICT,
                    "An object with the id '" + duplicate.id() + "' exists already.",
                    "id",
                    List.of());
        }
    }

    /** The properties of a body but for those that the service sets. */
    static ObjectNode withoutComputed(EntityType type, ObjectNode given) {
        ObjectNode properties = given.deepCopy();
        type.properties().stream()
                .filter(Property::computed)
                .forEach(property -> properties.remove(property.name()));
        return properties;
    }
}
