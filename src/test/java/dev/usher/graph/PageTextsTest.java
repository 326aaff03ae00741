package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edm.Model;
import dev.usher.edm.Schema;
import dev.usher.language.PageContent.Choice;
import dev.usher.language.PageDefaults;
import dev.usher.language.PageTexts;
import dev.usher.oauth.EachDatabase;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.text.EnglishTexts;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read, after administrators wrote it through Graph. */
class PageTextsTest {

    private static final String FLOW = "/beta/identity/b2cUserFlows/B2C_1_Shop";
    private static final String PAGE = "localaccountsignup1_1";

    private final Model model = Schema.load().model("beta");
    private final PageTexts texts =
            new PageTexts(model, new PageDefaults(model, EnglishTexts.load()));
    private final Kind flows = Kinds.of(model.entityType("microsoft.graph.identityUserFlow"));

    private Optional<PageTexts.Shown> shown(GraphWorld graph, String language, String page) {
        return graph.world
                .here
                .store()
                .read(
                        graph.tenant.id(),
                        tx -> {
                            Entity flow = tx.find(flows, "", "B2C_1_Shop").orElseThrow();
                            return texts.of(tx, flow, language, page);
                        });
    }

    private String button(GraphWorld graph, String language) {
        return shown(graph, language, PAGE)
                .flatMap(page -> page.text("UxElement", null, "button_continue"))
                .orElseThrow();
    }

    private static void write(GraphWorld graph, String language, String page, String content) {
        String stream = FLOW + "/languages/" + language + "/overridesPages/" + page + "/$value";
        assertThat(graph.send("PUT", stream, content.replace('\'', '"')).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource
    void overrideThenDefault(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            graph.post(
                    "/beta/identity/b2cUserFlows",
                    """
                    {"id":"Shop","userFlowType":"signUp","userFlowTypeVersion":3,
                     "isLanguageCustomizationEnabled":true}
                    """);
            graph.send("PUT", FLOW + "/languages/es-ES", "{}");
            assertThat(button(graph, "de")).isEqualTo("Create");
            String button =
                    "{'LocalizedStrings':[{'ElementType':'uxelement','StringId':'BUTTON_continue',"
                            + "'Value':'%s'}]}";
            write(graph, "de", PAGE, button.formatted("Anlegen"));
            write(graph, "es-ES", PAGE, button.formatted("Crear"));
            assertThat(button(graph, "DE")).isEqualTo("Anlegen");
            assertThat(button(graph, "es-es")).isEqualTo("Crear");
            assertThat(button(graph, "fr")).isEqualTo("Create");
            PageTexts.Shown german = shown(graph, "de", PAGE).orElseThrow();
            assertThat(german.text("UxElement", null, "button_cancel")).contains("Cancel");
            assertThat(german.text("ClaimType", "EMAIL", "displayname")).contains("Email Address");
            assertThat(german.text("UxElement", null, "nothing")).isEmpty();
            assertThat(german.text("ClaimType", "city", "DisplayName")).isEmpty();
            assertThat(shown(graph, "de", "profile")).isEmpty();
            graph.patch(FLOW, "{\"isLanguageCustomizationEnabled\":false}");
            assertThat(button(graph, "de")).isEqualTo("Create");
        }
    }

    @ParameterizedTest
    @EnumSource
    void choicesKeepTheirOrderAndTheirValues(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            graph.post(
                    "/beta/identity/b2cUserFlows",
                    """
                    {"id":"Shop","userFlowType":"signUp","userFlowTypeVersion":3,
                     "isLanguageCustomizationEnabled":true}
                    """);
            graph.post(
                    "/v1.0/identity/userFlowAttributes",
                    "{\"displayName\":\"Size\",\"dataType\":\"string\"}");
            String id =
                    graph.get("/v1.0/identity/userFlowAttributes?$filter=displayName eq 'Size'")
                            .json()
                            .at("/value/0/id")
                            .asString();
            graph.post(
                    FLOW + "/userAttributeAssignments",
                    """
                    {"userAttribute":{"id":"%s"},"displayName":"Size",
                     "userInputType":"dropdownSingleSelect",
                     "userAttributeValues":[{"name":"Small","value":"S"},{"name":"Large","value":"L"}]}
                    """
                            .formatted(id));
            assertThat(shown(graph, "de", PAGE).orElseThrow().choices(id))
                    .containsExactly(new Choice("Small", "S"), new Choice("Large", "L"));
            write(
                    graph,
                    "de",
                    PAGE,
                    "{'LocalizedStrings':[],'LocalizedCollections':[{'ElementType':'ClaimType',"
                            + "'ElementId':'extension_Size','TargetCollection':'Restriction',"
                            + "'Items':[{'Name':'Groß','Value':'L'}]}]}");
            assertThat(shown(graph, "de", PAGE).orElseThrow().choices(id))
                    .containsExactly(new Choice("Small", "S"), new Choice("Groß", "L"));
            assertThat(shown(graph, "de", PAGE).orElseThrow().choices("city")).isEmpty();
        }
    }
}
