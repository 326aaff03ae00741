package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The pages of a flow's languages and their streams. */
class LanguagePagesTest {

    private static final String B2X = "/v1.0/identity/b2xUserFlows";
    private static final String FLOW = B2X + "/B2X_1_Partner";
    private static final String DEFAULTS = FLOW + "/languages/de/defaultPages";
    private static final String OVERRIDES = FLOW + "/languages/de/overridesPages";
    private static final String PAGE = OVERRIDES + "/selfasserted1_1";
    private static final String STREAM = PAGE + "/$value";
    private static final String EMPTY = "{\"LocalizedStrings\":[]}";

    private static GraphWorld world(EachDatabase database) {
        GraphWorld graph = new GraphWorld(database.fresh());
        graph.post(
                B2X,
                "{\"id\":\"Partner\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}");
        return graph;
    }

    private static String text(String type, String id, String string, String value) {
        String element = id == null ? "null" : '"' + id + '"';
        return """
        {"ElementType":"%s","ElementId":%s,"StringId":"%s","Override":true,"Value":"%s"}\
        """
                .formatted(type, element, string, value);
    }

    private static String texts(String... entries) {
        return "{\"LocalizedStrings\":[" + String.join(",", entries) + "]}";
    }

    private static List<String> ids(Answer list) {
        return list.json().path("value").valueStream().map(f -> f.path("id").asString()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void contentIsReplacedReadAndRemoved(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            assertThat(graph.get(STREAM).text()).isEqualTo(EMPTY);
            String content = texts(text("UxElement", null, "button_continue", "Weiter"));
            Answer put =
                    graph.send("PUT", STREAM, content, "Content-Type: application/octet-stream");
            assertThat(put.status()).as(put.text()).isEqualTo(204);
            Answer read = graph.get(STREAM);
            assertThat(read.text()).isEqualTo(content);
            assertThat(read.header("Content-Type")).isEqualTo("application/json");
            assertThat(read.header("ETag")).isEqualTo(put.header("ETag"));
            assertThat(
                            graph.get(FLOW + "/languages/fr/overridesPages/selfasserted1_1/$value")
                                    .text())
                    .isEqualTo(EMPTY);
            assertThat(
                            graph.get(OVERRIDES.replace("/de/", "/DE/") + "/SelfAsserted1_1/$value")
                                    .text())
                    .isEqualTo(content);
            assertThat(graph.delete(STREAM).status()).isEqualTo(204);
            assertThat(graph.get(STREAM).text()).isEqualTo(EMPTY);
            assertThat(graph.delete(STREAM).status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @EnumSource
    void contentGoesWithItsLanguageAndItsFlow(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            String content = texts(text("UxElement", null, "button_continue", "Weiter"));
            graph.send("PUT", STREAM, content);
            graph.delete(FLOW);
            graph.post(
                    B2X,
                    "{\"id\":\"Partner\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}");
            assertThat(graph.get(STREAM).text()).isEqualTo(EMPTY);
            graph.post(
                    "/beta/identity/b2cUserFlows",
                    """
                    {"id":"Shop","userFlowType":"signUp","userFlowTypeVersion":3,
                     "isLanguageCustomizationEnabled":true}
                    """);
            String custom = "/beta/identity/b2cUserFlows/B2C_1_Shop/languages/es-ES";
            String page = custom + "/overridesPages/localaccountsignup1_1/$value";
            graph.send("PUT", custom, "{}");
            assertThat(graph.send("PUT", page, content).status()).isEqualTo(204);
            graph.delete(custom);
            assertThat(graph.get(page).status()).isEqualTo(404);
            graph.send("PUT", custom, "{}");
            assertThat(graph.get(page).text()).isEqualTo(EMPTY);
        }
    }

    @Test
    void bothListsHoldTheSamePages() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            List<String> pages = List.of("idpselections", "selfasserted1_1");
            assertThat(ids(graph.get(DEFAULTS))).isEqualTo(pages);
            assertThat(ids(graph.get(OVERRIDES))).isEqualTo(pages);
            assertThat(graph.get(DEFAULTS + "/$count").text()).isEqualTo("2");
            assertThat(graph.get(PAGE).json().propertyNames())
                    .containsExactly("@odata.context", "id");
            assertThat(graph.get(OVERRIDES + "/phonefactor").status()).isEqualTo(404);
            assertThat(graph.get(OVERRIDES + "/phonefactor/$value").status()).isEqualTo(404);
            Answer full =
                    graph.send("GET", PAGE, null, "Accept: application/json;odata.metadata=full");
            assertThat(full.json().path("@odata.mediaReadLink").asString())
                    .endsWith("overridesPages('selfasserted1_1')/$value")
                    .isEqualTo(full.json().path("@odata.mediaEditLink").asString());
            Answer fixed =
                    graph.send(
                            "GET",
                            DEFAULTS + "/idpselections",
                            null,
                            "Accept: application/json;odata.metadata=full");
            assertThat(fixed.json().has("@odata.mediaReadLink")).isTrue();
            assertThat(fixed.json().has("@odata.mediaEditLink")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "signUp,idpselections localaccountsignup1_1 phonefactor selfasserted1_1",
        "signIn,idpselections localaccountpasswordreset1_1 localaccountsignin1_1 phonefactor",
        "signUpOrSignIn,localaccountpasswordreset1_1 localaccountsignup1_1 phonefactor"
                + " selfasserted1_1 signinandsignupwithpassword1_1",
        "passwordReset,localaccountpasswordreset1_1 phonefactor",
        "profileUpdate,idpselections localaccountsignin1_1 phonefactor"
                + " selfasserted_profileupdate1_1",
        "resourceOwner,''"
    })
    void aB2cFlowShowsThePagesOfItsType(String type, String pages) {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            String set = "/beta/identity/b2cUserFlows";
            graph.post(
                    set,
                    """
                    {"id":"A","userFlowType":"%s","userFlowTypeVersion":1,
                     "isLanguageCustomizationEnabled":true}
                    """
                            .formatted(type));
            List<String> shown = ids(graph.get(set + "/B2C_1_A/languages/en/defaultPages"));
            assertThat(shown)
                    .isEqualTo(pages.isEmpty() ? List.of() : List.of(pages.split(" ", -1)));
            for (String page : shown) {
                JsonNode content =
                        graph.get(set + "/B2C_1_A/languages/en/defaultPages/" + page + "/$value")
                                .json();
                assertThat(content.path("LocalizedStrings").valueStream().distinct().count())
                        .as(page)
                        .isGreaterThan(5)
                        .isEqualTo(content.path("LocalizedStrings").size());
            }
        }
    }

    @Test
    void attributesAndProvidersBringTheirTexts() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            graph.post(
                    "/v1.0/identity/userFlowAttributes",
                    "{\"displayName\":\"Shoe size\",\"dataType\":\"string\"}");
            graph.post(
                    FLOW + "/userAttributeAssignments",
                    """
                    {"userAttribute":{"id":"country"},"displayName":"Land",
                     "userInputType":"dropdownSingleSelect",
                     "userAttributeValues":[{"name":"Germany","value":"DE"},{"name":"Peru","value":"PE"}]}
                    """);
            String page = graph.get(DEFAULTS + "/selfasserted1_1/$value").text();
            assertThat(page)
                    .contains(
                            text("ClaimType", "country", "DisplayName", "Land")
                                    .replace("true", "false"))
                    .contains(
                            "_Shoesize\",\"StringId\":\"DisplayName\",\"Override\":false,\"Value\":\"Shoe"
                                + " size\"")
                    .contains(
                            "{\"ElementType\":\"ClaimType\",\"ElementId\":\"country\",\"TargetCollection\":\"Restriction\","
                                + "\"Override\":false,\"Items\":[{\"Name\":\"Germany\",\"Value\":\"DE\"},{\"Name\":\"Peru\",\"Value\":\"PE\"}]}");
            assertThat(graph.get(DEFAULTS + "/idpselections/$value").text())
                    .contains(
                            "\"ClaimsProvider\",\"ElementId\":null,\"StringId\":\"AADSignupExchange\"")
                    .doesNotContain("ClaimType");
            String choices =
                    """
                    {"LocalizedStrings":[],"LocalizedCollections":[{"ElementType":"ClaimType",
                     "ElementId":"country","TargetCollection":"Restriction","Override":true,
                     "Items":[{"Name":"Deutschland","Value":"DE"},{"Name":"Nowhere","Value":"%s"}]}]}
                    """;
            assertThat(graph.send("PUT", STREAM, choices.formatted("PE")).status()).isEqualTo(204);
            assertThat(graph.get(STREAM).text()).contains("\"Name\":\"Deutschland\"");
            assertThat(graph.send("PUT", STREAM, choices.formatted("XX")).violations())
                    .containsExactly("LocalizedCollections[0]/Items[1]: ValueNotAllowed");
            for (String id : List.of("extension_Shoesize", "EXTENSION_shoesize")) {
                String label = texts(text("ClaimType", id, "DisplayName", "Schuhe"));
                assertThat(graph.send("PUT", STREAM, label).status()).as(id).isEqualTo(204);
            }
            String full =
                    graph.get(
                                    "/v1.0/identity/userFlowAttributes?$filter=displayName eq 'Shoe"
                                            + " size'")
                            .json()
                            .at("/value/0/id")
                            .asString();
            String twice =
                    texts(
                            text("ClaimType", full, "DisplayName", "a"),
                            text("ClaimType", "extension_Shoesize", "DisplayName", "b"));
            assertThat(graph.send("PUT", STREAM, twice).violations())
                    .containsExactly("LocalizedStrings[1]: ValueNotAllowed");
        }
    }

    @Test
    void whatIsNotOnThePageIsRefusedLineByLine() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            Answer refused =
                    graph.send(
                            "PUT",
                            STREAM,
                            texts(
                                    text("UxElement", null, "nothing", "x"),
                                    text("UxElement", null, "button_continue", "ok"),
                                    text("ClaimType", "extension_gone", "DisplayName", "y")));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/error/code").asString()).isEqualTo("AADB2C");
            assertThat(refused.message().lines())
                    .startsWith(
                            "2 validation errors found in upload overrides for page"
                                    + " selfasserted1_1:",
                            "UxElement/null/nothing is not a valid override for page"
                                    + " selfasserted1_1.",
                            "ClaimType/extension_gone/DisplayName is not a valid override for page"
                                    + " selfasserted1_1.")
                    .anyMatch(line ->
                            line.startsWith("Valid are: ")
                                    && line.contains("UxElement/null/button_continue")
                                    && line.contains("ClaimType/city/DisplayName"));
            assertThat(refused.violations())
                    .containsExactly(
                            "LocalizedStrings[0]: ValueNotAllowed",
                            "LocalizedStrings[2]: ValueNotAllowed");
            assertThat(graph.get(STREAM).text()).isEqualTo(EMPTY);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'LocalizedStrings':{}}|LocalizedStrings: PropertyTypeMismatch",
                "{'Strings':[]}|Strings: PropertyUnknown",
                "{'LocalizedStrings':[1]}|LocalizedStrings[0]: PropertyTypeMismatch",
                "{'LocalizedStrings':[{'Override':'yes'}]}|LocalizedStrings[0]/Override:"
                        + " PropertyTypeMismatch",
                "{'LocalizedStrings':[{'ElementType':'UxElement','StringId':'day','Override':true}]}|LocalizedStrings[0]/Value:"
                    + " PropertyRequired",
                "{'LocalizedStrings':[],'localizedstrings':[]}|localizedstrings: PropertyDuplicate"
            })
    void formIsChecked(String content, String violation) {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            Answer refused = graph.send("PUT", STREAM, content.replace('\'', '"'));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.violations()).containsExactly(violation);
        }
    }

    @Test
    void namesInAnyCaseAndWhatOverridesNothing() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            String content =
                    """
                    {"@odata.context":"x","localizedStrings":[
                      {"elementtype":"uxelement","stringId":"DAY","value":"Tag"},
                      {"ElementType":"UxElement","ElementId":"","StringId":"nothing","Override":false,"Value":"x"}],
                     "localizedCollections":null}
                    """;
            assertThat(
                            graph.send("PUT", STREAM, content, "Content-Type: application/json")
                                    .status())
                    .isEqualTo(204);
            assertThat(graph.get(STREAM).text())
                    .isEqualTo(texts(text("uxelement", null, "DAY", "Tag")));
        }
    }

    @Test
    void boundsHold() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            String longest = "x".repeat(PageUpload.VALUE_MAX);
            String fits = texts(text("UxElement", null, "day", longest));
            assertThat(graph.send("PUT", STREAM, fits).status()).isEqualTo(204);
            String longer = texts(text("UxElement", null, "day", longest + "x"));
            assertThat(graph.send("PUT", STREAM, longer).violations())
                    .containsExactly("LocalizedStrings[0]/Value: ValueTooLong");
            String many = "{\"LocalizedStrings\":[" + "1,".repeat(PageUpload.ENTRIES_MAX) + "1]}";
            assertThat(graph.send("PUT", STREAM, many).violations())
                    .containsExactly("LocalizedStrings: ValueTooLong");
            String huge = fits + " ".repeat(LanguagePages.BYTES_MAX);
            assertThat(graph.send("PUT", STREAM, huge).status()).isEqualTo(413);
            assertThat(graph.send("PUT", STREAM, "{", "Content-Type: application/json").status())
                    .isEqualTo(400);
            assertThat(graph.send("PUT", STREAM, "{}", "Content-Type: text/plain").status())
                    .isEqualTo(415);
            for (String none : List.of("", "[]", "null", "1")) {
                Answer refused = graph.send("PUT", STREAM, none);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.message()).contains("JSON");
            }
        }
    }

    @Test
    void preconditionsLookAtTheContent() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            String etag = graph.get(STREAM).header("ETag");
            String day = texts(text("UxElement", null, "day", "Tag"));
            assertThat(graph.send("GET", STREAM, null, "If-None-Match: " + etag).status())
                    .isEqualTo(304);
            assertThat(graph.send("PUT", STREAM, day, "If-Match: \"0\"").status()).isEqualTo(412);
            assertThat(graph.send("PUT", STREAM, day, "If-Match: " + etag).status()).isEqualTo(204);
            assertThat(graph.send("PUT", STREAM, day, "If-Match: " + etag).status()).isEqualTo(412);
            assertThat(graph.send("DELETE", STREAM, null, "If-Match: " + etag).status())
                    .isEqualTo(412);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/defaultPages/selfasserted1_1/$value,GET",
        "DELETE,/defaultPages/selfasserted1_1/$value,GET",
        "POST,/defaultPages,GET",
        "DELETE,/defaultPages/selfasserted1_1,GET",
        "PATCH,/overridesPages/selfasserted1_1,GET",
        "PUT,/overridesPages/selfasserted1_1,GET",
        "POST,/overridesPages,GET",
        "DELETE,/overridesPages/selfasserted1_1,GET",
        "POST,/overridesPages/selfasserted1_1/$value,'GET, PUT, DELETE'",
        "PATCH,/overridesPages/selfasserted1_1/$value,'GET, PUT, DELETE'"
    })
    void pagesAreFixed(String method, String path, String allowed) {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            Answer refused = graph.send(method, FLOW + "/languages/de" + path, "{}");
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).isEqualTo(allowed);
        }
    }
}
