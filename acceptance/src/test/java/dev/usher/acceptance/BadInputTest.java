package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.usher.acceptance.fixture.Forger;
import dev.usher.acceptance.fixture.Golden;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bad requests: each is refused in Graph's envelope, names its cause and stores nothing. */
@UsherTest
class BadInputTest {

    private static final String TABLE = "bad-input.http";
    private static final int ROWS_MIN = 60;

    private final Usher usher;

    BadInputTest(Usher usher) {
        this.usher = usher;
    }

    @Test
    void eachRowIsRefused() throws JOSEException {
        Map<String, String> values = placeholders();
        UnaryOperator<String> fill =
                text -> {
                    for (var value : values.entrySet()) {
                        text = text.replace("<" + value.getKey() + ">", value.getValue());
                    }
                    return text;
                };
        List<BadRequest> rows = BadRequest.parse(Golden.read(TABLE), fill);
        assertThat(rows).hasSizeGreaterThanOrEqualTo(ROWS_MIN);
        assertThat(rows).extracting(BadRequest::name).doesNotHaveDuplicates();
        String token = usher.tokens().of(usher.tenant(), usher.tenant().admin());
        List<String> outcomes = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Map<String, String> before = everything();

        for (BadRequest row : rows) {
            Reply reply =
                    usher.raw()
                            .send(row.method(), row.target(), row.headersWith(token), row.body());
            outcomes.add(outcome(row, reply, values));
            try {
                check(row, reply);
            } catch (AssertionError e) {
                wrong.add(row.name() + ": " + e.getMessage());
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(everything()).as("nothing is stored").isEqualTo(before);
        Golden.verify("golden/bad-input.tsv", String.join("\n", outcomes) + "\n");
    }

    private static void check(BadRequest row, Reply reply) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(row.status());
        JsonNode error = reply.error();
        assertThat(error.get("code").asString()).as("%s", reply).isEqualTo(row.code());
        for (String mention : row.mentions()) {
            assertThat(error.toString()).containsIgnoringCase(mention);
        }
    }

    private Map<String, String> placeholders() throws JOSEException {
        String flow = usher.newFlow(Usher.fresh("Bad"));
        String connector = usher.newConnector(Usher.fresh("Bad"));
        ProvidersTest.ensureSocial(usher.graph(), "Google");
        Map<String, String> values = new TreeMap<>();
        values.put("flow", flow);
        values.put("b2c-on", b2cFlow(true));
        values.put("b2c-off", b2cFlow(false));
        values.put("connector", connector);
        values.put("domain", usher.tenant().domain());
        String alias = Usher.fresh("bad");
        values.put("upn", alias + "@" + usher.tenant().domain());
        values.put("user", created("/users", UsersTest.work(usher.tenant().domain(), alias)));
        values.put(
                "application", created("/applications", Map.of("displayName", Usher.fresh("Bad"))));
        values.put("events-flow", eventsFlow());
        values.putAll(beginnings());
        values.put("tenant", usher.tenant().id());
        values.put("other-tenant", usher.otherTenant().id());
        values.put(
                "other-token", usher.tokens().of(usher.otherTenant(), usher.otherTenant().admin()));
        values.put("reader-token", usher.tokens().of(usher.tenant(), usher.tenant().reader()));
        values.put("none-token", usher.tokens().of(usher.tenant(), usher.tenant().none()));
        Forger forger =
                new Forger(usher.tokens().of(usher.tenant(), usher.tenant().admin()), usher);
        values.putAll(forger.tokens());
        return values;
    }

    private String created(String path, Object body) {
        return usher.graph().post(path, body).expect(201).json().get("id").asString();
    }

    private String b2cFlow(boolean customized) {
        Object flow =
                Json.object(
                        "id",
                        Usher.fresh("Bad"),
                        "userFlowType",
                        "signUp",
                        "userFlowTypeVersion",
                        1,
                        "isLanguageCustomizationEnabled",
                        customized);
        return usher.beta()
                .post("/identity/b2cUserFlows", flow)
                .expect(201)
                .json()
                .get("id")
                .asString();
    }

    private String eventsFlow() {
        return usher.graph()
                .post(EventBodies.FLOWS, EventBodies.flow(Usher.fresh("Bad")))
                .expect(201)
                .json()
                .get("id")
                .asString();
    }

    /** Bodies without their ends. */
    private static Map<String, String> beginnings() {
        String flow =
                "{\"@odata.type\":\"#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow\",";
        return Map.of(
                "events-flow-start",
                flow
                        + "\"displayName\":\"Bad\",\"onInteractiveAuthFlowStart\":{\"@odata.type\":"
                        + "\"#microsoft.graph.onInteractiveAuthFlowStartExternalUsersSelfServiceSignUp\","
                        + "\"isSignUpAllowed\":true}",
                "events-input",
                flow
                        + "\"onAttributeCollection\":{\"@odata.type\":"
                        + "\"#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp\","
                        + "\"attributeCollectionPage\":{\"views\":[{\"inputs\":[{"
                        + "\"attribute\":\"city\",\"label\":\"City\"",
                "extension-start",
                "{\"@odata.type\":\"#microsoft.graph.onTokenIssuanceStartCustomExtension\","
                    + "\"displayName\":\"Bad\",\"authenticationConfiguration\":{\"@odata.type\":"
                    + "\"#microsoft.graph.azureAdPopTokenAuthentication\"}");
    }

    /** Name, status, code, target, message and details, with what differs from run to run named. */
    private static String outcome(BadRequest row, Reply reply, Map<String, String> values) {
        JsonNode error = reply.json().path("error");
        String text =
                String.join(
                        "\t",
                        row.name(),
                        Integer.toString(reply.status()),
                        error.path("code").asString(""),
                        error.path("target").asString("-"),
                        error.path("message").asString(""),
                        error.path("details").toString());
        for (var value : values.entrySet()) {
            text = text.replace(value.getValue(), "<" + value.getKey() + ">");
        }
        return text.replaceAll("127\\.0\\.0\\.1:\\d+|localhost:\\d+", "<authority>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "<time>")
                .replace("\n", "\\n");
    }

    /** All that the first tenant's administrator can see. */
    private Map<String, String> everything() {
        Graph graph = usher.beta();
        Map<String, String> seen = new TreeMap<>();
        for (String collection :
                List.of(
                        "b2xUserFlows",
                        "b2cUserFlows",
                        "apiConnectors",
                        "identityProviders",
                        "authenticationEventsFlows",
                        "authenticationEventListeners",
                        "customAuthenticationExtensions",
                        "userFlowAttributes")) {
            seen.put(
                    collection,
                    graph.get("/identity/" + collection + "?$top=999").expect(200).text());
            seen.put(
                    collection + " count",
                    graph.get("/identity/" + collection + "/$count").expect(200).text());
        }
        for (String collection :
                List.of(
                        "users",
                        "applications",
                        "servicePrincipals",
                        "oauth2PermissionGrants",
                        "directoryRoles",
                        "roleManagement/directory/roleAssignments")) {
            // without the link to the next page, which is sealed anew each time
            seen.put(
                    collection,
                    graph.get("/" + collection + "?$top=999")
                            .expect(200)
                            .json()
                            .get("value")
                            .toString());
        }
        return seen;
    }
}
