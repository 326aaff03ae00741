package dev.usher.flow;

import dev.usher.language.PageTexts;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.text.EnglishTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page of a step says: as the flow words it, else as we do. */
public final class FlowTexts {

    /** Where a text is looked for that the flow's own page lacks, by the kind of step. */
    private static final Map<Class<? extends Step>, List<String>> PARTS =
            Map.of(
                    Step.SignIn.class, List.of("runtime", "signIn", "signUpLink", "form"),
                    Step.ProveAddress.class,
                            List.of("runtime", "verification", "signIn", "signUp", "form"),
                    Step.Collect.class,
                            List.of("runtime", "attributes", "form", "newPassword", "signIn"));

    private final PageTexts pages;
    private final EnglishTexts english;

    FlowTexts(PageTexts pages, EnglishTexts english) {
        this.pages = pages;
        this.english = english;
    }

    /** The texts of one page. */
    public static final class Shown {

        private final PageTexts.@Nullable Shown own;
        private final List<EnglishTexts.Text> others;

        Shown(PageTexts.@Nullable Shown own, List<EnglishTexts.Text> others) {
            this.own = own;
            this.others = others;
        }

        /** A text of the page itself. */
        public String text(String stringId) {
            return find("UxElement", null, stringId).orElse(stringId);
        }

        /** What a notice says of the thing of that name. */
        public String notice(Notice notice, String of) {
            return find(notice.elementType(), null, notice.stringId())
                    .orElse(notice.name())
                    .replace("{0}", of);
        }

        /** The label or help of a field. */
        public Optional<String> field(String field, String stringId) {
            return find("ClaimType", field, stringId);
        }

        /** What the language calls the choices of a field, by their values. */
        public Map<String, String> choices(String field) {
            Map<String, String> names = new HashMap<>();
            if (own != null) {
                own.choices(field).forEach(choice -> names.put(choice.value(), choice.name()));
            }
            return names;
        }

        private Optional<String> find(
                String elementType, @Nullable String elementId, String stringId) {
            Optional<String> found =
                    own == null ? Optional.empty() : own.text(elementType, elementId, stringId);
            return found.or(() -> otherwise(elementType, elementId, stringId));
        }

        private Optional<String> otherwise(
                String elementType, @Nullable String elementId, String stringId) {
            return others.stream()
                    .filter(text ->
                            text.elementType().equals(elementType)
                                    && text.stringId().equals(stringId)
                                    && Objects.equals(text.elementId(), elementId))
                    .map(EnglishTexts.Text::value)
                    .findFirst();
        }
    }

    Shown of(ReadTx tx, Entity flow, String language, Step step) {
        return new Shown(
                pages.of(tx, flow, language, step.page()).orElse(null),
                english(english, step.getClass()));
    }

    /** Our own texts for a kind of step. */
    static List<EnglishTexts.Text> english(EnglishTexts texts, Class<? extends Step> step) {
        return PARTS.getOrDefault(step, List.of()).stream()
                .flatMap(part -> texts.part(part).stream())
                .toList();
    }
}
