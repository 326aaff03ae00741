package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edm.Schema;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The attributes that a flow asks for, beyond what {@link StrategyContractTest} holds. */
class AttributeAssignmentsTest {

    private static final String FLOW = "/v1.0/identity/b2xUserFlows/B2X_1_Partner";
    private static final String LIST = FLOW + "/userAttributeAssignments";

    private static GraphWorld world(EachDatabase database) {
        GraphWorld graph = new GraphWorld(database.fresh());
        Answer created =
                graph.post(
                        "/v1.0/identity/b2xUserFlows",
                        "{\"id\":\"Partner\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return graph;
    }

    private static Answer assign(GraphWorld graph, String attribute) {
        return assign(graph, attribute, "textBox", "[]");
    }

    private static Answer assign(
            GraphWorld graph, String attribute, String inputType, String values) {
        return graph.post(
                LIST,
                """
                {"userAttribute": {"id": "%s"}, "displayName": "D", "userInputType": "%s",
                 "userAttributeValues": %s}
                """
                        .formatted(attribute, inputType, values));
    }

    private static List<String> ids(Answer list) {
        List<String> ids = new ArrayList<>();
        list.json().path("value").forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    @ParameterizedTest
    @EnumSource
    void theListKeepsTheOrderOfAssignment(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            for (String attribute : List.of("surname", "city", "Country", "jobTitle")) {
                assertThat(assign(graph, attribute).status()).isEqualTo(201);
            }
            List<String> order = List.of("emailReadonly", "surname", "city", "country", "jobTitle");
            assertThat(ids(graph.get(LIST))).isEqualTo(order);
            assertThat(ids(graph.get(LIST + "?$orderby=id desc")).getFirst()).isEqualTo("surname");
            Answer first = graph.get(LIST + "?$top=2&$count=true");
            assertThat(ids(first)).containsExactly("emailReadonly", "surname");
            assertThat(first.json().path("@odata.count").asInt()).isEqualTo(5);
            String next = first.json().path("@odata.nextLink").asString();
            assertThat(ids(graph.get(next.substring(next.indexOf("/v1.0")))))
                    .containsExactly("city", "country");
            JsonNode expanded = graph.get(FLOW + "?$expand=userAttributeAssignments").json();
            List<String> embedded = new ArrayList<>();
            expanded.path("userAttributeAssignments")
                    .forEach(item -> embedded.add(item.path("id").asString()));
            assertThat(embedded).isEqualTo(order);
            assertThat(expanded.toString()).doesNotContain("position");
            assertThat(graph.get(LIST + "?$orderby=position").status()).isEqualTo(400);
            assertThat(graph.get(LIST + "/$count").text()).isEqualTo("5");
        }
    }

    @ParameterizedTest
    @EnumSource
    void setOrderTakesEveryAttributeOnce(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            assign(graph, "city");
            assign(graph, "surname");
            assertThat(order(graph, "SURNAME", "emailReadonly", "city").status()).isEqualTo(204);
            Answer order = graph.get(LIST + "/getOrder");
            assertThat(order.json().path("order").toString())
                    .isEqualTo("[\"surname\",\"emailReadonly\",\"city\"]");
            assertThat(order.json().path("@odata.context").asString())
                    .endsWith("$metadata#microsoft.graph.assignmentOrder");
            assertThat(graph.get(LIST + "/microsoft.graph.getOrder()").json())
                    .isEqualTo(order.json());
            assertThat(ids(graph.get(LIST))).containsExactly("surname", "emailReadonly", "city");
            for (String[] wrong :
                    List.of(
                            new String[] {},
                            new String[] {"surname", "city"},
                            new String[] {"surname", "city", "city"},
                            new String[] {"surname", "emailReadonly", "city", "city"},
                            new String[] {"surname", "emailReadonly", "country"})) {
                Answer refused = order(graph, wrong);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.json().at("/error/target").asString())
                        .isEqualTo("newAssignmentOrder/order");
            }
            assertThat(graph.post(LIST + "/setOrder", "{}").status()).isEqualTo(400);
            assertThat(graph.get(LIST + "/getOrder()").json()).isEqualTo(order.json());
            assertThat(graph.get(LIST + "/setOrder").status()).isEqualTo(405);
            assertThat(
                            graph.post(
                                            "/v1.0/identity/b2xUserFlows/B2X_1_No/userAttributeAssignments/setOrder",
                                            "{\"newAssignmentOrder\":{\"order\":[]}}")
                                    .status())
                    .isEqualTo(404);
            assertThat(graph.delete(LIST + "/emailReadonly").status()).isEqualTo(204);
            assertThat(assign(graph, "state").status()).isEqualTo(201);
            assertThat(ids(graph.get(LIST))).containsExactly("surname", "city", "state");
        }
    }

    private static Answer order(GraphWorld graph, String... ids) {
        String list = ids.length == 0 ? "" : "\"" + String.join("\",\"", ids) + "\"";
        return graph.post(
                LIST + "/setOrder", "{\"newAssignmentOrder\":{\"order\":[" + list + "]}}");
    }

    @ParameterizedTest
    @EnumSource
    void assignmentsMadeAtOnceHaveDifferentPlaces(EachDatabase database) throws Exception {
        try (GraphWorld graph = world(database);
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (String attribute : List.of("city", "country", "state", "surname", "givenName")) {
                answers.add(many.submit(() -> assign(graph, attribute)));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(201);
            }
            List<String> order = ids(graph.get(LIST));
            assertThat(order).hasSize(6);
            // two in one place would be listed by key, and a moved neighbour would change that
            List<String> reversed = order.reversed();
            assertThat(order(graph, reversed.toArray(String[]::new)).status()).isEqualTo(204);
            assertThat(ids(graph.get(LIST))).isEqualTo(reversed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAttributeIsEmbeddedAndAddressed(EachDatabase database) {
        try (GraphWorld graph = world(database)) {
            JsonNode first = graph.get(LIST + "?$expand=userAttribute").json().at("/value/0");
            assertThat(first.at("/userAttribute/id").asString()).isEqualTo("emailReadonly");
            assertThat(first.at("/userAttribute/@odata.type").asString())
                    .isEqualTo("#microsoft.graph.identityBuiltInUserFlowAttribute");
            assertThat(first.path("isOptional").booleanValue()).isTrue();
            assertThat(first.path("requiresVerification").booleanValue()).isFalse();
            Answer attribute = graph.get(LIST + "/EMAILREADONLY/userAttribute");
            assertThat(attribute.json().path("id").asString()).isEqualTo("emailReadonly");
            assertThat(attribute.json().path("@odata.context").asString())
                    .endsWith("#identity/userFlowAttributes/$entity");
            assertThat(graph.delete(LIST + "/emailReadonly/userAttribute").status()).isEqualTo(405);
            assertThat(graph.delete(LIST + "/emailReadonly/userAttribute/$ref").status())
                    .isEqualTo(405);
            JsonNode nested =
                    graph.get(FLOW + "?$expand=userAttributeAssignments($expand=userAttribute)")
                            .json();
            assertThat(nested.at("/userAttributeAssignments/0/userAttribute/id").asString())
                    .isEqualTo("emailReadonly");
        }
    }

    @Test
    void fullMetadataNamesNestedAddresses() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            String full = "Accept: application/json;odata.metadata=full";
            String id =
                    "/v1.0/identity/b2xUserFlows('B2X_1_Partner')"
                            + "/userAttributeAssignments('emailReadonly')";
            JsonNode one = graph.send("GET", LIST + "/emailReadonly", null, full).json();
            assertThat(one.path("@odata.id").asString()).endsWith(id);
            JsonNode flow =
                    graph.send("GET", FLOW + "?$expand=userAttributeAssignments", null, full)
                            .json();
            assertThat(flow.at("/userAttributeAssignments/0/@odata.id").asString()).endsWith(id);
            String patch = "{\"displayName\":\"Mail\"}";
            Answer shown = graph.send("PATCH", LIST + "/emailReadonly", patch, full);
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.json().path("displayName").asString()).isEqualTo("Mail");
            assertThat(graph.send("PATCH", LIST + "/emailReadonly", patch).status()).isEqualTo(204);
            assertThat(graph.send("PATCH", FLOW, "{}", full).status()).isEqualTo(204);
        }
    }

    @Test
    void anAttributeIsAssignedOnceAndMustExist() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            assertThat(assign(graph, "City").header("Location"))
                    .endsWith("/b2xUserFlows/B2X_1_Partner/userAttributeAssignments/city");
            assertThat(assign(graph, "cITY").status()).isEqualTo(409);
            Answer unknown = assign(graph, "shoeSize");
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.json().at("/error/target").asString()).isEqualTo("userAttribute");
            assertThat(
                            graph.post(
                                            "/v1.0/identity/b2xUserFlows/B2X_1_No/userAttributeAssignments",
                                            "{\"userAttribute\":{\"id\":\"city\"},\"displayName\":\"C\",\"userInputType\":\"textBox\"}")
                                    .status())
                    .isEqualTo(404);
            assertThat(graph.delete(FLOW).status()).isEqualTo(204);
            assertThat(graph.get(LIST).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"userAttribute@odata.bind\":\"identity/userFlowAttributes/City\"'",
        "'{\"userAttribute\":{\"@odata.id\":\"https://graph.microsoft.com/beta/identity/userFlowAttributes/city\"}'",
        "'{\"UserAttribute\":{\"Id\":\"CITY\",\"dataType\":\"string\"}'"
    })
    void everyFormOfReferenceNamesTheAttribute(String start) {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            Answer made =
                    graph.post(
                            LIST, start + ",\"displayName\":\"C\",\"userInputType\":\"textBox\"}");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.json().path("id").asString()).isEqualTo("city");
            assertThat(made.json().path("isOptional").booleanValue()).isFalse();
            assertThat(made.json().path("requiresVerification").booleanValue()).isFalse();
            assertThat(made.json().path("userAttributeValues")).isEmpty();
            assertThat(made.json().has("userAttribute")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "string,emailBox,201",
        "boolean,checkboxMultiSelect,201",
        "boolean,textBox,400",
        "int64,textBox,201",
        "int64,dateTimeDropdown,400",
        "stringCollection,checkboxMultiSelect,201",
        "stringCollection,radioSingleSelect,400",
        "dateTime,dateTimeDropdown,201",
        "dateTime,emailBox,400"
    })
    void theInputTypeFitsTheDataType(String dataType, String inputType, int status) {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            Kind attributes =
                    Kinds.of(Schema.load().model("beta").entityType(UserFlowAttributes.TYPE));
            ObjectNode properties = JsonNodeFactory.instance.objectNode();
            properties.put("dataType", dataType).put("displayName", "Shoe");
            properties.put("userFlowAttributeType", "custom");
            Entity shoe =
                    new Entity(
                            attributes.name(), "", "shoe", UserFlowAttributes.TYPE, 0, properties);
            graph.world
                    .here
                    .store()
                    .write(graph.tenant.id(), World.ACTOR, tx -> tx.insert(attributes, shoe));
            Answer answer = assign(graph, "shoe", inputType, "[]");
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            if (status == 400) {
                assertThat(answer.violations()).containsExactly("userInputType: ValueNotAllowed");
            }
        }
    }

    @Test
    void valuesBelongToSelects() {
        try (GraphWorld graph = world(EachDatabase.SQLITE)) {
            String values =
                    "[{\"Name\":\"Red\",\"Value\":\"1\"},{\"name\":\"Blue\",\"value\":\"2\",\"isDefault\":true}]";
            Answer refused = assign(graph, "city", "TextBox", values);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/error/target").asString())
                    .isEqualTo("userAttributeValues");
            Answer made = assign(graph, "city", "RadioSingleSelect", values);
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.json().at("/userAttributeValues/0").toString())
                    .isEqualTo("{\"isDefault\":false,\"name\":\"Red\",\"value\":\"1\"}");
            Answer contradiction = graph.patch(LIST + "/city", "{\"userInputType\":\"textBox\"}");
            assertThat(contradiction.status()).isEqualTo(400);
            assertThat(
                            graph.patch(
                                            LIST + "/city",
                                            "{\"userInputType\":\"textBox\",\"userAttributeValues\":[]}")
                                    .status())
                    .isEqualTo(204);
        }
    }
}
