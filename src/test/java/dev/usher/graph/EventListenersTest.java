package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Listeners, the extensions that they call, and the policies. */
class EventListenersTest {

    /** The body that creates an extension. */
    static final String EXTENSION =
            "{\"@odata.type\":\"#microsoft.graph.onTokenIssuanceStartCustomExtension\","
                + "\"displayName\":\"Roles\","
                + "\"endpointConfiguration\":{\"@odata.type\":\"#microsoft.graph.httpRequestEndpoint\","
                + "\"targetUrl\":\"https://api.example/roles\"},"
                + "\"authenticationConfiguration\":{\"@odata.type\":"
                + "\"#microsoft.graph.azureAdTokenAuthentication\","
                + "\"resourceId\":\"api://api.example/11111111-aaaa-4aaa-8aaa-000000000009\"},"
                + "\"clientConfiguration\":{\"timeoutInMilliseconds\":2000,\"maximumRetries\":1},"
                + "\"claimsForTokenConfiguration\":[{\"claimIdInApiResponse\":\"role\"}]}";

    private static final String EXTENSIONS = "/v1.0/identity/customAuthenticationExtensions";
    private static final String LISTENERS = "/v1.0/identity/authenticationEventListeners";
    private static final String TOKEN_STEP =
            "/microsoft.graph.onTokenIssuanceStartListener/handler"
                    + "/microsoft.graph.onTokenIssuanceStartCustomExtensionHandler/customExtension";
    private static final String FLOWS_POLICY = "/v1.0/policies/authenticationFlowsPolicy";
    private static final String METHODS_POLICY = "/beta/policies/b2cAuthenticationMethodsPolicy";
    private static final String SIGN_UP = "/beta/identity/events/onSignupStart";

    private static void expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private static String create(GraphWorld graph, String set, String body) {
        Answer created = graph.post(set, body);
        expect(201, created);
        return created.json().path("id").asString();
    }

    private static String reference(String id) {
        return "{\"@odata.id\": \"" + EXTENSIONS + "/" + id + "\"}";
    }

    @ParameterizedTest
    @EnumSource
    void aListenerCallsItsExtension(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String extension = create(graph, EXTENSIONS, EXTENSION);
            String other =
                    create(
                            graph,
                            EXTENSIONS,
                            EXTENSION
                                    .replace("onTokenIssuanceStartC", "onOtpSendC")
                                    .replaceFirst(",\"claimsFor.*]", ""));
            String listener =
                    LISTENERS
                            + "/"
                            + create(
                                    graph,
                                    LISTENERS,
                                    "{\"@odata.type\":\"#microsoft.graph.onTokenIssuanceStartListener\"}");
            expect(404, graph.get(listener + TOKEN_STEP));
            expect(404, graph.send("PUT", listener + TOKEN_STEP + "/$ref", reference(other)));
            expect(204, graph.send("PUT", listener + TOKEN_STEP + "/$ref", reference(extension)));
            assertThat(graph.get(listener + TOKEN_STEP).json().path("displayName").asString())
                    .isEqualTo("Roles");
            JsonNode shown = graph.get(LISTENERS).json().path("value").path(0).path("handler");
            assertThat(shown.path("@odata.type").asString())
                    .isEqualTo("#microsoft.graph.onTokenIssuanceStartCustomExtensionHandler");
            assertThat(shown.path("customExtension").path("id").asString()).isEqualTo(extension);
            Answer inUse = graph.delete(EXTENSIONS + "/" + extension);
            expect(409, inUse);
            assertThat(inUse.message()).contains(listener.substring(LISTENERS.length() + 1));
            expect(204, graph.patch(listener, "{\"handler\": null}"));
            expect(204, graph.delete(EXTENSIONS + "/" + extension));
        }
    }

    @ParameterizedTest
    @EnumSource
    void listenersShareApplications(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String app = "11111111-aaaa-4aaa-8aaa-000000000001";
            String body =
                    "{\"@odata.type\":\"#microsoft.graph.onUserCreateStartListener\",\"conditions\":"
                        + "{\"applications\":{\"includeApplications\":[{\"appId\":\""
                            + app
                            + "\"}]}}}";
            String one = LISTENERS + "/" + create(graph, LISTENERS, body);
            create(graph, LISTENERS, body);
            String list = one + "/conditions/applications/includeApplications";
            assertThat(graph.get(list).text()).contains(app);
            expect(204, graph.patch(one, "{\"conditions\": null}"));
            assertThat(graph.get(list).json().path("value")).isEmpty();
            expect(201, graph.post(list, "{\"appId\": \"" + app + "\"}"));
            assertThat(graph.get(one).json().path("conditions").toString()).contains(app);
            String keptAndNew =
                    "{\"conditions\":{\"applications\":{\"includeApplications\":[{\"appId\":\""
                            + app
                            + "\"},{\"appId\":\""
                            + app.replace("01", "02")
                            + "\"}]}}}";
            expect(204, graph.patch(one, keptAndNew));
            assertThat(graph.get(list + "/$count").text()).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowWithListenersStays(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String flow = create(graph, EventsFlowsTest.SET, EventsFlowsTest.flow("A"));
            String body =
                    "{\"@odata.type\":\"#microsoft.graph.onUserCreateStartListener\","
                            + "\"authenticationEventsFlowId\":\"%s\"}";
            expect(400, graph.post(LISTENERS, body.formatted("nobody")));
            String listener = create(graph, LISTENERS, body.formatted(flow.toUpperCase()));
            assertThat(
                            graph.get(LISTENERS + "/" + listener)
                                    .json()
                                    .path("authenticationEventsFlowId")
                                    .asString())
                    .isEqualTo(flow);
            expect(409, graph.delete(EventsFlowsTest.SET + "/" + flow));
            expect(204, graph.delete(LISTENERS + "/" + listener));
            expect(204, graph.delete(EventsFlowsTest.SET + "/" + flow));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2000, 199, clientConfiguration/timeoutInMilliseconds",
        "2000, 2001, clientConfiguration/timeoutInMilliseconds",
        "maximumRetries\":1, maximumRetries\":2, clientConfiguration/maximumRetries",
        "https:, http:, endpointConfiguration/targetUrl",
        "example/roles, example/roles#here, endpointConfiguration/targetUrl"
    })
    void extensionsAreBounded(String right, String wrong, String target) {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            Answer refused = graph.post(EXTENSIONS, EXTENSION.replace(right, wrong));
            expect(400, refused);
            assertThat(refused.violations()).containsExactly(target + ": ValueNotAllowed");
        }
    }

    private static List<String> codes(Answer answer, String list) {
        expect(200, answer);
        assertThat(answer.json().path("@odata.context").asString())
                .endsWith("#microsoft.graph.authenticationConfigurationValidation");
        List<String> codes = new ArrayList<>();
        answer.json().path(list).forEach(each -> codes.add(each.path("code").asString()));
        return codes;
    }

    private static String configurations(String host, String resource) {
        return """
        {"endpointConfiguration": {"@odata.type": "#microsoft.graph.httpRequestEndpoint",
           "targetUrl": "https://%s/x"},
         "authenticationConfiguration":
           {"@odata.type": "#microsoft.graph.azureAdTokenAuthentication", "resourceId": "%s"}}
        """
                .formatted(host, resource);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhetherTokensCanBeHad(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String validate = "/validateAuthenticationConfiguration";
            Clients.Created client = graph.world.client(graph.tenant);
            String good = "api://api.example/" + client.appId();
            Answer warned = graph.post(EXTENSIONS + validate, configurations("API.example", good));
            assertThat(codes(warned, "errors")).isEmpty();
            assertThat(codes(warned, "warnings"))
                    .containsExactly("PermissionNotGrantedToServicePrincipal");
            Clients.Created granted =
                    graph.world.client(
                            graph.tenant, "CustomAuthenticationExtension.Receive.Payload");
            Answer fine =
                    graph.post(
                            EXTENSIONS + validate,
                            configurations("api.example", "api://api.example/" + granted.appId()));
            assertThat(codes(fine, "errors")).isEmpty();
            assertThat(codes(fine, "warnings")).isEmpty();
            Answer elsewhere =
                    graph.post(EXTENSIONS + validate, configurations("other.example", good));
            assertThat(codes(elsewhere, "errors")).containsExactly("DomainNameDoesNotMatch");
            Answer malformed =
                    graph.post(EXTENSIONS + validate, configurations("api.example", "api://x"));
            assertThat(codes(malformed, "errors")).containsExactly("IncorrectResourceIdFormat");
            String extension = create(graph, EXTENSIONS, EXTENSION);
            Answer stored = graph.send("POST", EXTENSIONS + "/" + extension + validate, null);
            assertThat(codes(stored, "errors")).containsExactly("ServicePrincipalNotFound");
            expect(400, graph.post(EXTENSIONS + validate, "{}"));
            expect(404, graph.send("POST", EXTENSIONS + "/nobody" + validate, null));
            String reader = graph.token("CustomAuthenticationExtension.Read.All");
            expect(
                    200,
                    graph.sendAs(
                            reader,
                            "POST",
                            EXTENSIONS + validate,
                            configurations("api.example", good)));
            Answer denied = graph.sendAs(reader, "POST", EXTENSIONS, EXTENSION);
            expect(403, denied);
            assertThat(denied.text()).contains("Authorization_RequestDenied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void policiesAreThereFromTheFirstMoment(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer first = graph.get(FLOWS_POLICY);
            assertThat(first.json().path("@odata.context").asString())
                    .endsWith("#policies/authenticationFlowsPolicy/$entity");
            assertThat(first.json().path("id").asString()).isEqualTo("authenticationFlowsPolicy");
            assertThat(first.json().path("selfServiceSignUp").path("isEnabled").asBoolean(false))
                    .isTrue();
            String off = "{\"selfServiceSignUp\": {\"isEnabled\": false}}";
            expect(412, graph.send("PATCH", FLOWS_POLICY, off, "If-Match: \"7\""));
            expect(
                    204,
                    graph.send("PATCH", FLOWS_POLICY, off, "If-Match: " + first.header("ETag")));
            expect(
                    412,
                    graph.send("PATCH", FLOWS_POLICY, off, "If-Match: " + first.header("ETag")));
            assertThat(graph.get(FLOWS_POLICY).text()).contains("\"isEnabled\":false");
            expect(400, graph.patch(FLOWS_POLICY, "{\"displayName\": \"Mine\"}"));
            expect(400, graph.patch(FLOWS_POLICY, "{\"id\": \"mine\"}"));
            expect(405, graph.delete(FLOWS_POLICY));
            assertThat(graph.get(METHODS_POLICY).json().path("id").asString())
                    .isEqualTo("b2CAuthenticationMethodsPolicy");
            expect(204, graph.patch(METHODS_POLICY, "{\"isUserNameAuthenticationEnabled\": true}"));
            assertThat(graph.get(METHODS_POLICY).text())
                    .contains("\"isUserNameAuthenticationEnabled\":true")
                    .contains("\"isEmailPasswordAuthenticationEnabled\":true");
            expect(400, graph.get(METHODS_POLICY.replace("beta", "v1.0")));
        }
    }

    /** PUT leaves nothing of what stood there before, and makes no listener. */
    @Test
    void anOlderListenerIsReplacedAsAWhole() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            for (String name : List.of("One", "Two")) {
                create(
                        graph,
                        "/v1.0/identity/b2xUserFlows",
                        "{\"id\":\"%s\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}"
                                .formatted(name));
            }
            String body =
                    "{\"@odata.type\":\"#microsoft.graph.invokeUserFlowListener\",\"priority\":101,"
                            + "\"sourceFilter\":{\"includeApplications\":[\"a\"]},"
                            + "\"userFlow\":{\"id\":\"B2X_1_One\"}}";
            String listener = SIGN_UP + "/" + create(graph, SIGN_UP, body);
            String tag = graph.get(listener).header("ETag");
            String other =
                    "{\"@odata.type\":\"#microsoft.graph.invokeUserFlowListener\","
                            + "\"userFlow\":{\"id\":\"B2X_1_Two\"}}";
            expect(412, graph.send("PUT", listener, other, "If-Match: \"7\""));
            Answer replaced =
                    graph.send(
                            "PUT",
                            listener + "?$expand=microsoft.graph.invokeUserFlowListener/userFlow",
                            other,
                            "If-Match: " + tag,
                            "Prefer: return=representation");
            expect(200, replaced);
            assertThat(replaced.json().path("priority").asInt())
                    .isEqualTo(EventConditions.PRIORITY_DEFAULT);
            assertThat(replaced.json().at("/sourceFilter/includeApplications").size()).isZero();
            assertThat(replaced.json().at("/userFlow/id").asString()).isEqualTo("B2X_1_Two");
            expect(400, graph.send("PUT", listener, other.replaceFirst(",\"userFlow.*", "}")));
            expect(404, graph.send("PUT", SIGN_UP + "/nobody", other));
            assertThat(graph.get(SIGN_UP).json().path("value").size()).isEqualTo(1);
        }
    }

    @Test
    void aFlowThatAListenerInvokesStays() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            String flows = "/v1.0/identity/b2xUserFlows";
            for (String name : List.of("One", "Two")) {
                create(
                        graph,
                        flows,
                        "{\"id\":\"%s\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}"
                                .formatted(name));
            }
            String body =
                    "{\"@odata.type\":\"#microsoft.graph.invokeUserFlowListener\",\"priority\":101,"
                            + "\"sourceFilter\":{\"includeApplications\":[\"a\"]},"
                            + "\"userFlow\":{\"id\":\"B2X_1_One\"}}";
            String listener = SIGN_UP + "/" + create(graph, SIGN_UP, body);
            assertThat(graph.get(listener).json().has("userFlow")).isFalse();
            assertThat(
                            graph.get(
                                            SIGN_UP
                                                    + "?$expand=microsoft.graph.invokeUserFlowListener"
                                                    + "/userFlow")
                                    .text())
                    .contains("B2X_1_One");
            expect(409, graph.delete(flows + "/B2X_1_One"));
            expect(204, graph.send("PUT", listener, body.replace("101", "7")));
            expect(409, graph.delete(flows + "/B2X_1_One"));
            expect(204, graph.patch(listener, "{\"userFlow\":{\"id\":\"B2X_1_Two\"}}"));
            expect(204, graph.delete(flows + "/B2X_1_One"));
            expect(204, graph.delete(listener));
            expect(204, graph.delete(flows + "/B2X_1_Two"));
        }
    }
}
