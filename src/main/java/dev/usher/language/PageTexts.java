package dev.usher.language;

import dev.usher.edm.Model;
import dev.usher.language.PageContent.Choice;
import dev.usher.language.PageContent.Text;
import dev.usher.language.PageContent.Triple;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of a flow say to people: the overrides of their language, else the default texts
 * of that language, else our English ones. Default texts are English in every language today.
 */
public final class PageTexts {

    private final PageDefaults defaults;
    private final Kind pages;

    /**
     * @param model the schema of any version; storage is the same in all
     */
    public PageTexts(Model model, PageDefaults defaults) {
        this.defaults = defaults;
        this.pages = Kinds.of(model.entityType("microsoft.graph.userFlowLanguagePage"));
    }

    /** The texts of one page in one language. */
    public static final class Shown {

        private final Map<String, String> strings = new HashMap<>();
        private final Map<String, List<Choice>> choices = new HashMap<>();

        Shown(PageContent content) {
            for (Text text : content.strings()) {
                strings.put(text.what().key(), text.value());
            }
            content.choices().forEach(each -> choices.put(each.what().key(), each.items()));
        }

        /** Empty for what is not on the page. */
        public Optional<String> text(
                String elementType, @Nullable String elementId, String stringId) {
            return Optional.ofNullable(
                    strings.get(new Triple(elementType, elementId, stringId).key()));
        }

        /** The choices of a select, in the order of the assignment; empty where there are none. */
        public List<Choice> choices(String attribute) {
            Triple what = new Triple("ClaimType", attribute, "Restriction");
            return choices.getOrDefault(what.key(), List.of());
        }
    }

    /**
     * The texts of a page; empty if the flow does not show it.
     *
     * @param language the tag of a language of the flow, in any case
     */
    public Optional<Shown> of(ReadTx tx, Entity flow, String language, String page) {
        return Pages.find(flow, page)
                .map(found -> {
                    Overrides overrides = new Overrides(defaults.shown(tx, flow, found));
                    PageContent own = overridden(tx, flow, language, found);
                    return new Shown(overrides.apply(own));
                });
    }

    private PageContent overridden(ReadTx tx, Entity flow, String language, Pages.Page page) {
        if (!Languages.customized(flow)) {
            return PageContent.EMPTY;
        }
        return tx.find(pages, flow.path() + "/" + Entity.fold(language), page.id())
                .map(entity -> PageContent.stored(entity.properties()))
                .orElse(PageContent.EMPTY);
    }
}
