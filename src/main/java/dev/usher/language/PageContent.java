package dev.usher.language;

import dev.usher.store.Entity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The texts of one page in one language: the model of Graph's language files. */
public record PageContent(List<Text> strings, List<Choices> choices) {

    /** Nothing said. */
    public static final PageContent EMPTY = new PageContent(List.of(), List.of());

    static final String STRINGS = "LocalizedStrings";
    static final String COLLECTIONS = "LocalizedCollections";
    static final String ELEMENT_TYPE = "ElementType";
    static final String ELEMENT_ID = "ElementId";
    static final String STRING_ID = "StringId";
    static final String TARGET = "TargetCollection";
    static final String OVERRIDE = "Override";
    static final String VALUE = "Value";
    static final String ITEMS = "Items";
    static final String NAME = "Name";

    /**
     * What a text is for.
     *
     * @param name the string id, or the collection that choices belong to
     */
    public record Triple(String elementType, @Nullable String elementId, String name) {

        /** The form in which triples are compared: ignoring case. */
        String key() {
            String id = elementId == null ? "" : elementId;
            return Entity.fold(elementType + "\n" + id + "\n" + name);
        }

        @Override
        public String toString() {
            return elementType + "/" + (elementId == null ? "null" : elementId) + "/" + name;
        }
    }

    public record Text(Triple what, String value) {}

    /** The choices of a select, by the value that is stored. */
    public record Choices(Triple what, List<Choice> items) {}

    public record Choice(String name, String value) {}

    /**
     * As Graph shows it.
     *
     * @param override whether these are texts that replace others
     */
    public ObjectNode json(boolean override) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        ArrayNode texts = content.putArray(STRINGS);
        for (Text text : strings) {
            ObjectNode entry = entry(texts.addObject(), text.what());
            entry.put(STRING_ID, text.what().name());
            entry.put(OVERRIDE, override);
            entry.put(VALUE, text.value());
        }
        if (choices.isEmpty()) {
            return content;
        }
        ArrayNode collections = content.putArray(COLLECTIONS);
        for (Choices each : choices) {
            ObjectNode entry = entry(collections.addObject(), each.what());
            entry.put(TARGET, each.what().name());
            entry.put(OVERRIDE, override);
            ArrayNode items = entry.putArray(ITEMS);
            for (Choice choice : each.items()) {
                items.addObject().put(NAME, choice.name()).put(VALUE, choice.value());
            }
        }
        return content;
    }

    private static ObjectNode entry(ObjectNode entry, Triple what) {
        entry.put(ELEMENT_TYPE, what.elementType());
        entry.put(ELEMENT_ID, what.elementId());
        return entry;
    }

    /** Reads what {@link #json} wrote. */
    public static PageContent stored(JsonNode content) {
        List<Text> strings = new ArrayList<>();
        for (JsonNode entry : content.path(STRINGS)) {
            strings.add(new Text(triple(entry, STRING_ID), text(entry, VALUE)));
        }
        List<Choices> choices = new ArrayList<>();
        for (JsonNode entry : content.path(COLLECTIONS)) {
            List<Choice> items = new ArrayList<>();
            for (JsonNode item : entry.path(ITEMS)) {
                items.add(new Choice(text(item, NAME), text(item, VALUE)));
            }
            choices.add(new Choices(triple(entry, TARGET), items));
        }
        return new PageContent(strings, choices);
    }

    private static Triple triple(JsonNode entry, String name) {
        JsonNode id = entry.path(ELEMENT_ID);
        return new Triple(
                text(entry, ELEMENT_TYPE),
                id.isString() ? id.stringValue() : null,
                text(entry, name));
    }

    private static String text(JsonNode entry, String member) {
        return entry.path(member).asString("");
    }
}
