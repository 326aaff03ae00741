package dev.usher.language;

import dev.usher.language.PageContent.Choice;
import dev.usher.language.PageContent.Choices;
import dev.usher.language.PageContent.Text;
import dev.usher.language.PageContent.Triple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts held against the default texts of the same page: which they replace, and which not. */
public final class Overrides {

    /** A custom attribute's id; callers may leave out the application that owns it. */
    private static final Pattern CUSTOM = Pattern.compile("extension_[0-9a-f]{32}_(.+)");

    private final PageContent defaults;
    private final Map<String, Text> strings = new LinkedHashMap<>();
    private final Map<String, Choices> choices = new LinkedHashMap<>();

    public Overrides(PageContent defaults) {
        this.defaults = defaults;
        for (Text text : defaults.strings()) {
            strings.put(text.what().key(), text);
            strings.putIfAbsent(shortened(text.what()).key(), text);
        }
        for (Choices each : defaults.choices()) {
            choices.put(each.what().key(), each);
            choices.putIfAbsent(shortened(each.what()).key(), each);
        }
    }

    private static Triple shortened(Triple what) {
        String id = what.elementId();
        Matcher custom = CUSTOM.matcher(id == null ? "" : id);
        return custom.matches()
                ? new Triple(what.elementType(), "extension_" + custom.group(1), what.name())
                : what;
    }

    /**
     * Reports what fits nothing on the page, or comes twice.
     *
     * @param findings takes the place in the body and what is wrong there
     */
    public void check(PageContent given, String page, BiConsumer<String, String> findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < given.strings().size(); i++) {
            Triple what = given.strings().get(i).what();
            Text known = strings.get(what.key());
            String place = PageContent.STRINGS + "[" + i + "]";
            report(what, known == null ? null : known.what(), page, seen, place, findings);
        }
        seen.clear();
        for (int i = 0; i < given.choices().size(); i++) {
            Choices each = given.choices().get(i);
            Choices known = choices.get(each.what().key());
            String place = PageContent.COLLECTIONS + "[" + i + "]";
            report(each.what(), known == null ? null : known.what(), page, seen, place, findings);
            if (known != null) {
                checkItems(each, known, page, place, findings);
            }
        }
    }

    private static void report(
            Triple what,
            @Nullable Triple known,
            String page,
            Set<String> seen,
            String place,
            BiConsumer<String, String> findings) {
        if (known == null) {
            findings.accept(place, what + " is not a valid override for page " + page + ".");
        } else if (!seen.add(known.key())) {
            findings.accept(place, what + " is overridden twice for page " + page + ".");
        }
    }

    private static void checkItems(
            Choices given,
            Choices known,
            String page,
            String place,
            BiConsumer<String, String> findings) {
        Set<String> values = new HashSet<>();
        known.items().forEach(item -> values.add(item.value()));
        for (int i = 0; i < given.items().size(); i++) {
            String value = given.items().get(i).value();
            if (!values.remove(value)) {
                findings.accept(
                        place + "/" + PageContent.ITEMS + "[" + i + "]",
                        "'"
                                + value
                                + "' is no value of "
                                + given.what()
                                + " on page "
                                + page
                                + ", or comes twice.");
            }
        }
    }

    /** Every triple that can be overridden. */
    public List<Triple> valid() {
        return Stream.concat(
                        defaults.strings().stream().map(Text::what),
                        defaults.choices().stream().map(Choices::what))
                .toList();
    }

    /** The default texts with those of the overrides in their places. */
    public PageContent apply(PageContent overrides) {
        Map<String, String> values = new HashMap<>();
        for (Text text : overrides.strings()) {
            Text known = strings.get(text.what().key());
            if (known != null) {
                values.put(known.what().key(), text.value());
            }
        }
        Map<String, Map<String, String>> names = new HashMap<>();
        for (Choices each : overrides.choices()) {
            Choices known = choices.get(each.what().key());
            if (known != null) {
                Map<String, String> byValue = new HashMap<>();
                each.items().forEach(item -> byValue.put(item.value(), item.name()));
                names.put(known.what().key(), byValue);
            }
        }
        return new PageContent(
                defaults.strings().stream()
                        .map(text ->
                                new Text(
                                        text.what(),
                                        values.getOrDefault(text.what().key(), text.value())))
                        .toList(),
                defaults.choices().stream()
                        .map(each -> renamed(each, names.getOrDefault(each.what().key(), Map.of())))
                        .toList());
    }

    private static Choices renamed(Choices choices, Map<String, String> names) {
        return new Choices(
                choices.what(),
                choices.items().stream()
                        .map(item ->
                                new Choice(
                                        names.getOrDefault(item.value(), item.name()),
                                        item.value()))
                        .toList());
    }
}
