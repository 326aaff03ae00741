package dev.usher.graph;

import dev.usher.fuzz.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** JSON bodies: mostly what the set takes, with an odd value here and there. */
final class GraphBodies {

    /** An application that flows and listeners include now and then. */
    static final String APPLICATION = "11111111-aaaa-4aaa-8aaa-000000000001";

    private static final String TYPE = "\"@odata.type\":\"#microsoft.graph.";
    private static final double GIVEN = 0.97;
    private static final double ODD = 0.04;

    private final Dice dice;
    private final GraphNames names;
    private final List<String> members = new ArrayList<>();

    GraphBodies(Dice dice, GraphNames names) {
        this.dice = dice;
        this.names = names;
    }

    /** The body of a {@code $ref} request to a member of that set. */
    String reference(String set) {
        String before =
                dice.of(
                        "https://graph.microsoft.com/v1.0/identity/" + set + "/",
                        "https://x/beta/" + set + "/",
                        "../" + set + "/",
                        "");
        String after = dice.of("", "", "", "/$ref", "?a=b", "/", "')");
        String name = dice.of("@odata.id", "@odata.id", "@id", "id");
        return "{\"" + name + "\":\"" + before + names.key(dice, set) + after + "\"}";
    }

    /** An entity of that set, or a part of one. */
    String entity(String set) {
        switch (set) {
            case "b2xUserFlows" -> flow();
            case "apiConnectors" -> connector();
            case "identityProviders" -> provider();
            case "authenticationEventsFlows" -> eventsFlow();
            case "authenticationEventListeners" -> listener();
            case "customAuthenticationExtensions" -> extension();
            default -> {
                member("displayName", "\"A" + dice.below(50) + "\"");
                member("description", dice.of("null", "\"d\"", "\"\"", "\"ä😀'\""));
                member("dataType", dice.of("\"string\"", "\"string\"", "\"boolean\"", "3"));
            }
        }
        if (dice.chance(0.02)) {
            members.add("\"" + dice.of("nosuch", "@odata.context", "@odata.etag") + "\":\"x\"");
        }
        return "{" + String.join(",", members) + "}";
    }

    /** A language, or the texts of a page. */
    String language(boolean texts) {
        if (!texts) {
            member("id", "\"" + dice.of("de", "DE", "es-ES", "none") + "\"");
            member("isEnabled", dice.of("true", "false", "null", "1"));
            return "{" + String.join(",", members) + "}";
        }
        member("ElementType", "\"" + dice.of("UxElement", "uxelement", "ClaimType") + "\"");
        member("ElementId", dice.of("null", "\"city\"", "\"extension_a\"", "1"));
        member("StringId", "\"" + dice.of("day", "DisplayName", "none") + "\"");
        member("Override", dice.of("true", "true", "false", "\"yes\""));
        member("Value", dice.of("\"a\"", "\"ä😀'\"", "null", "\"\\u0000\""));
        String entry = "{" + String.join(",", members) + "}";
        return dice.of(
                "{\"LocalizedStrings\":[" + entry + "]}",
                "{\"localizedstrings\":[" + entry + "," + entry + "]}",
                "{\"LocalizedCollections\":[" + entry + "]}",
                "[" + entry + "]");
    }

    String assignment() {
        member("userAttribute", "{\"id\":\"" + dice.of("city", "surname", "none") + "\"}");
        member("displayName", "\"Town\"");
        member("isOptional", dice.of("true", "false"));
        member("requiresVerification", "false");
        member("userInputType", "\"" + dice.of("textBox", "radioSingleSelect", "nosuch") + "\"");
        if (dice.chance(0.5)) {
            String value = "{\"name\":\"n\",\"value\":\"v\",\"isDefault\":true}";
            member("userAttributeValues", dice.of("[]", "[" + value + "]", "[null]", "[{}]"));
        }
        return "{" + String.join(",", members) + "}";
    }

    String order() {
        String ids =
                dice.of(
                        "[\"emailReadonly\"]",
                        "[\"city\",\"emailReadonly\"]",
                        "[\"emailReadonly\",\"city\"]",
                        "[]",
                        "null",
                        "[null]",
                        "[1]",
                        "{}");
        return "{\"newAssignmentOrder\":{\"order\":" + ids + "}}";
    }

    String certificate() {
        member("pkcs12Value", dice.of("\"AAAA\"", "\"not base64\"", "\"\"", "\"MIIB\""));
        member("password", "\"p\"");
        return "{" + String.join(",", members) + "}";
    }

    /**
     * A batch of up to four requests.
     *
     * @param requests gives a method and a url each time
     */
    String batch(Supplier<String[]> requests) {
        List<String> items = new ArrayList<>();
        for (int i = 1 + dice.below(4); i > 0; i--) {
            String[] request = requests.get();
            String after = dice.of("", "", ",\"dependsOn\":[\"1\"]", ",\"dependsOn\":[" + i + "]");
            String body =
                    request[0].equals("GET") || request[0].equals("DELETE")
                            ? ""
                            : ",\"headers\":{\"Content-Type\":\"application/json\"},\"body\":"
                                    + new GraphBodies(dice, names)
                                            .entity(dice.pick(GraphNames.SETS));
            items.add(
                    "{\"id\":\""
                            + i
                            + "\",\"method\":\""
                            + request[0]
                            + "\",\"url\":"
                            + JsonMapper.shared().writeValueAsString(request[1])
                            + after
                            + body
                            + "}");
        }
        return "{\"requests\":[" + String.join(",", items) + "]}";
    }

    private void flow() {
        member("id", "\"" + dice.of("a", "B", "B2X_1_c", "b2x_1_d") + dice.below(40) + "\"");
        member("userFlowType", "\"signUpOrSignIn\"");
        member("userFlowTypeVersion", dice.of("1", "1.0", "1e0"));
        String provider = "{\"id\":\"" + names.key(dice, "identityProviders") + "\"}";
        if (dice.chance(0.2)) {
            members.add("\"userFlowIdentityProviders\":[" + provider + "]");
        }
        if (dice.chance(0.2)) {
            String url = "https://x/v1.0/identity/identityProviders/";
            members.add(
                    "\"identityProviders@odata.bind\":[\""
                            + url
                            + names.key(dice, "identityProviders")
                            + "\"]");
        }
        if (dice.chance(0.3)) {
            String connector = names.key(dice, "apiConnectors");
            members.add(
                    "\"apiConnectorConfiguration\":{\""
                            + dice.pick(GraphNames.STEPS)
                            + dice.of(
                                    "\":{\"id\":\"" + connector + "\"}",
                                    "@odata.bind\":\"identity/apiConnectors/" + connector + "\"",
                                    "\":null",
                                    "\":{}",
                                    "\":[]")
                            + "}");
        }
    }

    private void connector() {
        member("displayName", "\"C" + dice.of("", "ä", dice.nasty()) + "\"");
        member("targetUrl", "\"https://api.example/" + dice.below(9) + dice.of("", "?a=b") + "\"");
        member(
                "authenticationConfiguration",
                dice.of(
                                "{\"@odata.type\":\"#microsoft.graph.basicAuthentication\",",
                                "{\"@odata.type\":\"#microsoft.graph.basicAuthentication\",",
                                "{\"@odata.type\":\"#microsoft.graph.pkcs12Certificate\","
                                        + "\"pkcs12Value\":\"MIIB\",")
                        + "\"username\":\"u\",\"password\":"
                        + dice.of("\"p\"", "\"p\"", "null", "\"***\"", "\"******\"")
                        + "}");
    }

    String application() {
        member("appId", "\"" + dice.of(APPLICATION, APPLICATION.replace("1", "2")) + "\"");
        return "{" + String.join(",", members) + "}";
    }

    private void conditions() {
        if (dice.chance(0.3)) {
            member(
                    "conditions",
                    "{\"applications\":{\"includeApplications\":["
                            + dice.of("", "{\"appId\":\"" + APPLICATION + "\"}", "{}", "null")
                            + "]}}");
        }
    }

    private void eventsFlow() {
        String rest = "ExternalUsersSelfServiceSignUp\"";
        members.add(TYPE + "externalUsersSelfServiceSignUpEventsFlow\"");
        member("displayName", "\"F" + dice.below(40) + "\"");
        conditions();
        member(
                "onInteractiveAuthFlowStart",
                "{" + TYPE + "onInteractiveAuthFlowStart" + rest + ",\"isSignUpAllowed\":true}");
        member(
                "onAuthenticationMethodLoadStart",
                "{"
                        + TYPE
                        + "onAuthenticationMethodLoadStart"
                        + rest
                        + ",\"identityProviders\":[{\"id\":\""
                        + dice.of("EmailPassword-OAUTH", names.key(dice, "identityProviders"))
                        + "\"}]}");
        String input =
                "{\"attribute\":\""
                        + dice.of("city", "surname", "none")
                        + "\",\"label\":\"L\",\"inputType\":\""
                        + dice.of("text", "text", "radioSingleSelect", "nosuch")
                        + "\",\"validationRegEx\":"
                        + dice.of("null", "\"^a+$\"", "\"(\"")
                        + "}";
        if (dice.chance(0.5)) {
            member(
                    "onAttributeCollection",
                    "{"
                            + TYPE
                            + "onAttributeCollection"
                            + rest
                            + dice.of("", ",\"attributes\":[{\"id\":\"city\"}]")
                            + ",\"attributeCollectionPage\":"
                            + dice.of("null", "{\"views\":[{\"inputs\":[" + input + "]}]}")
                            + "}");
        }
    }

    private void listener() {
        members.add(TYPE + "onTokenIssuanceStartListener\"");
        member("priority", dice.of("1", "-1", "500"));
        conditions();
        if (dice.chance(0.5)) {
            member(
                    "handler",
                    "{"
                            + TYPE
                            + "onTokenIssuanceStartCustomExtensionHandler\",\"customExtension\":{\"id\":\""
                            + names.key(dice, "customAuthenticationExtensions")
                            + "\"}}");
        }
    }

    private void extension() {
        members.add(TYPE + "onTokenIssuanceStartCustomExtension\"");
        member("displayName", "\"E\"");
        member(
                "endpointConfiguration",
                "{"
                        + TYPE
                        + "httpRequestEndpoint\",\"targetUrl\":\""
                        + dice.of("https://api.example/", "http://x", "")
                        + "\"}");
        member(
                "authenticationConfiguration",
                "{"
                        + TYPE
                        + "azureAdTokenAuthentication\",\"resourceId\":\""
                        + dice.of("api://api.example/" + APPLICATION, "api://x")
                        + "\"}");
    }

    private void provider() {
        if (dice.chance(0.3)) {
            oidcProvider();
            return;
        }
        members.add("\"@odata.type\":\"#microsoft.graph.socialIdentityProvider\"");
        member("displayName", "\"" + dice.of("Google", "Mine") + "\"");
        member(
                "identityProviderType",
                "\"" + dice.of("Google", "GitHub", "qq", "Weibo", "Facebook") + "\"");
        member("clientId", "\"c\"");
        member("clientSecret", dice.of("\"s\"", "\"***\""));
    }

    private void oidcProvider() {
        members.add("\"@odata.type\":\"#microsoft.graph.oidcIdentityProvider\"");
        member("displayName", "\"Oidc\"");
        member("clientId", "\"c\"");
        member("issuer", "\"https://issuer.example/\"");
        member("wellKnownEndpoint", "\"https://issuer.example/.well-known/openid-configuration\"");
        member("responseType", "\"code\"");
        member("scope", "\"openid\"");
        member(
                "clientAuthentication",
                "{\"@odata.type\":\"#microsoft.graph.oidcClientSecretAuthentication\","
                        + "\"clientSecret\":\"s\"}");
        member("inboundClaimMapping", dice.of("{\"sub\":\"sub\"}", "{}"));
    }

    private void member(String name, String value) {
        String odd =
                dice.of(
                        "null",
                        "[]",
                        "{}",
                        "1",
                        "true",
                        "\"" + "x".repeat(dice.below(3000)) + "\"",
                        "1e400",
                        "[[[[]]]]",
                        "\"\\u0000\"",
                        "\"\\ud800\"");
        if (dice.chance(GIVEN)) {
            members.add("\"" + name + "\":" + (dice.chance(ODD) ? odd : value));
        }
    }
}
