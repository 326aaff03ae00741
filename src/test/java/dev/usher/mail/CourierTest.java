package dev.usher.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.usher.dev.DevCertificates;
import dev.usher.http.Authorities;
import dev.usher.http.Tls;
import dev.usher.ids.TenantId;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.observe.Observation;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CourierTest {

    private static final Mail MAIL =
            new Mail("Adèle@example.com", "123456 – Código", "plain ünd\n", "<p>html</p>");

    private static void put(World world, TenantId tenant, Mail mail) {
        world.here
                .store()
                .write(
                        tenant,
                        World.ACTOR,
                        tx -> {
                            new Outbox(world.ids).put(tx, mail);
                            return true;
                        });
    }

    private static List<Outbox.Kept> kept(World world, TenantId tenant) {
        return world.here.store().read(tenant, tx -> Outbox.newest(tx, null));
    }

    private static String name(World world, TenantId tenant) {
        return world.here.tenants().find(tenant).orElseThrow().displayName();
    }

    private static Courier courier(World world, MailSender sender) {
        return new Courier(
                world.here.store(),
                world.here.tenants(),
                sender,
                world.clock,
                world.observed::add,
                World.ACTOR);
    }

    @ParameterizedTest
    @EnumSource
    void aMailIsSentOnceAndForgotten(EachDatabase database) throws InterruptedException {
        try (World world = new World(database.fresh())) {
            TenantId tenant = world.tenant().id();
            put(world, tenant, MAIL);
            CountDownLatch sent = new CountDownLatch(1);
            AtomicInteger times = new AtomicInteger();
            try (Courier courier =
                    courier(
                            world,
                            (sender, mail, _) -> {
                                assertThat(sender).isEqualTo(name(world, tenant));
                                assertThat(mail).isEqualTo(MAIL);
                                times.incrementAndGet();
                                sent.countDown();
                            })) {
                courier.tell(tenant);
                assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
            }
            try (Courier courier = courier(world, (_, _, _) -> times.incrementAndGet())) {
                courier.deliver(tenant);
            }
            assertThat(times).hasValue(1);
            Outbox.Kept after = kept(world, tenant).getFirst();
            assertThat(after.sentAt()).isNotNull();
            assertThat(after.mail().plain() + after.mail().html()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLostServerLosesNothing(EachDatabase database) {
        try (World world = new World(database.fresh())) {
            TenantId tenant = world.tenant().id();
            put(world, tenant, MAIL);
            AtomicInteger tries = new AtomicInteger();
            MailSender lost =
                    (_, _, _) -> {
                        tries.incrementAndGet();
                        throw new MailSender.NotSent("lost", new java.io.IOException());
                    };
            try (Courier courier = courier(world, lost)) {
                courier.deliver(tenant);
                courier.deliver(tenant);
                assertThat(tries).as("not again at once").hasValue(1);
                for (int i = 0; i < Outbox.TRIES_MAX + 3; i++) {
                    world.clock.advance(Duration.ofDays(2));
                    courier.deliver(tenant);
                }
                assertThat(tries).as("given up").hasValue(Outbox.TRIES_MAX);
            }
            assertThat(world.observed)
                    .filteredOn(Observation.Degraded.class::isInstance)
                    .hasSize(Outbox.TRIES_MAX);
            assertThat(kept(world, tenant).getFirst().mail()).isEqualTo(MAIL);
        }
    }

    /** Both ways of TLS, with text and HTML, and a name in the address that is not ASCII. */
    @Test
    void aServerTakesIt(@TempDir Path folder) throws Exception {
        List<X509Certificate> ca;
        try (World world = new World(EachDatabase.SQLITE.fresh())) {
            ca = certify(world, folder);
        }
        ServerSetup plain = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        ServerSetup tls = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
        for (ServerSetup setup : new ServerSetup[] {plain, tls}) {
            setup.setServerStartupTimeout(60_000);
        }
        GreenMail server = new GreenMail(new ServerSetup[] {plain, tls});
        server.setUser("usher@example.com", "usher", "correct horse");
        server.start();
        try {
            SSLContext trust = Authorities.tls(ca);
            MailServer secure =
                    MailServer.parse(
                            "smtps://localhost:" + server.getSmtps().getPort(),
                            "usher",
                            "correct horse",
                            "noreply@contoso.example");
            new SmtpSender(secure, trust).send("Contoso, Städte\r\nBcc: a@b.c", MAIL, "id-1");
            MimeMessage taken = server.getReceivedMessages()[0];
            assertThat(taken.getSubject()).isEqualTo(MAIL.subject());
            InternetAddress from = (InternetAddress) taken.getFrom()[0];
            assertThat(from.getAddress()).isEqualTo("noreply@contoso.example");
            assertThat(from.getPersonal()).startsWith("Contoso, Städte");
            assertThat(taken.getHeader("Bcc")).isNull();
            assertThat(taken.getMessageID()).isEqualTo("<id-1@localhost>");
            MimeMultipart both = (MimeMultipart) taken.getContent();
            assertThat(both.getBodyPart(0).getContent().toString().strip())
                    .isEqualTo(MAIL.plain().strip());
            assertThat(both.getBodyPart(1).getContentType()).startsWith("text/html");

            assertNotSent(secure, Authorities.tls(List.of()));
            MailServer unencrypted =
                    MailServer.parse(
                            "smtp://localhost:" + server.getSmtp().getPort(), null, null, "a@b.c");
            assertNotSent(unencrypted, trust);
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    private static void assertNotSent(MailServer server, SSLContext trust) {
        SmtpSender sender = new SmtpSender(server, trust);
        try {
            sender.send("Contoso", MAIL, "id-2");
        } catch (MailSender.NotSent expected) {
            assertThat(expected.getMessage())
                    .doesNotContain("example.com")
                    .doesNotContain("123456");
            return;
        }
        throw new AssertionError("sent to " + server);
    }

    /** Makes the server's certificate for localhost, and gives the CA that signed it. */
    private static List<X509Certificate> certify(World world, Path folder) throws Exception {
        DevCertificates made = new DevCertificates(folder, world.clock, world.ids);
        Tls tls = made.server();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        char[] password = "changeit".toCharArray();
        keys.setKeyEntry(
                "server", tls.key(), password, tls.chain().toArray(X509Certificate[]::new));
        Path file = folder.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            keys.store(out, password);
        }
        System.setProperty("greenmail.tls.keystore.file", file.toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
        return Tls.certificates(made.caFile());
    }
}
