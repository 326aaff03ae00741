package dev.usher.flow;

import dev.usher.edm.Model;
import dev.usher.language.Languages;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import java.util.List;
import java.util.Optional;

/** In which language a flow speaks with somebody. */
final class LanguageChoice {

    private final Kind languages;

    LanguageChoice(Model model) {
        this.languages =
                Kinds.of(model.entityType("microsoft.graph.userFlowLanguageConfiguration"));
    }

    /** The first wanted one that the flow has enabled, else its default. */
    String of(ReadTx tx, Entity flow, List<String> wanted) {
        for (String tag : wanted) {
            Optional<String> found = enabled(tx, flow, tag);
            int country = tag.indexOf('-');
            if (found.isEmpty() && country > 0) {
                found = enabled(tx, flow, tag.substring(0, country));
            }
            if (found.isPresent()) {
                return found.get();
            }
        }
        return Languages.defaultTag(flow);
    }

    private Optional<String> enabled(ReadTx tx, Entity flow, String tag) {
        Optional<String> usual = Languages.canonical(tag);
        if (usual.isEmpty() || !Languages.customized(flow)) {
            return usual.filter(known -> Languages.same(known, Languages.defaultTag(flow)));
        }
        String known = usual.get();
        boolean on =
                tx.find(languages, flow.path(), known)
                        .map(stored -> stored.properties().path("isEnabled").asBoolean(false))
                        .orElseGet(() ->
                                Languages.isBuiltIn(known)
                                        && Languages.enabledAtFirst(flow, known));
        return on ? usual : Optional.empty();
    }
}
