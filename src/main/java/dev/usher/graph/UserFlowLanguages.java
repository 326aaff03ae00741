package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.language.Languages;
import dev.usher.language.Pages;
import dev.usher.odata.Draft;
import dev.usher.odata.GivenMembers;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code userFlowLanguageConfiguration}: the languages of a flow. Every flow has the built-in ones;
 * what differs from their first state is stored, and so are the custom ones of B2C flows.
 */
final class UserFlowLanguages implements Strategy, GivenMembers {

    /** Languages that one flow has stored, custom ones above all. */
    static final int LANGUAGES_MAX = 500;

    static final String TYPE = "microsoft.graph.userFlowLanguageConfiguration";

    /** The hidden property that names the set of pages, which follows from the flow. */
    static final String PAGES = "pages";

    private static final String ID = "id";
    private static final String NAME = "displayName";
    private static final String ENABLED = "isEnabled";

    private final Kind kind;
    private final Kind flows;

    UserFlowLanguages(Model model) {
        this.kind = Kinds.of(model.entityType(TYPE));
        this.flows = Kinds.of(model.entityType("microsoft.graph.identityUserFlow"));
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** The built-in ones, and a default language beyond them. */
    @Override
    public List<Given> of(Entity owner) {
        Optional<String> main = Languages.canonical(Languages.defaultTag(owner));
        return Stream.concat(
                        Languages.builtInTags().stream(),
                        main.filter(tag -> !Languages.isBuiltIn(tag)).stream())
                .map(tag ->
                        new Given(tag, language(owner, tag, Languages.enabledAtFirst(owner, tag))))
                .toList();
    }

    @Override
    public @Nullable String closed(Entity owner) {
        return Languages.customized(owner)
                ? null
                : "Language customization is not enabled on the user flow '"
                        + owner.id()
                        + "'. Set "
                        + Languages.CUSTOMIZATION
                        + " to true first.";
    }

    /** The default language is enabled, whatever was said of it before it became the default. */
    @Override
    public ObjectNode counted(Entity owner, Entity stored) {
        boolean enabled =
                stored.properties().path(ENABLED).asBoolean(false) || isDefault(owner, stored.id());
        return language(owner, stored.id(), enabled);
    }

    private static ObjectNode language(Entity owner, String tag, boolean enabled) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.put(NAME, Languages.displayName(tag));
        properties.put(ENABLED, enabled);
        properties.put(PAGES, Pages.set(owner));
        return properties;
    }

    private static boolean isDefault(Entity flow, String tag) {
        return Languages.isB2c(flow) && Languages.same(tag, Languages.defaultTag(flow));
    }

    /** The display name follows from the tag; one that repeats it says nothing. */
    @Override
    public void prepare(Draft draft) {
        String tag = draft.key();
        if (tag != null
                && draft.properties().path(NAME).asString("").equals(Languages.displayName(tag))) {
            draft.properties().remove(NAME);
        }
    }

    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        String tag = draft.key();
        return tag == null ? "" : Languages.canonical(tag).orElse(tag);
    }

    @Override
    public void complete(ObjectNode properties) {
        if (!properties.has(ENABLED)) {
            properties.put(ENABLED, true);
        }
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        Entity flow = candidate.owner();
        if (flow == null) {
            throw new IllegalStateException("a language without a flow");
        }
        if (candidate.isNew()) {
            checkTag(flow, candidate.id(), violations);
        }
        if (isDefault(flow, candidate.id())
                && !candidate.properties().path(ENABLED).asBoolean(true)) {
            violations.add(
                    ENABLED,
                    Rule.NOT_ALLOWED,
                    "'" + candidate.id() + "' is the default language; it cannot be disabled.");
        }
    }

    /** Why a tag is none that a flow can have. */
    static String unknown(String tag) {
        return Languages.replacement(tag)
                .map(now -> "'" + tag + "' is an old language tag; it is '" + now + "' today.")
                .orElse(
                        "'"
                                + tag
                                + "' is no language tag (RFC 5646) of a known language, such as"
                                + " es-ES.");
    }

    private static void checkTag(Entity flow, String tag, Violations violations) {
        if (tag.isEmpty()) {
            violations.add(
                    ID, Rule.REQUIRED, "The value must not be null or empty. Parameter name: Id");
        } else if (Languages.canonical(tag).isEmpty()) {
            violations.add(ID, Rule.KEY, unknown(tag));
        } else if (!Languages.isB2c(flow) && !Languages.isBuiltIn(tag)) {
            violations.add(
                    ID,
                    Rule.NOT_ALLOWED,
                    "A b2xUserFlow has these languages and no others: "
                            + String.join(", ", Languages.builtInTags())
                            + ".");
        }
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate, @Nullable Entity flow) {
        if (flow != null && tx.count(stored(flow.path())) >= LANGUAGES_MAX) {
            throw new Refusal(
                    GraphError.CONFLICT,
                    "A user flow has at most " + LANGUAGES_MAX + " languages of its own.");
        }
    }

    private Query stored(String flow) {
        return new Query(
                kind, List.of(), new Query.Scope.Children(flow), null, List.of(), null, 1, 0);
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        if (Languages.isBuiltIn(entity.id())) {
            throw new Refusal(
                    GraphError.INVALID_VALUE,
                    "The language '"
                            + entity.id()
                            + "' is built in and cannot be deleted; disable it instead.");
        }
        boolean inUse =
                tx.find(flows, "", entity.parent())
                        .filter(flow -> isDefault(flow, entity.id()))
                        .isPresent();
        if (inUse) {
            throw new Refusal(
                    GraphError.CONFLICT,
                    "The language '" + entity.id() + "' is the default language of the flow.");
        }
    }

    /** Whether the flow of that key has the language. */
    boolean exists(ReadTx tx, String flow, String tag) {
        return Languages.isBuiltIn(tag)
                || tx.find(kind, Entity.fold(flow), tag).isPresent()
                || tx.find(flows, "", flow).filter(found -> isDefault(found, tag)).isPresent();
    }

    /** Stores the language with a new flow unless every flow has it. */
    void ensure(WriteTx tx, Entity flow, String tag) {
        String usual = Languages.canonical(tag).orElse(tag);
        if (!Languages.isBuiltIn(usual)) {
            tx.insert(
                    kind,
                    new Entity(
                            kind.name(), flow.path(), usual, TYPE, 0, language(flow, usual, true)));
        }
    }
}
