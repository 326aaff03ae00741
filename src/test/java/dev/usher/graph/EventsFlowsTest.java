package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Events flows, beyond what {@link StrategyContractTest} holds. */
class EventsFlowsTest {

    static final String SET = "/v1.0/identity/authenticationEventsFlows";

    private static final String CAST = "/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow";
    private static final String ATTRIBUTES =
            CAST
                    + "/onAttributeCollection"
                    + "/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp"
                    + "/attributes";
    private static final String PROVIDERS =
            "/graph.externalUsersSelfServiceSignUpEventsFlow/onAuthenticationMethodLoadStart"
                    + "/graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp"
                    + "/identityProviders";
    private static final String APPLICATIONS = "/conditions/applications/includeApplications";
    private static final String ONE = "11111111-aaaa-4aaa-8aaa-000000000001";
    private static final String TWO = "11111111-aaaa-4aaa-8aaa-000000000002";

    /** The body that creates a flow with one provider, two attributes and one application. */
    static String flow(String name) {
        return """
        {"@odata.type": "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow",
         "displayName": "%s",
         "conditions": {"applications": {"includeApplications": [{"appId": "%s"}]}},
         "onInteractiveAuthFlowStart": {
           "@odata.type": "#microsoft.graph.onInteractiveAuthFlowStartExternalUsersSelfServiceSignUp",
           "isSignUpAllowed": true},
         "onAuthenticationMethodLoadStart": {
           "@odata.type": "#microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp",
           "identityProviders": [{"id": "EmailPassword-OAUTH"}]},
         "onAttributeCollection": {
           "@odata.type": "#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp",
           "attributes": [{"id": "email"}, {"id": "City"}],
           "attributeCollectionPage": {"views": [{"inputs": [%s]}]}}}
        """
                .formatted(name, ONE, input("EMAIL", "text") + "," + input("city", "text"));
    }

    private static String input(String attribute, String type) {
        return """
        {"attribute": "%s", "label": "L", "inputType": "%s", "editable": true, "hidden": false,
         "required": false, "writeToDirectory": true, "options": []}
        """
                .formatted(attribute, type);
    }

    private static String collection(String members) {
        return """
        {"@odata.type": "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow",
         "onAttributeCollection": {
           "@odata.type": "#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp",
           %s}}
        """
                .formatted(members);
    }

    private static String page(String... inputs) {
        return "\"attributeCollectionPage\": {\"views\": [{\"inputs\": ["
                + String.join(",", inputs)
                + "]}]}";
    }

    private static String reference(String url) {
        return "{\"@odata.id\": \"https://graph.microsoft.com/v1.0/identity/" + url + "\"}";
    }

    private static String create(GraphWorld graph, String body) {
        Answer created = graph.post(SET, body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return SET + "/" + created.json().path("id").asString();
    }

    private static void expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private static List<String> values(JsonNode list, String member) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(item.path(member).asString()));
        return values;
    }

    private static List<String> asked(GraphWorld graph, String flow) {
        return values(
                graph.get(flow)
                        .json()
                        .path("onAttributeCollection")
                        .path("attributeCollectionPage")
                        .path("views")
                        .path(0)
                        .path("inputs"),
                "attribute");
    }

    private static List<String> linked(GraphWorld graph, String flow) {
        return values(graph.get(flow + ATTRIBUTES).json().path("value"), "id");
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatItHolds(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String flow = create(graph, flow("Sign up"));
            JsonNode shown = graph.get(SET).json().path("value").path(0);
            JsonNode applications = shown.path("conditions").path("applications");
            assertThat(applications.path("includeAllApplications").asBoolean(true)).isFalse();
            assertThat(applications.path("includeApplications@odata.context").asString())
                    .endsWith(
                            "#identity/authenticationEventsFlows('"
                                    + shown.path("id").asString()
                                    + "')/conditions/applications/includeApplications");
            assertThat(values(applications.path("includeApplications"), "appId"))
                    .containsExactly(ONE);
            JsonNode methods = shown.path("onAuthenticationMethodLoadStart");
            assertThat(values(methods.path("identityProviders"), "id"))
                    .containsExactly("EmailPassword-OAUTH");
            assertThat(shown.path("onUserCreateStart").isNull()).isTrue();
            assertThat(values(shown.path("onAttributeCollection").path("attributes"), "id"))
                    .containsExactly("email", "city");
            assertThat(asked(graph, flow)).containsExactly("email", "city");
            assertThat(graph.get(flow + "?$select=displayName").text())
                    .contains("Sign up")
                    .doesNotContain("conditions");
            assertThat(graph.get(flow + "/conditions").json().path("applications").toString())
                    .contains(ONE);
            assertThat(
                            graph.get(flow + "?$expand=" + PROVIDERS.substring(1) + "($select=id)")
                                    .text())
                    .contains("\"identityProviders\":[{\"@odata.type\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void applicationsUseOneFlow(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String flow = create(graph, flow("A"));
            String list = flow + APPLICATIONS;
            expect(201, graph.post(list, "{\"appId\": \"" + TWO.toUpperCase() + "\"}"));
            expect(409, graph.post(list, "{\"appId\": \"" + TWO + "\"}"));
            expect(400, graph.post(list, "{\"appId\": \"no guid\"}"));
            expect(400, graph.post(list, "{}"));
            Answer other = graph.post(SET, flow("B"));
            expect(409, other);
            assertThat(other.message()).contains(ONE);
            assertThat(graph.get(SET + "/$count").text()).isEqualTo("1");
            assertThat(graph.get(list + "/$count").text()).isEqualTo("2");
            Answer one = graph.get(flow + CAST + APPLICATIONS + "/" + TWO);
            assertThat(one.json().path("@odata.context").asString())
                    .endsWith("/conditions/applications/includeApplications/$entity");
            expect(204, graph.delete(list + "/" + ONE));
            expect(404, graph.get(list + "/" + ONE));
            expect(404, graph.delete(list + "/" + ONE));
            String second = create(graph, flow("B"));
            assertThat(
                            values(
                                    graph.get(
                                                    SET
                                                            + "?$filter=conditions/applications/includeApplications/any(a:a/appId"
                                                            + " eq '"
                                                            + ONE
                                                            + "')")
                                            .json()
                                            .path("value"),
                                    "displayName"))
                    .containsExactly("B");
            expect(204, graph.delete(second));
            create(graph, flow("C"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneProviderRemains(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String flow = create(graph, flow("A"));
            String providers = flow + PROVIDERS;
            expect(
                    204,
                    graph.post(
                            providers + "/$ref",
                            reference("identityProviders/EmailOtpSignup-OAUTH")));
            assertThat(
                            values(
                                    graph.get(
                                                    SET
                                                            + "?$filter=microsoft.graph."
                                                            + "externalUsersSelfServiceSignUpEventsFlow"
                                                            + "/onAuthenticationMethodLoadStart"
                                                            + "/microsoft.graph."
                                                            + "onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders/any(idp:idp/id"
                                                            + " eq 'EmailOtpSignup-OAUTH')")
                                            .json()
                                            .path("value"),
                                    "displayName"))
                    .containsExactly("A");
            assertThat(graph.get(providers + "/$count").text()).isEqualTo("2");
            expect(204, graph.delete(providers + "/EmailPassword-OAUTH/$ref"));
            Answer last = graph.delete(providers + "/EmailOtpSignup-OAUTH/$ref");
            expect(400, last);
            assertThat(last.violations())
                    .containsExactly(
                            "onAuthenticationMethodLoadStart/identityProviders: PropertyRequired");
            expect(404, graph.delete(providers + "/EmailPassword-OAUTH/$ref"));
            assertThat(values(graph.get(providers).json().path("value"), "id"))
                    .containsExactly("EmailOtpSignup-OAUTH");
            expect(
                    400,
                    graph.patch(
                            flow,
                            "{\"@odata.type\":"
                                + " \"#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow\",\"onAuthenticationMethodLoadStart\":"
                                + " null}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void attributesAndInputsGoTogether(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String flow = create(graph, flow("A"));
            expect(
                    204,
                    graph.send(
                            "POST",
                            flow + ATTRIBUTES + "/$ref",
                            reference("userFlowAttributes/surname")));
            assertThat(linked(graph, flow)).containsExactly("email", "city", "surname");
            assertThat(asked(graph, flow)).containsExactly("email", "city", "surname");
            expect(204, graph.delete(flow + ATTRIBUTES + "/city/$ref"));
            assertThat(asked(graph, flow)).containsExactly("email", "surname");
            expect(
                    204,
                    graph.patch(
                            flow,
                            collection(page(input("country", "text"), input("email", "text")))));
            assertThat(linked(graph, flow)).containsExactly("country", "email");
            expect(204, graph.patch(flow, collection("\"attributes\": [{\"id\": \"email\"}]")));
            assertThat(asked(graph, flow)).containsExactly("email");
            assertThat(linked(graph, flow)).containsExactly("email");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfApplicationsIsReplaced(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String many =
                    IntStream.rangeClosed(1, 1000)
                            .mapToObj(i -> ONE.substring(0, 24) + "%012d".formatted(i))
                            .map(id -> "{\"appId\": \"" + id + "\"}")
                            .collect(Collectors.joining(","));
            String one = "{\"appId\": \"" + ONE + "\"}";
            String flow = create(graph, flow("A").replace(one, many));
            String last = ONE.substring(0, 24) + "999999999999";
            expect(201, graph.post(flow + APPLICATIONS, "{\"appId\": \"" + last + "\"}"));
            assertThat(graph.get(flow + APPLICATIONS + "/$count").text()).isEqualTo("1001");
            expect(
                    204,
                    graph.patch(
                            flow,
                            "{\"conditions\": {\"applications\": {\"includeApplications\": ["
                                    + one
                                    + "]}}}"));
            assertThat(values(graph.get(flow + APPLICATIONS).json().path("value"), "appId"))
                    .containsExactly(ONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPageAsksForNoMoreThanItsLimit(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i <= AttributeCollection.INPUTS_MAX; i++) {
                Answer attribute =
                        graph.post(
                                "/v1.0/identity/userFlowAttributes",
                                "{\"displayName\":\"A" + i + "\",\"dataType\":\"string\"}");
                ids.add(attribute.json().path("id").asString());
            }
            String last = ids.removeLast();
            List<String> inputs = ids.stream().map(id -> input(id, "text")).toList();
            String flow = create(graph, flow("A"));
            expect(204, graph.patch(flow, collection(page(inputs.toArray(String[]::new)))));
            Answer refused =
                    graph.post(
                            flow + ATTRIBUTES + "/$ref", reference("userFlowAttributes/" + last));
            expect(400, refused);
            assertThat(refused.message()).contains("at most " + AttributeCollection.INPUTS_MAX);
            expect(204, graph.delete(flow + ATTRIBUTES + "/" + ids.getFirst() + "/$ref"));
            assertThat(asked(graph, flow)).hasSize(AttributeCollection.INPUTS_MAX - 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "city | picture | [] | null | EnumMemberUnknown",
                "city | boolean | [] | null | ValueNotAllowed",
                "nobody | text | [] | null | ReferenceUnresolvable",
                "city | text | [{\"label\": \"A\", \"value\": \"a\"}] | null | ValueNotAllowed",
                "city | radioSingleSelect | [] | null | PropertyRequired",
                "city | text | [] | \"(\" | ValueNotAllowed",
                "city | text | [] | \"(a)\\\\1\" | ValueNotAllowed"
            })
    void anInputThatNobodyCouldAnswerIsRefused(
            String attribute, String type, String options, String regex, String rule) {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            String flow = create(graph, flow("A"));
            String input =
                    """
                    {"attribute": "%s", "label": "L", "inputType": "%s", "required": true,
                     "options": %s, "validationRegEx": %s}
                    """
                            .formatted(attribute, type, options, regex);
            Answer refused = graph.patch(flow, collection(page(input)));
            expect(400, refused);
            assertThat(refused.violations()).singleElement().asString().endsWith(": " + rule);
            assertThat(asked(graph, flow)).containsExactly("email", "city");
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAreUnique(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String free = flow("A").replace("{\"appId\": \"" + ONE + "\"}", "");
            create(graph, free);
            expect(409, graph.post(SET, free));
            String other = create(graph, free.replace("\"A\"", "\"B\""));
            String type =
                    "{\"@odata.type\":"
                            + " \"#microsoft.graph.externalUsersSelfServiceSignupEventsFlow\",";
            expect(409, graph.patch(other, type + "\"displayName\": \"A\"}"));
            expect(204, graph.patch(other, type + "\"displayName\": \"B\"}"));
            expect(204, graph.patch(other, type + "\"displayName\": \"C\"}"));
            Answer nothing = graph.patch(other, type + "\"displayName\": null}");
            assertThat(nothing.violations()).containsExactly("displayName: PropertyRequired");
            Answer noStart = graph.patch(other, "{\"onInteractiveAuthFlowStart\": null}");
            assertThat(noStart.violations())
                    .containsExactly("onInteractiveAuthFlowStart: PropertyRequired");
        }
    }
}
