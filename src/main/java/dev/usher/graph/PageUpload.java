package dev.usher.graph;

import dev.usher.language.PageContent;
import dev.usher.language.PageContent.Choice;
import dev.usher.language.PageContent.Choices;
import dev.usher.language.PageContent.Text;
import dev.usher.language.PageContent.Triple;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a file of texts as callers send it: member names in any case, entries that override nothing
 * left out. Reports everything that is wrong with its form.
 */
final class PageUpload {

    /** Entries of each of the two lists, and choices of one entry. */
    static final int ENTRIES_MAX = 2000;

    /** The longest text, in characters. */
    static final int VALUE_MAX = 4000;

    private static final String STRINGS = "LocalizedStrings";
    private static final String COLLECTIONS = "LocalizedCollections";
    private static final List<String> MEMBERS = List.of(STRINGS, COLLECTIONS);
    private static final List<String> STRING_MEMBERS =
            List.of("ElementType", "ElementId", "StringId", "Override", "Value");
    private static final List<String> COLLECTION_MEMBERS =
            List.of("ElementType", "ElementId", "TargetCollection", "Override", "Items");
    private static final List<String> ITEM_MEMBERS = List.of("Name", "Value");

    private final Violations violations = new Violations();
    private final List<Text> strings = new ArrayList<>();
    private final List<Choices> choices = new ArrayList<>();

    private PageUpload() {}

    /**
     * @throws Refusal 400 for what is no such file
     */
    static PageContent read(JsonNode body) {
        if (!body.isObject()) {
            throw new Refusal(GraphError.SYNTAX, "The body must be a JSON object.");
        }
        PageUpload upload = new PageUpload();
        Map<String, JsonNode> members = upload.members(body, "", MEMBERS);
        for (Entry entry : upload.list(members.get(STRINGS), STRINGS)) {
            upload.string(entry);
        }
        for (Entry entry : upload.list(members.get(COLLECTIONS), COLLECTIONS)) {
            upload.collection(entry);
        }
        upload.violations.refuse();
        return new PageContent(upload.strings, upload.choices);
    }

    /** One object of a list, and where it stands. */
    private record Entry(JsonNode node, String path) {}

    private List<Entry> list(@Nullable JsonNode list, String path) {
        List<Entry> entries = new ArrayList<>();
        if (list == null || list.isNull()) {
            return entries;
        }
        if (!list.isArray()) {
            wrong(path, "an array");
        } else if (list.size() > ENTRIES_MAX) {
            violations.add(
                    path, Rule.TOO_LONG, "'" + path + "' has more than " + ENTRIES_MAX + " items.");
        } else {
            for (int i = 0; i < list.size(); i++) {
                entries.add(new Entry(list.get(i), path + "[" + i + "]"));
            }
        }
        return entries;
    }

    private void string(Entry entry) {
        Map<String, JsonNode> members = members(entry.node(), entry.path(), STRING_MEMBERS);
        if (!overrides(members, entry)) {
            return;
        }
        Triple what = triple(members, entry, "StringId");
        strings.add(new Text(what, text(members, entry, "Value")));
    }

    private void collection(Entry entry) {
        Map<String, JsonNode> members = members(entry.node(), entry.path(), COLLECTION_MEMBERS);
        if (!overrides(members, entry)) {
            return;
        }
        Triple what = triple(members, entry, "TargetCollection");
        List<Choice> items = new ArrayList<>();
        for (Entry item : list(members.get("Items"), entry.path() + "/Items")) {
            Map<String, JsonNode> parts = members(item.node(), item.path(), ITEM_MEMBERS);
            items.add(new Choice(text(parts, item, "Name"), text(parts, item, "Value")));
        }
        choices.add(new Choices(what, items));
    }

    /** An entry that does not say so overrides. */
    private boolean overrides(Map<String, JsonNode> members, Entry entry) {
        JsonNode override = members.get("Override");
        if (override == null || override.isNull()) {
            return entry.node().isObject();
        }
        if (!override.isBoolean()) {
            wrong(entry.path() + "/Override", "true or false");
            return false;
        }
        return override.booleanValue();
    }

    private Triple triple(Map<String, JsonNode> members, Entry entry, String name) {
        JsonNode id = members.get("ElementId");
        boolean none = id == null || id.isNull() || (id.isString() && id.stringValue().isEmpty());
        return new Triple(
                text(members, entry, "ElementType"),
                none ? null : text(members, entry, "ElementId"),
                text(members, entry, name));
    }

    private String text(Map<String, JsonNode> members, Entry entry, String name) {
        String path = entry.path() + "/" + name;
        JsonNode value = members.get(name);
        if (value == null || value.isNull()) {
            if (entry.node().isObject()) {
                violations.add(
                        path,
                        Rule.REQUIRED,
                        "The value must not be null or empty. Parameter name: " + name);
            }
            return "";
        }
        if (!value.isString()) {
            wrong(path, "a text");
            return "";
        }
        if (value.stringValue().length() > VALUE_MAX) {
            violations.add(
                    path,
                    Rule.TOO_LONG,
                    "'" + path + "' is longer than " + VALUE_MAX + " characters.");
        }
        return value.stringValue();
    }

    /** The members of an object under their usual names. */
    private Map<String, JsonNode> members(JsonNode node, String path, List<String> known) {
        Map<String, JsonNode> members = new HashMap<>();
        if (!node.isObject()) {
            wrong(path, "an object");
            return members;
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String folded = member.getKey().toLowerCase(Locale.ROOT);
            String name =
                    known.stream()
                            .filter(each -> each.toLowerCase(Locale.ROOT).equals(folded))
                            .findFirst()
                            .orElse(null);
            String at = path.isEmpty() ? member.getKey() : path + "/" + member.getKey();
            if (name == null && !folded.startsWith("@")) {
                violations.add(
                        at,
                        Rule.UNKNOWN_PROPERTY,
                        "'"
                                + at
                                + "' is unknown here; there are "
                                + String.join(", ", known)
                                + ".");
            } else if (name != null && members.put(name, member.getValue()) != null) {
                violations.add(at, Rule.DUPLICATE, "'" + at + "' is given twice.");
            }
        }
        return members;
    }

    private void wrong(String path, String wanted) {
        violations.add(path, Rule.WRONG_TYPE, "'" + path + "' must be " + wanted + ".");
    }
}
