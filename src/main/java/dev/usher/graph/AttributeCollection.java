package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.odata.LinkSet;
import dev.usher.odata.Strategy.Candidate;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code onAttributeCollectionExternalUsersSelfServiceSignUp}: the attributes that are asked for,
 * and the inputs that ask for them. Each attribute has one input, whichever of the two a request
 * changes.
 */
final class AttributeCollection {

    /** Inputs of one page. */
    static final int INPUTS_MAX = 100;

    private static final String TYPE =
            "#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp";
    private static final String LINK = "attributes";
    private static final String PAGE = "attributeCollectionPage";
    private static final String VIEWS = "views";
    private static final String INPUTS = "inputs";
    private static final String ATTRIBUTE = "attribute";

    /** The property that holds the handler. */
    private final String property;

    private final Kind attributes;

    AttributeCollection(Model model, String property) {
        this.property = property;
        this.attributes = Kinds.of(model.entityType(UserFlowAttributes.TYPE));
    }

    /** A change that gives no page leaves the page as it is. */
    void merge(ObjectNode before, ObjectNode after) {
        Optional<ObjectNode> stored = handler(before);
        Optional<ObjectNode> changed = handler(after);
        if (stored.isPresent()
                && changed.isPresent()
                && stored.get().has(PAGE)
                && !changed.get().has(PAGE)) {
            changed.get().set(PAGE, stored.get().path(PAGE).deepCopy());
        }
    }

    /** Gives each attribute an input and each input its attribute. */
    void relate(ReadTx tx, Candidate candidate, LinkSet links, Violations violations) {
        Optional<ObjectNode> handler = handler(candidate.properties());
        boolean page = candidate.changed().path(property).path(PAGE).path(VIEWS).isArray();
        if (handler.isEmpty() || (!page && !links.requested(LINK))) {
            return;
        }
        Map<String, Entity> named = named(tx, handler.get(), violations);
        if (!violations.isEmpty()) {
            return;
        }
        List<Entity> wanted = new ArrayList<>(links.targets(LINK));
        if (page && !candidate.isNew()) {
            wanted = List.copyOf(named.values());
        } else if (page) {
            Set<String> listed = keys(wanted);
            named.values().stream()
                    .filter(attribute -> !listed.contains(attribute.key()))
                    .forEach(wanted::add);
        } else {
            removeOthers(handler.get(), keys(wanted));
        }
        if (wanted.size() > INPUTS_MAX) {
            tooMany(property + "/" + LINK, violations);
            return;
        }
        links.set(LINK, wanted);
        for (Entity attribute : wanted) {
            if (!named.containsKey(attribute.key())) {
                inputsOfFirstView(handler.get()).add(AttributeInputs.usual(attribute));
            }
        }
    }

    private static Set<String> keys(List<Entity> entities) {
        Set<String> keys = new HashSet<>();
        entities.forEach(entity -> keys.add(entity.key()));
        return keys;
    }

    private Optional<ObjectNode> handler(ObjectNode properties) {
        return properties.get(property) instanceof ObjectNode handler
                        && handler.path("@odata.type").asString("").equals(TYPE)
                ? Optional.of(handler)
                : Optional.empty();
    }

    /** The attributes of the inputs, by key; each input gets the stored spelling of its own. */
    private Map<String, Entity> named(ReadTx tx, ObjectNode handler, Violations violations) {
        Map<String, Entity> named = new LinkedHashMap<>();
        int count = 0;
        int view = 0;
        for (JsonNode each : handler.path(PAGE).path(VIEWS)) {
            String path = property + "/" + PAGE + "/" + VIEWS + "/" + view++ + "/" + INPUTS;
            count += each.path(INPUTS).size();
            if (count > INPUTS_MAX) {
                tooMany(path, violations);
                return named;
            }
            int at = 0;
            for (JsonNode input : each.path(INPUTS)) {
                String target = path + "/" + at++;
                Entity attribute = attribute(tx, input, target, violations);
                if (attribute == null) {
                    continue;
                }
                ((ObjectNode) input).put(ATTRIBUTE, attribute.id());
                if (named.put(attribute.key(), attribute) != null) {
                    violations.add(
                            target + "/" + ATTRIBUTE,
                            Rule.NOT_ALLOWED,
                            "The attribute '" + attribute.id() + "' is asked for twice.");
                }
                AttributeInputs.check(input, attribute, target, violations);
            }
        }
        return named;
    }

    private static void tooMany(String target, Violations violations) {
        violations.add(
                target, Rule.TOO_LONG, "A page asks for at most " + INPUTS_MAX + " attributes.");
    }

    private @Nullable Entity attribute(
            ReadTx tx, JsonNode input, String target, Violations violations) {
        String name = input.path(ATTRIBUTE).asString("");
        Optional<Entity> attribute = tx.find(attributes, "", name);
        if (attribute.isEmpty()) {
            violations.add(
                    target + "/" + ATTRIBUTE,
                    Rule.REFERENCE,
                    "There is no attribute '" + name + "'.");
        }
        return attribute.orElse(null);
    }

    private static void removeOthers(ObjectNode handler, Set<String> kept) {
        for (JsonNode view : handler.path(PAGE).path(VIEWS)) {
            if (view instanceof ObjectNode object && object.get(INPUTS) instanceof ArrayNode old) {
                ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
                for (JsonNode input : old) {
                    if (kept.contains(Entity.fold(input.path(ATTRIBUTE).asString("")))) {
                        inputs.add(input);
                    }
                }
                object.set(INPUTS, inputs);
            }
        }
    }

    private static ArrayNode inputsOfFirstView(ObjectNode handler) {
        ObjectNode page =
                handler.get(PAGE) instanceof ObjectNode given ? given : handler.putObject(PAGE);
        ArrayNode views = page.get(VIEWS) instanceof ArrayNode given ? given : page.putArray(VIEWS);
        ObjectNode first = views.get(0) instanceof ObjectNode given ? given : views.addObject();
        return first.get(INPUTS) instanceof ArrayNode given ? given : first.putArray(INPUTS);
    }
}
