package dev.usher.graph;

import dev.usher.language.Overrides;
import dev.usher.language.PageContent;
import dev.usher.language.PageDefaults;
import dev.usher.language.Pages;
import dev.usher.odata.GivenMembers;
import dev.usher.odata.GraphError;
import dev.usher.odata.JsonBody;
import dev.usher.odata.MediaHandler;
import dev.usher.odata.Refusal;
import dev.usher.odata.Violation;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code userFlowLanguagePage}: the pages of a flow in one language. Their streams are texts; those
 * of {@code overridesPages} may be replaced, and are stored then.
 */
final class LanguagePages implements GivenMembers, MediaHandler {

    /** The longest file of texts, in bytes. */
    static final int BYTES_MAX = 512 * 1024;

    /** Triples that a refusal lists. */
    static final int LISTED_MAX = 200;

    private static final String JSON = "application/json";
    private static final String DEFAULTS = "defaultPages";

    private final PageDefaults defaults;
    private final JsonBody json = new JsonBody();

    LanguagePages(PageDefaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public String type() {
        return "microsoft.graph.userFlowLanguagePage";
    }

    @Override
    public List<Given> of(Entity owner) {
        String set = owner.properties().path(UserFlowLanguages.PAGES).asString("");
        return Pages.of(set).stream()
                .map(page -> new Given(page.id(), JsonNodeFactory.instance.objectNode()))
                .toList();
    }

    @Override
    public List<String> accepts() {
        return List.of(JSON, "application/octet-stream");
    }

    @Override
    public int bytesMax() {
        return BYTES_MAX;
    }

    @Override
    public Media read(ReadTx tx, Subject subject) {
        ObjectNode content =
                subject.navigation().equals(DEFAULTS)
                        ? defaults(tx, subject).json(false)
                        : PageContent.stored(subject.entity().properties()).json(true);
        return new Media(
                JSON,
                JsonMapper.shared().writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
    }

    private PageContent defaults(ReadTx tx, Subject subject) {
        Entity flow = subject.owners().getFirst();
        Pages.Page page = Pages.find(flow, subject.entity().id()).orElseThrow();
        return defaults.of(tx, flow, page);
    }

    @Override
    public ObjectNode prepare(byte[] body) {
        return PageUpload.read(json.parse(body)).json(true);
    }

    @Override
    public ObjectNode replaced(ReadTx tx, Subject subject, ObjectNode prepared) {
        Overrides overrides = new Overrides(defaults(tx, subject));
        String page = subject.entity().id();
        List<Violation> found = new ArrayList<>();
        overrides.check(
                PageContent.stored(prepared),
                page,
                (place, what) -> found.add(new Violation(place, Rule.NOT_ALLOWED, what)));
        if (!found.isEmpty()) {
            throw refusal(found, overrides, page);
        }
        return prepared;
    }

    /** Names the page, every entry that does not fit it, and what would have fitted. */
    private static Refusal refusal(List<Violation> found, Overrides overrides, String page) {
        List<Violation> listed = found.subList(0, Math.min(found.size(), LISTED_MAX));
        List<PageContent.Triple> valid = overrides.valid();
        String message =
                found.size()
                        + (found.size() == 1 ? " validation error" : " validation errors")
                        + " found in upload overrides for page "
                        + page
                        + ":\n"
                        + listed.stream().map(Violation::message).collect(Collectors.joining("\n"))
                        + "\nValid are: "
                        + valid.stream()
                                .limit(LISTED_MAX)
                                .map(PageContent.Triple::toString)
                                .collect(Collectors.joining(", "))
                        + (valid.size() > LISTED_MAX
                                ? " and " + (valid.size() - LISTED_MAX) + " more."
                                : ".");
        return new Refusal(GraphError.INVALID_VALUE, message, listed.getFirst().target(), listed);
    }

    @Override
    public @Nullable ObjectNode removed(Subject subject) {
        return null;
    }
}
