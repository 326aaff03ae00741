package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.Rehearsal;
import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.ids.TenantId;
import dev.usher.oauth.EachDatabase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** People who only try a flow out press a button where others type. */
class RehearsalTest {

    private static final String ADDRESS = "adele@example.com";
    private static final String PASSWORD = "Correct-horse-7";

    private static final Rehearsal ADELE =
            new Rehearsal() {
                @Override
                public List<Persona> personas(TenantId tenant) {
                    return List.of(new Persona("Adele", ADDRESS, PASSWORD));
                }

                @Override
                public Optional<String> mailbox(TenantId tenant, String address) {
                    return Optional.of("/mails/" + address);
                }
            };

    private static void flow(JourneyWorld world, String type) {
        String body = "{\"id\":\"Shop\",\"userFlowType\":\"%s\",\"userFlowTypeVersion\":3}";
        world.graph.post("/beta/identity/b2cUserFlows", body.formatted(type));
    }

    private static void adele(JourneyWorld world) {
        Browser browser = world.begin("b2c_1_shop").press("createAccount");
        browser.press("email_ver_but_send", "email", ADDRESS);
        assertThat(browser.html).contains("href=\"/mails/" + ADDRESS + "\"");
        browser.press("email_ver_but_verify", "email_ver_input", world.code(ADDRESS));
        browser.press("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
        assertThat(browser.end()).isPresent();
    }

    @Test
    void onePressSignsIn() {
        try (JourneyWorld world = new JourneyWorld(EachDatabase.SQLITE.fresh(), ADELE)) {
            flow(world, "signUpOrSignIn");
            adele(world);
            Browser browser = world.begin("b2c_1_shop");
            assertThat(browser.html).contains("Sign in as Adele").doesNotContain(PASSWORD);
            assertThat(browser.press("persona_1").end()).isPresent();
        }
    }

    @Test
    void whereNobodyRehearsesNobodyIsSignedInSo() {
        try (JourneyWorld world = new JourneyWorld(EachDatabase.SQLITE.fresh())) {
            flow(world, "signUpOrSignIn");
            Browser browser = world.begin("b2c_1_shop");
            assertThat(browser.html).doesNotContain("persona").doesNotContain("<aside");
            browser.html =
                    browser.html.replace("value=\"signIn\"", "value=\"signIn " + ADDRESS + "\"");
            browser.press("next");
            assertThat(browser.end()).isEmpty();
            assertThat(browser.heading()).isEqualTo("Sign in");
        }
    }
}
