package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.mail.Courier;
import dev.usher.mail.Mail;
import dev.usher.mail.MailSender;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.otp.OneTimeCodes;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While the mail server is away nobody is stuck, and once it is back a journey goes on. */
class LostMailServerTest {

    private static final String ADDRESS = "adele@example.com";
    private static final Pattern CODE = Pattern.compile("(?m)^ +(\\d{6})$");

    private final AtomicBoolean lost = new AtomicBoolean(true);
    private final CountDownLatch tried = new CountDownLatch(1);
    private final LinkedBlockingQueue<Mail> delivered = new LinkedBlockingQueue<>();

    private void send(String sender, Mail mail, String id) throws MailSender.NotSent {
        boolean away = lost.get();
        tried.countDown();
        if (away) {
            throw new MailSender.NotSent("away", new IOException());
        }
        delivered.add(mail);
    }

    @ParameterizedTest
    @EnumSource
    void aNewCodeComesOnceItIsBack(EachDatabase database) throws InterruptedException {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            world.graph.post(
                    "/beta/identity/b2cUserFlows",
                    "{\"id\":\"Shop\",\"userFlowType\":\"signUp\",\"userFlowTypeVersion\":3}");
            World here = world.graph.world;
            try (Courier courier =
                    new Courier(
                            here.here.store(),
                            here.here.tenants(),
                            this::send,
                            here.clock,
                            here.observed::add,
                            World.ACTOR)) {
                Browser browser = world.begin("b2c_1_shop");
                browser.press("email_ver_but_send", "email", ADDRESS);
                courier.tell(world.tenant());
                assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(browser.open().heading()).isEqualTo("Check your mail");
                assertThat(browser.has("email_ver_but_edit")).isTrue();
                assertThat(browser.has("cancel")).isTrue();

                lost.set(false);
                here.clock.advance(OneTimeCodes.PAUSE);
                browser.press("email_ver_but_resend");
                courier.tell(world.tenant());
                Mail mail = delivered.poll(10, TimeUnit.SECONDS);
                assertThat(mail).isNotNull();
                Matcher code = CODE.matcher(mail.plain());
                assertThat(code.find()).isTrue();
                browser.press("email_ver_but_verify", "email_ver_input", code.group(1));
                assertThat(browser.has("newPassword")).isTrue();
            }
        }
    }
}
