package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What changes, or goes, while a person is on the way. */
class JourneyInFlightTest {

    private static final String PASSWORD = "Correct-horse-7";
    private static final String FLOW = "/beta/identity/b2cUserFlows/B2C_1_Shop";

    private static JourneyWorld world(EachDatabase database) {
        JourneyWorld world = new JourneyWorld(database.fresh());
        world.graph.post(
                "/beta/identity/b2cUserFlows",
                "{\"id\":\"Shop\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":3}");
        return world;
    }

    private static Browser proved(JourneyWorld world, String address) {
        Browser browser = world.begin("B2C_1_Shop").press("createAccount");
        browser.press("email_ver_but_send", "email", address);
        return browser.press("email_ver_but_verify", "email_ver_input", world.code(address));
    }

    private static String application(JourneyWorld world) {
        JsonNode found =
                world.graph
                        .get("/v1.0/applications?$filter=appId%20eq%20'" + world.clientId + "'")
                        .json();
        return "/v1.0/applications/" + found.at("/value/0/id").asString();
    }

    private static void closed(Browser browser, int status) {
        browser.open();
        assertThat(browser.last.status()).isEqualTo(status);
        assertThat(browser.heading()).isNotEmpty();
        assertThat(browser.html).doesNotContain("<form");
    }

    @ParameterizedTest
    @EnumSource
    void whoIsOnTheWayFinishesOnTheVersionOfTheBeginning(EachDatabase database) {
        try (JourneyWorld world = world(database)) {
            Browser browser = proved(world, "early@example.com");
            world.graph.post(
                    FLOW + "/userAttributeAssignments",
                    """
                    {"userAttribute":{"id":"city"},"displayName":"City","isOptional":false,
                     "userInputType":"textBox"}
                    """);
            browser.press("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
            assertThat(browser.end()).isPresent();

            Browser later = proved(world, "late@example.com");
            later.press("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
            assertThat(later.end()).isEmpty();
            assertThat(later.has("city")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowThatIsDeletedIsClosed(EachDatabase database) {
        try (JourneyWorld world = world(database)) {
            Browser browser = proved(world, "new@example.com");
            assertThat(world.graph.delete(FLOW).status()).isEqualTo(204);
            closed(browser, 410);
            assertThat(world.graph.get("/v1.0/users?$count=true").text())
                    .doesNotContain("new@example.com");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationThatIsDisabledOrDeletedIsClosed(EachDatabase database) {
        try (JourneyWorld world = world(database)) {
            Browser browser = proved(world, "new@example.com");
            String application = application(world);
            Browser page = browser.tab();
            world.graph
                    .world
                    .here
                    .store()
                    .write(
                            world.tenant(),
                            World.ACTOR,
                            tx -> {
                                world.graph
                                        .world
                                        .here
                                        .clients()
                                        .setEnabled(tx, world.clientId, false);
                                return true;
                            });
            page.press("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
            assertThat(page.last.status()).isEqualTo(410);
            assertThat(page.end()).isEmpty();
            assertThat(world.graph.delete(application).status()).isEqualTo(204);
            closed(browser, 410);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTenantThatIsDisabledServesNobody(EachDatabase database) {
        try (JourneyWorld world = world(database)) {
            Browser browser = proved(world, "new@example.com");
            world.graph.world.here.tenants().disable(World.ACTOR, world.tenant());
            closed(browser, 404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPersonWhoIsDisabledOnTheWayIsToldSo(EachDatabase database) {
        try (JourneyWorld world = world(database)) {
            Browser up = proved(world, "new@example.com");
            up.press("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
            Browser browser = world.begin("B2C_1_Shop");
            JsonNode people = world.graph.get("/v1.0/users").json().path("value");
            for (JsonNode each : people) {
                world.graph.patch(
                        "/v1.0/users/" + each.path("id").asString(), "{\"accountEnabled\":false}");
            }
            world.graph.world.clock.advance(Duration.ofSeconds(2));
            browser.press("next", "email", "new@example.com", "password", PASSWORD);
            assertThat(browser.end()).isEmpty();
            assertThat(browser.said("alert")).isNotEmpty();
        }
    }
}
