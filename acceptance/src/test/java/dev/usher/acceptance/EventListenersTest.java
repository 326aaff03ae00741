package dev.usher.acceptance;

import static dev.usher.acceptance.EventBodies.EXTENSIONS;
import static dev.usher.acceptance.EventBodies.LISTENERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Listeners, the extensions that they call, policies, and the older sign-up listeners. */
@UsherTest
class EventListenersTest {

    /** The events whose listeners can call an extension, with that of their handler. */
    private static final Map<String, String> HANDLERS =
            Map.of(
                    "onTokenIssuanceStart", "onTokenIssuanceStart",
                    "onAttributeCollectionStart", "onAttributeCollectionStart",
                    "onAttributeCollectionSubmit", "onAttributeCollectionSubmit",
                    "onEmailOtpSend", "onOtpSend");

    private final Usher usher;

    EventListenersTest(Usher usher) {
        this.usher = usher;
    }

    private Graph graph(String version) {
        return usher.graph(version, usher.tenant(), usher.tenant().admin());
    }

    private static String create(Graph graph, String set, Object body) {
        return set + "/" + graph.post(set, body).expect(201).json().get("id").asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /identity/authenticationEventListeners")
    @Proves("POST /identity/authenticationEventListeners")
    @Proves("GET /identity/authenticationEventListeners/$count")
    @Proves("GET /identity/authenticationEventListeners/{listener-id}")
    @Proves("PATCH /identity/authenticationEventListeners/{listener-id}")
    @Proves("DELETE /identity/authenticationEventListeners/{listener-id}")
    void fromCreateToDelete(String version) {
        Graph graph = graph(version);
        String name = Usher.fresh("Listener");
        Map<String, Object> body = new LinkedHashMap<>(EventBodies.listener("onUserCreateStart"));
        body.put("displayName", name);
        String listener = create(graph, LISTENERS, body);
        String id = listener.substring(LISTENERS.length() + 1);

        assertThat(graph.get(LISTENERS + "?$top=999").values("id")).contains(id);
        assertThat(
                        graph.get(LISTENERS + "/$count?$filter=displayName eq '" + name + "'")
                                .expect(200)
                                .text())
                .isEqualTo("1");
        assertThat(graph.get(listener).expect(200).json().get("handler").isNull()).isTrue();
        graph.patch(
                        listener,
                        Json.object(
                                "@odata.type",
                                "#microsoft.graph.onUserCreateStartListener",
                                "handler",
                                Json.object(
                                        "@odata.type",
                                        "#microsoft.graph.onUserCreateStartExternalUsersSelfServiceSignUp",
                                        "userTypeToCreate",
                                        "member")))
                .expect(204);
        assertThat(graph.get(listener).json().at("/handler/userTypeToCreate").asString())
                .isEqualTo("member");
        usher.graph(version, usher.tenant(), usher.tenant().none())
                .get(listener)
                .refused(403, "Authorization_RequestDenied");
        graph.delete(listener).expect(204);
        graph.get(listener).refused(404, "ResourceNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves(
            "GET /identity/authenticationEventListeners/{listener-id}/conditions/applications/includeApplications")
    @Proves(
            "POST /identity/authenticationEventListeners/{listener-id}/conditions/applications/includeApplications")
    @Proves(
            "DELETE"
                + " /identity/authenticationEventListeners/{listener-id}/conditions/applications/includeApplications/{appId}")
    void applications(String version) {
        Graph graph = graph(version);
        String app = UUID.randomUUID().toString();
        String listener = create(graph, LISTENERS, EventBodies.listener("onUserCreateStart"));
        String list = listener + "/conditions/applications/includeApplications";
        graph.post(list, Map.of("appId", app)).expect(201);
        assertThat(graph.get(list).values("appId")).containsExactly(app);
        graph.post(list, Map.of("appId", app)).refused(409, "Conflict");
        graph.delete(list + "/" + app).expect(204);
        assertThat(graph.get(list).values("appId")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves(
            "PUT /identity/authenticationEventListeners/{listener-id}/microsoft.graph.onTokenIssuanceStartListener/handler/microsoft.graph.onTokenIssuanceStartCustomExtensionHandler/customExtension/$ref")
    @Proves(
            "PUT /identity/authenticationEventListeners/{listener-id}/microsoft.graph.onAttributeCollectionStartListener/handler/microsoft.graph.onAttributeCollectionStartCustomExtensionHandler/customExtension/$ref")
    @Proves(
            "GET /identity/authenticationEventListeners/{listener-id}/microsoft.graph.onAttributeCollectionStartListener/handler/microsoft.graph.onAttributeCollectionStartCustomExtensionHandler/customExtension")
    @Proves(
            "PUT /identity/authenticationEventListeners/{listener-id}/microsoft.graph.onAttributeCollectionSubmitListener/handler/microsoft.graph.onAttributeCollectionSubmitCustomExtensionHandler/customExtension/$ref")
    @Proves(
            "GET /identity/authenticationEventListeners/{listener-id}/microsoft.graph.onAttributeCollectionSubmitListener/handler/microsoft.graph.onAttributeCollectionSubmitCustomExtensionHandler/customExtension")
    @Proves(
            "PUT /identity/authenticationEventListeners/{listener-id}/microsoft.graph.onEmailOtpSendListener/handler/microsoft.graph.onOtpSendCustomExtensionHandler/customExtension/$ref")
    @Proves(
            "GET /identity/authenticationEventListeners/{listener-id}/microsoft.graph.onEmailOtpSendListener/handler/microsoft.graph.onOtpSendCustomExtensionHandler/customExtension")
    void handlers(String version) {
        Graph graph = graph(version);
        HANDLERS.forEach((event, handler) -> {
            String listener = create(graph, LISTENERS, EventBodies.listener(event));
            String extension =
                    create(graph, EXTENSIONS, EventBodies.extension(handler, Usher.fresh("Call")));
            String step =
                    listener
                            + "/microsoft.graph."
                            + event
                            + "Listener/handler/microsoft.graph."
                            + handler
                            + "CustomExtensionHandler/customExtension";
            graph.put(step + "/$ref", Map.of("@odata.id", graph.url(extension))).expect(204);
            String id = extension.substring(EXTENSIONS.length() + 1);
            assertThat(graph.get(step).expect(200).json().get("id").asString()).isEqualTo(id);
            assertThat(graph.get(listener).json().at("/handler/customExtension/id").asString())
                    .isEqualTo(id);
            graph.delete(extension).refused(409, "Conflict");
            graph.delete(listener).expect(204);
            graph.delete(extension).expect(204);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /identity/customAuthenticationExtensions")
    @Proves("POST /identity/customAuthenticationExtensions")
    @Proves("GET /identity/customAuthenticationExtensions/$count")
    @Proves("GET /identity/customAuthenticationExtensions/{extension-id}")
    @Proves("PATCH /identity/customAuthenticationExtensions/{extension-id}")
    @Proves("DELETE /identity/customAuthenticationExtensions/{extension-id}")
    void extensions(String version) {
        Graph graph = graph(version);
        String name = Usher.fresh("Extension");
        String extension =
                create(graph, EXTENSIONS, EventBodies.extension("onTokenIssuanceStart", name));
        String id = extension.substring(EXTENSIONS.length() + 1);

        assertThat(graph.get(EXTENSIONS + "?$filter=displayName eq '" + name + "'").values("id"))
                .containsExactly(id);
        assertThat(graph.get(EXTENSIONS + "/$count?$filter=id eq '" + id + "'").text())
                .isEqualTo("1");
        JsonNode shown = graph.get(extension).expect(200).json();
        assertThat(shown.at("/endpointConfiguration/targetUrl").asString())
                .isEqualTo("https://api.example.test/onTokenIssuanceStart");
        graph.patch(
                        extension,
                        Json.object(
                                "@odata.type",
                                "#microsoft.graph.onTokenIssuanceStartCustomExtension",
                                "clientConfiguration",
                                Json.object("timeoutInMilliseconds", 1500, "maximumRetries", 1)))
                .expect(204);
        assertThat(graph.get(extension).json().at("/clientConfiguration/maximumRetries").asInt())
                .isEqualTo(1);
        usher.graph(version, usher.tenant(), usher.tenant().reader())
                .get(extension)
                .refused(403, "Authorization_RequestDenied");
        graph.delete(extension).expect(204);
        graph.get(extension).refused(404, "ResourceNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /identity/customAuthenticationExtensions/validateAuthenticationConfiguration")
    @Proves(
            "POST /identity/customAuthenticationExtensions/{extension-id}/validateAuthenticationConfiguration")
    void validation(String version) {
        Graph graph = graph(version);
        Map<String, Object> body =
                new LinkedHashMap<>(EventBodies.extension("onTokenIssuanceStart", "Any"));
        String extension = create(graph, EXTENSIONS, body);
        body.keySet().retainAll(List.of("endpointConfiguration", "authenticationConfiguration"));
        String validate = "/validateAuthenticationConfiguration";
        Reply candidate = graph.post(EXTENSIONS + validate, body).expect(200);
        assertThat(candidate.json().get("@odata.context").asString())
                .endsWith("#microsoft.graph.authenticationConfigurationValidation");
        assertThat(candidate.json().at("/errors/0/code").asString())
                .isEqualTo("ServicePrincipalNotFound");
        Reply existing = graph.post(extension + validate, null).expect(200);
        assertThat(existing.json()).isEqualTo(candidate.json());
        String known =
                Json.write(body)
                        .replace(
                                "11111111-aaaa-4aaa-8aaa-000000000009",
                                usher.tenant().reader().id());
        assertThat(graph.post(EXTENSIONS + validate, known).json().at("/warnings/0/code"))
                .isEqualTo(Json.parse("\"PermissionNotGrantedToServicePrincipal\""));
    }

    @Test
    @Proves("GET /identity/events/onSignupStart")
    @Proves("POST /identity/events/onSignupStart")
    @Proves("GET /identity/events/onSignupStart/{listener-id}")
    @Proves("PATCH /identity/events/onSignupStart/{listener-id}")
    @Proves("PUT /identity/events/onSignupStart/{listener-id}")
    @Proves("DELETE /identity/events/onSignupStart/{listener-id}")
    void olderSignUpListeners() {
        Graph graph = usher.beta();
        String flow = usher.newFlow(Usher.fresh("Invoked"));
        String set = "/identity/events/onSignupStart";
        String listener =
                create(
                        graph,
                        set,
                        Json.object(
                                "@odata.type",
                                "#microsoft.graph.invokeUserFlowListener",
                                "priority",
                                101,
                                "sourceFilter",
                                Map.of(
                                        "includeApplications",
                                        List.of(usher.tenant().reader().id())),
                                "userFlow",
                                Map.of("id", flow)));
        assertThat(graph.get(set).values("id")).contains(listener.substring(set.length() + 1));
        assertThat(graph.get(listener).expect(200).json().has("userFlow")).isFalse();
        String expand = "?$expand=microsoft.graph.invokeUserFlowListener/userFlow";
        assertThat(graph.get(listener + expand).expect(200).json().at("/userFlow/id").asString())
                .isEqualTo(flow);
        graph.patch(listener, Map.of("priority", 102)).expect(204);
        assertThat(graph.get(listener).json().get("priority").asInt()).isEqualTo(102);
        Map<String, Object> whole = EventBodies.signUpListener(flow);
        whole.put("priority", 103);
        graph.put(listener, whole).expect(204);
        JsonNode replaced = graph.get(listener).expect(200).json();
        assertThat(replaced.get("priority").asInt()).isEqualTo(103);
        assertThat(replaced.at("/sourceFilter/includeApplications").isEmpty()).isTrue();
        graph.put(set + "/nobody", whole).refused(404, "ResourceNotFound");
        graph.delete("/identity/b2xUserFlows/" + flow).refused(409, "Conflict");
        graph.delete(listener).expect(204);
        graph.delete("/identity/b2xUserFlows/" + flow).expect(204);
        usher.graph().get(set).refused(400, "BadRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /policies/authenticationFlowsPolicy")
    @Proves("PATCH /policies/authenticationFlowsPolicy")
    @Shows("W11")
    void signUpPolicy(String version) {
        Graph graph = graph(version);
        String policy = "/policies/authenticationFlowsPolicy";
        JsonNode shown = graph.get(policy).expect(200).json();
        assertThat(shown.get("@odata.context").asString())
                .endsWith("#policies/authenticationFlowsPolicy/$entity");
        assertThat(shown.get("id").asString()).isEqualTo("authenticationFlowsPolicy");
        for (boolean enabled : List.of(false, true)) {
            graph.patch(policy, Map.of("selfServiceSignUp", Map.of("isEnabled", enabled)))
                    .expect(204);
            assertThat(graph.get(policy).json().at("/selfServiceSignUp/isEnabled").asBoolean())
                    .isEqualTo(enabled);
        }
        graph.patch(policy, Map.of("description", "Mine")).refused(400, "AADB2C");
    }

    @Test
    @Proves("GET /policies/b2cAuthenticationMethodsPolicy")
    @Proves("PATCH /policies/b2cAuthenticationMethodsPolicy")
    void localAccountPolicy() {
        Graph graph = usher.beta();
        String policy = "/policies/b2cAuthenticationMethodsPolicy";
        assertThat(graph.get(policy).expect(200).json().get("id").asString())
                .isEqualTo("b2CAuthenticationMethodsPolicy");
        for (boolean enabled : List.of(true, false)) {
            graph.patch(policy, Map.of("isUserNameAuthenticationEnabled", enabled)).expect(204);
            JsonNode shown = graph.get(policy).json();
            assertThat(shown.get("isUserNameAuthenticationEnabled").asBoolean()).isEqualTo(enabled);
            assertThat(shown.get("isEmailPasswordAuthenticationEnabled").asBoolean()).isTrue();
        }
        usher.graph().get(policy).refused(400, "BadRequest");
    }
}
