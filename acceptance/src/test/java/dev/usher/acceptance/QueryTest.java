package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Query options: what is selected, in which order, how much of it, with what beside it. */
@UsherTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryTest {

    private static final String CONNECTORS = "/identity/apiConnectors";
    private static final String FLOWS = "/identity/b2xUserFlows";

    /** By code point, the order that the server promises. */
    private static final List<String> NAMES = List.of("100%", "Bob", "O'Neil", "anna", "été");

    private final Usher usher;
    private final Graph graph;
    private final String prefix = Usher.fresh("Q");

    QueryTest(Usher usher) {
        this.usher = usher;
        this.graph = usher.graph();
    }

    @BeforeAll
    void data() {
        NAMES.reversed().forEach(name -> usher.newConnector(prefix + name));
        for (String name : List.of("C", "A", "D", "B", "E")) {
            usher.newFlow(prefix + name);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The names, without their common prefix, of the connectors that fulfil a filter. */
    private List<String> connectors(String filter, String more) {
        String whole =
                "startswith(displayName,'"
                        + prefix
                        + "') and ("
                        + filter.replace("~", prefix)
                        + ")";
        return graph
                .get(CONNECTORS + "?$filter=" + encode(whole) + more)
                .values("displayName")
                .stream()
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private List<String> flows(Reply reply) {
        return reply.values("id").stream()
                .map(id -> id.substring("B2X_1_".length() + prefix.length()))
                .toList();
    }

    private String ours() {
        return "$filter=startswith(id,'B2X_1_" + prefix + "')";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    displayName eq '~anna'                                          | anna
                    DisplayName eq '~anna'                                          | anna
                    '~anna' eq displayName                                          | anna
                    displayName ne '~anna'                                          | 100% Bob O'Neil été
                    displayName gt '~Bob'                                           | O'Neil anna été
                    displayName ge '~Bob'                                           | Bob O'Neil anna été
                    displayName lt '~Bob'                                           | 100%
                    displayName le '~Bob'                                           | 100% Bob
                    displayName in ('~anna','~Bob')                                 | Bob anna
                    not (displayName in ('~anna','~Bob'))                           | 100% O'Neil été
                    displayName eq '~O''Neil'                                       | O'Neil
                    startswith(displayName,'~a')                                    | anna
                    not startswith(displayName,'~a')                                | 100% Bob O'Neil été
                    startswith(displayName,'~A')                                    | ""
                    endswith(displayName,'Neil')                                    | O'Neil
                    contains(displayName,'''')                                      | O'Neil
                    contains(displayName,'%')                                       | 100%
                    contains(displayName,'_')                                       | ""
                    contains(displayName,'nn') eq true                              | anna
                    tolower(displayName) eq tolower('~BOB')                         | Bob
                    toupper(displayName) eq toupper('~été')                         | été
                    endswith(toupper(displayName),'ÉTÉ')                            | été
                    endswith(displayName,'a') or endswith(displayName,'b') and false| anna
                    (endswith(displayName,'a') or endswith(displayName,'b')) and true| Bob anna
                    displayName eq null                                             | ""
                    displayName ne null                                             | 100% Bob O'Neil anna été
                    not (displayName eq '~anna' or displayName gt '~Bob')           | 100% Bob
                    """)
    @Proves("GET /identity/apiConnectors")
    void filters(String filter, String expected) {
        List<String> names = expected.isEmpty() ? List.of() : List.of(expected.split(" "));
        assertThat(connectors(filter, "&$orderby=displayName")).isEqualTo(names);
        assertThat(
                        graph.get(
                                        CONNECTORS
                                                + "/$count?$filter="
                                                + encode(
                                                        "startswith(displayName,'"
                                                                + prefix
                                                                + "') and ("
                                                                + filter.replace("~", prefix)
                                                                + ")"))
                                .expect(200)
                                .text())
                .isEqualTo("" + names.size());
    }

    @Test
    void filtersOverReferences() {
        String google = ProvidersTest.ensureSocial(graph, "Google");
        for (String name : List.of("A", "D")) {
            graph.post(
                            FLOWS + "/B2X_1_" + prefix + name + "/userFlowIdentityProviders/$ref",
                            Map.of("@odata.id", graph.url("/identity/identityProviders/" + google)))
                    .expect(204);
        }
        String any = " and userFlowIdentityProviders/any(p:p/id eq '" + google + "')";
        String all = " and userFlowIdentityProviders/all(p:p/id ne '" + google + "')";

        assertThat(flows(graph.get(FLOWS + "?" + ours() + any))).containsExactly("A", "D");
        assertThat(flows(graph.get(FLOWS + "?" + ours() + all))).containsExactly("B", "C", "E");
        for (String name : List.of("A", "D")) {
            graph.delete(
                            FLOWS
                                    + "/B2X_1_"
                                    + prefix
                                    + name
                                    + "/userFlowIdentityProviders/"
                                    + google
                                    + "/$ref")
                    .expect(204);
        }
    }

    @Test
    void orders() {
        String all = "true";
        assertThat(connectors(all, "&$orderby=displayName")).isEqualTo(NAMES);
        assertThat(connectors(all, "&$orderby=displayName asc")).isEqualTo(NAMES);
        assertThat(connectors(all, "&$orderby=displayName desc")).isEqualTo(NAMES.reversed());
        assertThat(connectors(all, "&$orderby=targetUrl,displayName desc"))
                .isEqualTo(NAMES.reversed());
        assertThat(flows(graph.get(FLOWS + "?" + ours()))).containsExactly("A", "B", "C", "D", "E");
    }

    @Test
    void topSkipCount() {
        Reply reply = graph.get(FLOWS + "?" + ours() + "&$top=2&$skip=1&$count=true");

        assertThat(flows(reply)).containsExactly("B", "C");
        assertThat(reply.json().get("@odata.count").asInt()).isEqualTo(5);
        assertThat(graph.get(FLOWS + "?" + ours() + "&$top=2").json().has("@odata.count"))
                .isFalse();
        Reply count =
                graph.get(FLOWS + "/$count?" + ours(), "Accept", "text/plain;q=0.9").expect(200);
        assertThat(count.text()).isEqualTo("5");
        assertThat(count.need("Content-Type")).startsWith("text/plain");
    }

    /** The dollar sign is optional, and may be percent-encoded. */
    @Test
    void spellingsOfOptions() {
        String filter = ours().substring(1);
        for (String dollar : List.of("$", "%24", "")) {
            Reply reply = graph.get(FLOWS + "?" + dollar + filter + "&" + dollar + "top=1");
            assertThat(flows(reply)).as("%s", reply).containsExactly("A");
        }
        assertThat(
                        flows(
                                graph.get(
                                        FLOWS
                                                + "?%24filter=startswith%28id%2C%27B2X_1_"
                                                + prefix
                                                + "%27%29")))
                .hasSize(5);
    }

    @Test
    void selects() {
        Reply reply = graph.get(FLOWS + "?$select=id,UserFlowType&" + ours());

        for (JsonNode flow : reply.expect(200).json().get("value")) {
            assertThat(flow.propertyNames()).containsExactly("id", "userFlowType");
        }
        assertThat(reply.json().get("@odata.context").asString())
                .isEqualTo(graph.url("/$metadata#identity/b2xUserFlows(id,userFlowType)"));
        assertThat(
                        graph.get(FLOWS + "/B2X_1_" + prefix + "A?$select=userFlowTypeVersion")
                                .expect(200)
                                .json()
                                .propertyNames())
                .containsExactlyInAnyOrder("@odata.context", "userFlowTypeVersion");
    }

    @Test
    void expands() {
        Reply reply =
                graph.get(
                        FLOWS
                                + "?"
                                + ours()
                                + "&$select=id&$expand=userFlowIdentityProviders($select=id),"
                                + "identityProviders");

        JsonNode first = reply.expect(200).json().at("/value/0");
        assertThat(first.propertyNames())
                .contains("id", "userFlowIdentityProviders", "identityProviders")
                .doesNotContain("userFlowType");
        JsonNode provider = first.at("/userFlowIdentityProviders/0");
        assertThat(provider.get("id").asString()).isEqualTo("AADSignup-OAUTH");
        assertThat(provider.get("@odata.type").asString())
                .isEqualTo("#microsoft.graph.builtInIdentityProvider");
        assertThat(provider.has("displayName")).isFalse();
        assertThat(reply.json().get("@odata.context").asString())
                .contains("id", "userFlowIdentityProviders(id)", "identityProviders()");

        JsonNode filtered =
                graph.get(
                                FLOWS
                                        + "/B2X_1_"
                                        + prefix
                                        + "A?$expand=userFlowIdentityProviders("
                                        + "$filter=id eq 'Nobody';$top=1;$orderby=displayName)")
                        .expect(200)
                        .json();
        assertThat(filtered.get("userFlowIdentityProviders").isEmpty()).isTrue();
    }

    /** Pages miss nothing and repeat nothing that was there all the time. */
    @Test
    void pagingSurvivesInserts() {
        String name = Usher.fresh("Paging");
        List<String> original = new ArrayList<>();
        for (String letter : List.of("B", "D", "F", "H", "J")) {
            original.add(usher.newFlow(name + letter));
        }
        List<String> seen = new ArrayList<>();
        String url = FLOWS + "?$filter=startswith(id,'B2X_1_" + name + "')&$select=id";
        int pages = 0;
        while (url != null) {
            Reply page = graph.get(url, "Prefer", "odata.maxpagesize=2").expect(200);
            assertThat(page.need("Preference-Applied")).contains("maxpagesize=2");
            seen.addAll(page.values("id"));
            usher.newFlow(name + List.of("A", "E", "I", "K").get(pages++));
            JsonNode next = page.json().path("@odata.nextLink");
            url = next.asString(null);
            if (url != null) {
                assertThat(url)
                        .startsWith(graph.url(FLOWS + "?"))
                        .contains("skiptoken=", "select=", "filter=");
            }
        }
        assertThat(seen).containsAll(original).doesNotHaveDuplicates();
        assertThat(seen).isSorted();
        assertThat(pages).isGreaterThanOrEqualTo(3);
    }

    @Test
    void pagesKeepTopAndOrder() {
        List<String> seen = new ArrayList<>();
        String url = FLOWS + "?" + ours() + "&$orderby=userFlowType,id desc&$top=4&$skip=1";
        while (url != null) {
            JsonNode page = graph.get(url, "Prefer", "odata.maxpagesize=3").expect(200).json();
            page.get("value").forEach(flow -> seen.add(flow.get("id").asString()));
            url = page.path("@odata.nextLink").asString(null);
        }
        assertThat(seen)
                .extracting(id -> id.substring(id.length() - 1))
                .containsExactly("D", "C", "B", "A");
    }

    /** One hundred to a page unless the caller wants fewer. */
    @Test
    void defaultPageSize() {
        String name = Usher.fresh("Many");
        for (int i = 0; i < 101; i++) {
            graph.post(
                            FLOWS + "/$ref",
                            Json.object(
                                    "id",
                                    name + i,
                                    "userFlowType",
                                    "signUpOrSignIn",
                                    "userFlowTypeVersion",
                                    1))
                    .expect(204);
        }
        JsonNode page =
                graph.get(FLOWS + "?$filter=startswith(id,'B2X_1_" + name + "')")
                        .expect(200)
                        .json();
        assertThat(page.get("value").size()).isEqualTo(100);
        assertThat(graph.get(page.get("@odata.nextLink").asString()).values("id")).hasSize(1);
    }
}
