package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.JourneyEnd;
import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.oauth.EachDatabase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Accounts by user name: a name of one's own, a password, and an address that is proved. */
class UserNameTest {

    private static final String PASSWORD = "Correct-horse-7";

    private static JourneyWorld world(EachDatabase database) {
        JourneyWorld world = new JourneyWorld(database.fresh());
        assertThat(
                        world.graph
                                .patch(
                                        "/beta/policies/b2cAuthenticationMethodsPolicy",
                                        "{\"isUserNameAuthenticationEnabled\":true,"
                                                + "\"isEmailPasswordAuthenticationEnabled\":false}")
                                .status())
                .isEqualTo(204);
        world.graph.post(
                "/beta/identity/b2cUserFlows",
                "{\"id\":\"Names\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":3}");
        return world;
    }

    private static Browser proved(JourneyWorld world, String address) {
        Browser browser = world.begin("B2C_1_Names").press("createAccount");
        browser.press("email_ver_but_send", "email", address);
        return browser.press("email_ver_but_verify", "email_ver_input", world.code(address));
    }

    private static Browser name(Browser browser, String name) {
        return browser.press(
                "continue",
                "signInName",
                name,
                "newPassword",
                PASSWORD,
                "reenterPassword",
                PASSWORD);
    }

    @ParameterizedTest
    @EnumSource
    void aPersonSignsUpAndInByUserName(EachDatabase database) {
        try (JourneyWorld world = world(database)) {
            Browser browser = proved(world, "ada@example.com");
            assertThat(name(browser, "a@b").end()).isEmpty();
            assertThat(name(browser, "-ada").end()).isEmpty();
            JourneyEnd.SignedIn up =
                    (JourneyEnd.SignedIn) name(browser, "Ada.L").end().orElseThrow().end();
            JsonNode person =
                    world.graph
                            .get("/v1.0/users/" + up.userId() + "?$select=identities,otherMails")
                            .json();
            assertThat(person.at("/identities/0/signInType").asString()).isEqualTo("userName");
            assertThat(person.at("/identities/0/issuerAssignedId").asString()).isEqualTo("Ada.L");
            assertThat(person.at("/otherMails/0").asString()).isEqualTo("ada@example.com");

            Browser in = world.begin("B2C_1_Names");
            assertThat(in.html).contains("User name");
            in.press("next", "email", "ada@example.com", "password", PASSWORD);
            assertThat(in.end()).isEmpty();
            in.press("next", "email", "ADA.l", "password", PASSWORD);
            assertThat(((JourneyEnd.SignedIn) in.end().orElseThrow().end()).userId())
                    .isEqualTo(up.userId());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameIsForOnePersonAnAddressForMany(EachDatabase database) {
        try (JourneyWorld world = world(database)) {
            name(proved(world, "ada@example.com"), "ada");
            world.graph.world.clock.advance(Duration.ofMinutes(1));
            Browser second = proved(world, "ada@example.com");
            assertThat(name(second, "ADA").said("signInName_error")).contains("is taken");
            assertThat(second.end()).isEmpty();
            assertThat(name(second, "ada2").end()).isPresent();
        }
    }
}
