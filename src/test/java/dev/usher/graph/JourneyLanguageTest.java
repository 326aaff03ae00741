package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.FlowRunner;
import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.mail.Mail;
import dev.usher.mail.Outbox;
import dev.usher.oauth.EachDatabase;
import org.junit.jupiter.api.Test;

/** Pages and mails speak the language of the journey, as far as the flow lets them. */
class JourneyLanguageTest {

    private static final String FLOWS = "/beta/identity/b2cUserFlows";
    private static final String ADDRESS = "adele@example.com";

    private static void flow(JourneyWorld world, boolean customized, String... languages) {
        world.graph.post(
                FLOWS,
                """
                {"id":"Shop","userFlowType":"signUpOrSignIn","userFlowTypeVersion":3,
                 "isLanguageCustomizationEnabled":%s}
                """
                        .formatted(customized));
        for (String language : languages) {
            String path = FLOWS + "/B2C_1_Shop/languages/" + language;
            int status = world.graph.send("PUT", path, "{\"isEnabled\":true}").status();
            assertThat(status).as(language).isIn(201, 204);
        }
    }

    private static Mail mail(JourneyWorld world, Browser browser) {
        browser.press("createAccount").press("email_ver_but_send", "email", ADDRESS);
        return world.graph
                .world
                .here
                .store()
                .read(world.tenant(), tx -> Outbox.newest(tx, ADDRESS))
                .getFirst()
                .mail();
    }

    @Test
    void aMailIsInTheLanguageOfItsJourney() {
        try (JourneyWorld world = new JourneyWorld(EachDatabase.SQLITE.fresh())) {
            flow(world, true, "de");
            Mail mail = mail(world, world.begin("b2c_1_shop", "xx", "de-AT"));
            assertThat(mail.subject()).contains("ist Ihr Code");
            assertThat(mail.plain()).contains("\n    " + world.code(ADDRESS) + "\n");
            assertThat(mail.html())
                    .contains("<html lang=\"de\" dir=\"ltr\">", world.code(ADDRESS))
                    .doesNotContain("<img", "src=", "href=");
        }
    }

    @Test
    void whereALanguageIsNotEnabledItIsTheDefaultOne() {
        try (JourneyWorld world = new JourneyWorld(EachDatabase.SQLITE.fresh())) {
            flow(world, false);
            Mail mail = mail(world, world.begin("b2c_1_shop", "de"));
            assertThat(mail.subject()).contains("is your");
            assertThat(mail.html()).contains("<html lang=\"en\" dir=\"ltr\">");
        }
    }

    @Test
    void fromRightToLeft() {
        try (JourneyWorld world = new JourneyWorld(EachDatabase.SQLITE.fresh())) {
            flow(world, true, "ar");
            Browser browser = world.begin("b2c_1_shop", "ar-EG", "en");
            assertThat(browser.html).contains("<html lang=\"ar\" dir=\"rtl\">");
            Mail mail = mail(world, browser);
            assertThat(mail.subject()).contains("رمزك");
            assertThat(mail.html()).contains("<html lang=\"ar\" dir=\"rtl\">");
            world.graph.world.clock.advance(FlowRunner.LIFETIME);
            browser.open();
            assertThat(browser.last.status()).isEqualTo(410);
            assertThat(browser.html).contains("<html lang=\"ar\" dir=\"rtl\">");
            assertThat(browser.heading()).isEqualTo("استغرق هذا وقتًا طويلًا");
        }
    }
}
