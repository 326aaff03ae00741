package dev.usher.language;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.language.PageContent.Choice;
import dev.usher.language.PageContent.Choices;
import dev.usher.language.PageContent.Text;
import dev.usher.language.PageContent.Triple;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.text.EnglishTexts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a page says where nothing overrides it: our English texts, the labels of the tenant's
 * attributes as the flow words them, the names of its identity providers, the choices of selects.
 */
public final class PageDefaults {

    private static final String CLAIM = "ClaimType";
    private static final String PROVIDER = "ClaimsProvider";
    private static final String LABEL = "DisplayName";
    private static final String HELP = "UserHelpText";
    private static final String RESTRICTION = "Restriction";
    private static final String NAME = "displayName";
    private static final int PAGE = 500;
    private static final Query.Scope TOP = new Query.Scope.Children("");

    /** The link of a flow to its providers. */
    private static final String PROVIDERS = "userFlowIdentityProviders";

    private final EnglishTexts texts;
    private final Kind attributes;
    private final Kind assignments;
    private final Kind providers;

    /**
     * @param model the schema of any version; storage is the same in all
     */
    public PageDefaults(Model model, EnglishTexts texts) {
        this.texts = texts;
        this.attributes = Kinds.of(model.entityType("microsoft.graph.identityUserFlowAttribute"));
        this.assignments =
                Kinds.of(model.entityType("microsoft.graph.identityUserFlowAttributeAssignment"));
        this.providers = Kinds.of(model.entityType("microsoft.graph.identityProviderBase"));
    }

    /** Every text of a page of the flow: what can be overridden. */
    public PageContent of(ReadTx tx, Entity flow, Pages.Page page) {
        return content(
                tx,
                flow,
                page,
                assigned -> all(tx, attributes, TOP, null),
                () -> all(tx, providers, TOP, null));
    }

    /** The texts that the flow has a use for: those of its own attributes and providers. */
    public PageContent shown(ReadTx tx, Entity flow, Pages.Page page) {
        Query.Scope linked = new Query.Scope.Linked(PROVIDERS, flow.kind(), flow.path());
        return content(
                tx,
                flow,
                page,
                assigned -> assigned.isEmpty() ? List.of() : all(tx, attributes, TOP, in(assigned)),
                () -> all(tx, providers, linked, null));
    }

    private PageContent content(
            ReadTx tx,
            Entity flow,
            Pages.Page page,
            Function<Collection<Entity>, List<Entity>> asked,
            Supplier<List<Entity>> offered) {
        List<Text> strings = new ArrayList<>();
        List<Choices> choices = new ArrayList<>();
        for (String part : page.parts()) {
            for (EnglishTexts.Text text : texts.part(part)) {
                strings.add(
                        new Text(
                                new Triple(text.elementType(), text.elementId(), text.stringId()),
                                text.value()));
            }
        }
        if (page.asksAttributes()) {
            Map<String, Entity> assigned = assigned(tx, flow);
            for (Entity attribute : asked.apply(assigned.values())) {
                attribute(attribute, assigned.get(attribute.key()), strings, choices);
            }
        }
        if (page.offersProviders()) {
            for (Entity provider : offered.get()) {
                String exchange = provider.id().replaceFirst("(?i)-OAUTH$", "") + "Exchange";
                strings.add(
                        new Text(
                                new Triple(PROVIDER, null, exchange),
                                text(provider, NAME, provider.id())));
            }
        }
        return new PageContent(strings, choices);
    }

    private Map<String, Entity> assigned(ReadTx tx, Entity flow) {
        Map<String, Entity> assigned = new HashMap<>();
        all(tx, assignments, new Query.Scope.Children(flow.path()), null)
                .forEach(each -> assigned.put(each.key(), each));
        return assigned;
    }

    private static Predicate in(Collection<Entity> assigned) {
        return new Predicate.In(
                new Operand.Property("", List.of("id"), PrimitiveType.STRING),
                assigned.stream()
                        .map(each -> new Operand.Literal(each.id(), PrimitiveType.STRING))
                        .toList());
    }

    private static void attribute(
            Entity attribute,
            @Nullable Entity assignment,
            List<Text> strings,
            List<Choices> choices) {
        String name = text(attribute, NAME, attribute.id());
        String label = assignment == null ? name : text(assignment, NAME, name);
        strings.add(new Text(new Triple(CLAIM, attribute.id(), LABEL), label));
        String help = text(attribute, "description", label);
        strings.add(new Text(new Triple(CLAIM, attribute.id(), HELP), help));
        if (assignment != null) {
            choices(attribute, assignment, choices);
        }
    }

    private static void choices(Entity attribute, Entity assignment, List<Choices> choices) {
        List<Choice> items = new ArrayList<>();
        for (JsonNode item : assignment.properties().path("userAttributeValues")) {
            String value = item.path("value").asString("");
            String name = item.path("name").asString("");
            items.add(new Choice(name.isEmpty() ? value : name, value));
        }
        if (!items.isEmpty()) {
            choices.add(new Choices(new Triple(CLAIM, attribute.id(), RESTRICTION), items));
        }
    }

    private static String text(Entity entity, String property, String otherwise) {
        String text = entity.properties().path(property).asString("");
        return text.isBlank() ? otherwise : text;
    }

    private static List<Entity> all(
            ReadTx tx, Kind kind, Query.Scope scope, @Nullable Predicate filter) {
        return tx.all(new Query(kind, List.of(), scope, filter, List.of(), null, PAGE, 0));
    }
}
