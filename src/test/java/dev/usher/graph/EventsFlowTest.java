package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.JourneyEnd;
import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.oauth.EachDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** People walk through an {@code externalUsersSelfServiceSignUpEventsFlow}. */
class EventsFlowTest {

    private static final String PASSWORD = "Correct-horse-7";
    private static final String FLOW =
            """
            {"@odata.type":"#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow",
             "displayName":"Customers",
             "onInteractiveAuthFlowStart":{
               "@odata.type":"#microsoft.graph.onInteractiveAuthFlowStartExternalUsersSelfServiceSignUp",
               "isSignUpAllowed":%s},
             "onAuthenticationMethodLoadStart":{
               "@odata.type":"#microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp",
               "identityProviders":[{"id":"EmailPassword-OAUTH"}]},
             "onAttributeCollection":{
               "@odata.type":"#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp",
               "attributes":[{"id":"email"},{"id":"city"},{"id":"postalCode"}],
               "attributeCollectionPage":{"views":[{"inputs":[
                 {"attribute":"email","label":"Mail","inputType":"text","hidden":true,
                  "editable":false,"required":true},
                 {"attribute":"postalCode","label":"Post code","inputType":"text",
                  "required":true,"validationRegEx":"^[0-9]{5}$"},
                 {"attribute":"city","label":"City","inputType":"radioSingleSelect",
                  "required":false,"options":[{"label":"Up north","value":"N"}]}]}]}}}
            """;

    private static String created(JourneyWorld world, boolean signUp) {
        var answer =
                world.graph.post(
                        "/v1.0/identity/authenticationEventsFlows", FLOW.formatted(signUp));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    @ParameterizedTest
    @EnumSource
    void aCustomerSignsUpAndIn(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            String flow = created(world, true);
            Browser browser = world.begin(flow).press("createAccount");
            browser.press("email_ver_but_send", "email", "new@example.com");
            browser.press("email_ver_but_verify", "email_ver_input", world.code("new@example.com"));
            browser.press(
                    "continue",
                    "postalCode",
                    "no digits",
                    "newPassword",
                    PASSWORD,
                    "reenterPassword",
                    PASSWORD);
            assertThat(browser.end()).isEmpty();
            browser.press(
                    "continue",
                    "postalCode",
                    "12345",
                    "city",
                    "N",
                    "newPassword",
                    PASSWORD,
                    "reenterPassword",
                    PASSWORD);
            JourneyEnd.SignedIn up = (JourneyEnd.SignedIn) browser.end().orElseThrow().end();
            JsonNode person =
                    world.graph
                            .get("/v1.0/users/" + up.userId() + "?$select=city,postalCode,userType")
                            .json();
            assertThat(person.path("city").asString()).isEqualTo("N");
            assertThat(person.path("postalCode").asString()).isEqualTo("12345");
            assertThat(person.path("userType").asString()).isEqualTo("Member");

            Browser again = world.begin(flow);
            again.press("next", "email", "new@example.com", "password", PASSWORD);
            assertThat(again.end()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereSignUpIsNotAllowedThereIsNone(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            Browser browser = world.begin(created(world, false));
            assertThat(browser.heading()).isEqualTo("Sign in");
            assertThat(browser.has("createAccount")).isFalse();
        }
    }
}
