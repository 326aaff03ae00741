package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edm.Schema;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The languages of flows: 36 that nobody stored, those that differ, and custom ones. */
class UserFlowLanguagesTest {

    private static final String B2X = "/v1.0/identity/b2xUserFlows";
    private static final String B2C = "/beta/identity/b2cUserFlows";
    private static final String PARTNER = B2X + "/B2X_1_Partner/languages";
    private static final String SHOP = B2C + "/B2C_1_Shop/languages";

    private static void flows(GraphWorld graph) {
        graph.post(
                B2X,
                "{\"id\":\"Partner\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}");
        graph.post(
                B2C,
                """
                {"id":"Shop","userFlowType":"signUp","userFlowTypeVersion":3,
                 "isLanguageCustomizationEnabled":true,"defaultLanguageTag":"fr"}
                """);
    }

    private static List<String> ids(Answer list) {
        return list.json().path("value").valueStream().map(f -> f.path("id").asString()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyFlowHasTheBuiltInOnes(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            flows(graph);
            assertThat(graph.get(PARTNER + "/$count").text()).isEqualTo("36");
            assertThat(ids(graph.get(PARTNER + "?$filter=isEnabled eq false"))).isEmpty();
            assertThat(ids(graph.get(SHOP + "?$filter=isEnabled eq true"))).containsExactly("fr");
            Answer german = graph.get(PARTNER + "/DE");
            assertThat(german.json().path("id").asString()).isEqualTo("de");
            assertThat(german.json().path("displayName").asString()).isEqualTo("Deutsch");
            assertThat(german.json().path("@odata.context").asString())
                    .endsWith("#identity/b2xUserFlows('B2X_1_Partner')/languages/$entity");
            assertThat(german.json().propertyNames())
                    .containsExactly("@odata.context", "id", "displayName", "isEnabled");
            assertThat(graph.get(PARTNER + "/es-ES").status()).isEqualTo(404);
            String oldest =
                    "/beta/identity/userFlows/B2X_1_Partner/microsoft.graph.b2xIdentityUserFlow";
            assertThat(graph.get(oldest + "/languages/$count").text()).isEqualTo("36");
            assertThat(graph.get(PARTNER + "/de/isEnabled/$value").text()).isEqualTo("true");
            assertThat(
                            graph.send(
                                            "GET",
                                            PARTNER + "/de",
                                            null,
                                            "If-None-Match: " + german.header("ETag"))
                                    .status())
                    .isEqualTo(304);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filterOrderAndPagesWorkOnStoredAndGivenAlike(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            flows(graph);
            assertThat(graph.patch(PARTNER + "/it", "{\"isEnabled\":false}").status())
                    .isEqualTo(204);
            assertThat(graph.get(PARTNER + "/$count?$filter=isEnabled").text()).isEqualTo("35");
            assertThat(ids(graph.get(PARTNER + "?$filter=startswith(displayName,'It')")))
                    .containsExactly("it");
            Answer first =
                    graph.get(PARTNER + "?$top=20&$count=true&$orderby=isEnabled,displayName desc");
            assertThat(ids(first)).hasSize(20).startsWith("it");
            assertThat(first.json().path("@odata.count").asInt()).isEqualTo(36);
            String next = first.json().path("@odata.nextLink").asString();
            List<String> rest = ids(graph.get(next.substring(next.indexOf("/v1.0"))));
            assertThat(rest).hasSize(16).doesNotContainAnyElementsOf(ids(first));
            assertThat(ids(graph.get(PARTNER + "?$skip=34"))).containsExactly("zh-hans", "zh-hant");
            assertThat(graph.get(PARTNER + "/$ref?$top=1").text()).contains("languages('bn')");
        }
    }

    @ParameterizedTest
    @EnumSource
    void expandShowsThemInsideTheirFlows(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            flows(graph);
            graph.post(
                    "/beta/identity/b2cUserFlows",
                    "{\"id\":\"Off\",\"userFlowType\":\"signIn\",\"userFlowTypeVersion\":1}");
            graph.patch(PARTNER + "/it", "{\"isEnabled\":false}");
            JsonNode flow = graph.get(B2X + "?$expand=languages").json().path("value").path(0);
            assertThat(flow.path("languages")).hasSize(36);
            String disabled =
                    "?$expand=languages($filter=isEnabled eq false;$expand=overridesPages)";
            JsonNode one = graph.get(B2X + "/B2X_1_Partner" + disabled).json().path("languages");
            assertThat(one).hasSize(1);
            assertThat(one.at("/0/id").asString()).isEqualTo("it");
            assertThat(one.at("/0/overridesPages/1/id").asString()).isEqualTo("selfasserted1_1");
            JsonNode all = graph.get(B2C + "?$expand=languages($select=id)").json().path("value");
            assertThat(all.at("/0/languages")).isEmpty();
            assertThat(all.at("/1/languages")).hasSize(36);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCustomLanguageComesAndGoesByPutAndDelete(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            flows(graph);
            Answer made = graph.send("PUT", SHOP + "/es-es", "{\"id\":\"ES-es\"}");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.header("Location")).endsWith("/languages/es-ES");
            assertThat(made.json().path("displayName").asString()).isEqualTo("Spanish (Spain)");
            assertThat(made.json().path("isEnabled").booleanValue()).isTrue();
            assertThat(graph.send("PUT", SHOP + "/es-ES", "{\"isEnabled\":false}").status())
                    .isEqualTo(204);
            assertThat(graph.get(SHOP + "/es-ES").json().path("isEnabled").booleanValue())
                    .isFalse();
            Answer again =
                    graph.send("PUT", SHOP + "/es-ES", "{}", "Prefer: return=representation");
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json().path("isEnabled").booleanValue()).isTrue();
            assertThat(again.header("ETag")).isEqualTo(graph.get(SHOP + "/es-ES").header("ETag"));
            assertThat(graph.get(SHOP + "/$count").text()).isEqualTo("37");
            assertThat(graph.send("PUT", SHOP + "/de", "{\"isEnabled\":true}").status())
                    .isEqualTo(204);
            assertThat(ids(graph.get(SHOP + "?$filter=isEnabled eq true")))
                    .containsExactly("de", "es-ES", "fr");
            assertThat(graph.delete(SHOP + "/es-ES").status()).isEqualTo(204);
            assertThat(graph.delete(SHOP + "/es-ES").status()).isEqualTo(404);
            assertThat(graph.delete(SHOP + "/de").status()).isEqualTo(400);
            assertThat(graph.delete(SHOP + "/en").status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "es-ES,201",
        "uk,201",
        "de-CH,201",
        "zh-Hant-HK,201",
        "es-419,201",
        "zz-ZZ,400",
        "es-XX,400",
        "e,400",
        "german,400",
        "en-US-x-twain,400",
        "sl-nedis,400"
    })
    void tagsAreHeldAgainstTheRfcAndTheKnownLanguages(String tag, int status) {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            flows(graph);
            Answer answer = graph.send("PUT", SHOP + "/" + tag, "{}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            if (status == 400) {
                assertThat(answer.violations()).containsExactly("id: KeyInvalid");
            }
        }
    }

    @Test
    void putHoldsKeyAndPreconditions() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            flows(graph);
            Answer other = graph.send("PUT", SHOP + "/es-ES", "{\"id\":\"es-MX\"}");
            assertThat(other.status()).isEqualTo(400);
            assertThat(graph.send("PUT", SHOP + "/es-ES", "{}", "If-Match: *").status())
                    .isEqualTo(412);
            assertThat(graph.send("PUT", SHOP + "/es-ES", "{}", "If-None-Match: *").status())
                    .isEqualTo(201);
            assertThat(graph.send("PUT", SHOP + "/es-ES", "{}", "If-None-Match: *").status())
                    .isEqualTo(412);
            Answer named =
                    graph.send("PUT", SHOP + "/es-MX", "{\"displayName\":\"Spanish (Mexico)\"}");
            assertThat(named.status()).isEqualTo(201);
            assertThat(
                            graph.send("PUT", SHOP + "/es-PE", "{\"displayName\":\"Mine\"}")
                                    .violations())
                    .containsExactly("displayName: PropertyReadOnly");
            Answer b2x = graph.send("PUT", PARTNER + "/de", "{}");
            assertThat(b2x.status()).isEqualTo(405);
            assertThat(b2x.header("Allow")).isEqualTo("GET, PATCH");
            assertThat(graph.delete(PARTNER + "/de").status()).isEqualTo(405);
            assertThat(graph.send("PUT", B2X + "/B2X_1_Partner", "{}").status()).isEqualTo(405);
        }
    }

    @Test
    void postConfiguresALanguageOnce() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            flows(graph);
            Answer made = graph.post(PARTNER, "{\"id\":\"DE\",\"isEnabled\":false}");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.header("Location")).endsWith("/languages/de");
            assertThat(made.json()).isEqualTo(graph.get(PARTNER + "/de").json());
            assertThat(graph.post(PARTNER, "{\"id\":\"de\"}").status()).isEqualTo(409);
            assertThat(graph.post(PARTNER, "{\"id\":\"es-ES\"}").violations())
                    .containsExactly("id: ValueNotAllowed");
            assertThat(graph.post(PARTNER, "{}").violations())
                    .containsExactly("id: PropertyRequired");
            assertThat(graph.post(SHOP, "{\"id\":\"es-ES\"}").status()).isEqualTo(201);
            assertThat(graph.post(SHOP, "{\"id\":\"es-ES\"}").status()).isEqualTo(409);
            assertThat(graph.get(PARTNER + "/$count").text()).isEqualTo("36");
        }
    }

    @Test
    void theDefaultLanguageExistsAndIsEnabled() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            flows(graph);
            String flow = B2C + "/B2C_1_Shop";
            assertThat(graph.patch(SHOP + "/fr", "{\"isEnabled\":false}").violations())
                    .containsExactly("isEnabled: ValueNotAllowed");
            assertThat(graph.patch(flow, "{\"defaultLanguageTag\":\"es-ES\"}").violations())
                    .containsExactly("defaultLanguageTag: ValueNotAllowed");
            graph.send("PUT", SHOP + "/es-ES", "{\"isEnabled\":false}");
            String before = graph.get(SHOP + "/es-ES").header("ETag");
            assertThat(graph.patch(flow, "{\"defaultLanguageTag\":\"ES-es\"}").status())
                    .isEqualTo(204);
            Answer now = graph.get(SHOP + "/es-ES");
            assertThat(now.json().path("isEnabled").booleanValue()).isTrue();
            assertThat(now.header("ETag")).isNotEqualTo(before);
            assertThat(graph.delete(SHOP + "/es-ES").status()).isEqualTo(409);
            assertThat(graph.patch(flow, "{\"defaultLanguageTag\":null}").status()).isEqualTo(204);
            assertThat(ids(graph.get(SHOP + "?$filter=isEnabled eq true"))).containsExactly("en");
            assertThat(graph.delete(SHOP + "/es-ES").status()).isEqualTo(204);
        }
    }

    @Test
    void whatWasReadCanBeCreatedAgain() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            flows(graph);
            graph.send("PUT", SHOP + "/es-ES", "{}");
            graph.patch(B2C + "/B2C_1_Shop", "{\"defaultLanguageTag\":\"es-ES\"}");
            String read = graph.get(B2C + "/B2C_1_Shop").text();
            graph.delete(B2C + "/B2C_1_Shop");
            assertThat(graph.post(B2C, read).status()).isEqualTo(201);
            assertThat(ids(graph.get(SHOP + "?$filter=isEnabled eq true")))
                    .containsExactly("es-ES");
            Answer language = graph.get(SHOP + "/es-ES");
            assertThat(graph.send("PUT", SHOP + "/es-ES", language.text()).status()).isEqualTo(204);
        }
    }

    /** Flows made before languages came may name one that no row tells of. */
    @Test
    void aDefaultLanguageWithoutARowIsThereAsLongAsItIsTheDefault() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            flows(graph);
            Kind kind =
                    Kinds.of(
                            Schema.load()
                                    .model("beta")
                                    .entityType("microsoft.graph.identityUserFlow"));
            graph.world
                    .here
                    .store()
                    .write(
                            graph.tenant.id(),
                            World.ACTOR,
                            tx -> {
                                Entity flow = tx.lock(kind, "", "B2C_1_Shop").orElseThrow();
                                flow.properties().put("defaultLanguageTag", "es-es");
                                return tx.replace(kind, flow);
                            });
            assertThat(ids(graph.get(SHOP + "?$filter=isEnabled"))).containsExactly("es-ES");
            String read = graph.get(B2C + "/B2C_1_Shop").text();
            assertThat(graph.patch(B2C + "/B2C_1_Shop", read).status()).isEqualTo(204);
            assertThat(graph.delete(SHOP + "/es-ES").status()).isEqualTo(409);
            graph.patch(B2C + "/B2C_1_Shop", "{\"defaultLanguageTag\":\"en\"}");
            assertThat(graph.get(SHOP + "/es-ES").status()).isEqualTo(404);
        }
    }

    @Test
    void withoutCustomizationAB2cFlowHasNone() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            flows(graph);
            graph.send("PUT", SHOP + "/es-ES", "{}");
            graph.patch(B2C + "/B2C_1_Shop", "{\"isLanguageCustomizationEnabled\":false}");
            for (String path :
                    List.of("", "/$count", "/en", "/es-ES", "/en/defaultPages", "/$ref")) {
                Answer refused = graph.get(SHOP + path);
                assertThat(refused.status()).as(path).isEqualTo(400);
                assertThat(refused.json().at("/error/code").asString()).isEqualTo("AADB2C");
                assertThat(refused.message()).contains("isLanguageCustomizationEnabled");
            }
            assertThat(graph.send("PUT", SHOP + "/es-MX", "{}").status()).isEqualTo(400);
            assertThat(graph.post(SHOP, "{\"id\":\"es-MX\"}").status()).isEqualTo(400);
            assertThat(graph.delete(SHOP + "/es-ES").status()).isEqualTo(400);
            graph.patch(B2C + "/B2C_1_Shop", "{\"isLanguageCustomizationEnabled\":true}");
            assertThat(graph.get(SHOP + "/es-ES").status()).isEqualTo(200);
        }
    }
}
