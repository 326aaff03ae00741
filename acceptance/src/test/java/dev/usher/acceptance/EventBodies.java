package dev.usher.acceptance;

import dev.usher.acceptance.fixture.Json;
import java.util.List;
import java.util.Map;

/** Bodies that create events flows, listeners and custom authentication extensions. */
final class EventBodies {

    static final String FLOWS = "/identity/authenticationEventsFlows";
    static final String LISTENERS = "/identity/authenticationEventListeners";
    static final String EXTENSIONS = "/identity/customAuthenticationExtensions";

    private EventBodies() {}

    /** A listener of before the events flows, which invokes that user flow. */
    static Map<String, Object> signUpListener(String flow) {
        return Json.object(
                "@odata.type",
                "#microsoft.graph.invokeUserFlowListener",
                "userFlow",
                Map.of("id", flow));
    }

    /** A flow with the built-in provider of passwords, and the attribute city. */
    static Map<String, Object> flow(String name) {
        return Json.object(
                "@odata.type",
                "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow",
                "displayName",
                name,
                "onInteractiveAuthFlowStart",
                Json.object(
                        "@odata.type",
                        "#microsoft.graph.onInteractiveAuthFlowStartExternalUsersSelfServiceSignUp",
                        "isSignUpAllowed",
                        true),
                "onAuthenticationMethodLoadStart",
                Json.object(
                        "@odata.type",
                        "#microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp",
                        "identityProviders",
                        List.of(Map.of("id", "EmailPassword-OAUTH"))),
                "onAttributeCollection",
                Json.object(
                        "@odata.type",
                        "#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp",
                        "attributes",
                        List.of(Map.of("id", "city")),
                        "attributeCollectionPage",
                        Map.of(
                                "views",
                                List.of(Map.of("inputs", List.of(input("city", "text")))))));
    }

    static Map<String, Object> input(String attribute, String type) {
        return Json.object("attribute", attribute, "label", "Label", "inputType", type);
    }

    static Map<String, Object> listener(String event) {
        return Json.object("@odata.type", "#microsoft.graph." + event + "Listener");
    }

    /**
     * @param event such as {@code onTokenIssuanceStart}
     */
    static Map<String, Object> extension(String event, String name) {
        return Json.object(
                "@odata.type",
                "#microsoft.graph." + event + "CustomExtension",
                "displayName",
                name,
                "endpointConfiguration",
                Json.object(
                        "@odata.type",
                        "#microsoft.graph.httpRequestEndpoint",
                        "targetUrl",
                        "https://api.example.test/" + event),
                "authenticationConfiguration",
                Json.object(
                        "@odata.type",
                        "#microsoft.graph.azureAdTokenAuthentication",
                        "resourceId",
                        "api://api.example.test/11111111-aaaa-4aaa-8aaa-000000000009"));
    }
}
