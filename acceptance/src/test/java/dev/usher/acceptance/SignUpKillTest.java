package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.FormBrowser;
import dev.usher.acceptance.fixture.Mailbox;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.SignIn;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The server is killed while somebody signs up, before, after or while it answers a request: they
 * go on or begin anew, and in the end there is one account, whole, and one they can use.
 */
@UsherTest
class SignUpKillTest {

    private static final boolean LONG = Boolean.getBoolean("long");
    private static final String PASSWORD = "Correct-horse-7";

    /** From opening the flow to redeeming the code. */
    private static final int REQUESTS = 12;

    private static final int RANDOM_ROUNDS = LONG ? 64 : 2;

    /** Longer than any of the requests takes. */
    private static final int FLIGHT_MICROS_MAX = 12_000;

    private static final int ACTIONS_MAX = 20;

    private enum When {
        BEFORE,
        AFTER,
        IN_FLIGHT
    }

    private record Moment(int request, When when, int micros) {}

    private static List<Moment> moments(Random random) {
        List<Moment> moments = new ArrayList<>();
        if (LONG) {
            for (int request = 0; request < REQUESTS; request++) {
                moments.add(new Moment(request, When.BEFORE, 0));
                moments.add(new Moment(request, When.AFTER, 0));
            }
        } else {
            moments.add(new Moment(8, When.AFTER, 0));
        }
        for (int i = 0; i < RANDOM_ROUNDS; i++) {
            // mostly where something is written
            int request = random.nextBoolean() ? random.nextInt(REQUESTS) : 4 + random.nextInt(7);
            moments.add(new Moment(request, When.IN_FLIGHT, random.nextInt(FLIGHT_MICROS_MAX)));
        }
        return moments;
    }

    @Test
    void oneAccountOnSqlite() {
        killAndGoOn("SQLite", new String[0]);
    }

    @Test
    void oneAccountOnPostgres(Postgres postgres) {
        killAndGoOn("PostgreSQL", "--database", postgres.freshDatabase());
    }

    private static void killAndGoOn(String database, String... options) {
        long seed = Long.getLong("seed", LONG ? new Random().nextLong() : 1);
        System.out.printf("kill during sign-up, %s: -Dseed=%d%n", database, seed);
        Random random = new Random(seed);
        Path data = Distribution.workDirectory("killed");
        TreeMap<String, Integer> outcomes = new TreeMap<>();
        Usher usher = Usher.start(data, options);
        try {
            for (Moment moment : moments(random)) {
                String when = "seed %d, %s, %s".formatted(seed, database, moment);
                Person person = new Person(usher, moment);
                person.signUpUntilKilled();
                usher.close();
                usher = Usher.start(data, options);
                try {
                    outcomes.merge(person.goOn(usher), 1, Integer::sum);
                } catch (AssertionError | RuntimeException failed) {
                    throw new AssertionError(when, failed);
                }
            }
        } finally {
            usher.close();
        }
        System.out.printf("kill during sign-up, %s: %s%n", database, outcomes);
    }

    /** Thrown where the browser finds nobody at the other end. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone(Throwable cause) {
            super(cause);
        }
    }

    /** Somebody with a browser, a mailbox, and the wish for an account. */
    private static final class Person {
        private final String address = Usher.fresh("k").toLowerCase(Locale.ROOT) + "@example.com";
        private final Usher doomed;
        private final Moment moment;
        private SignIn signIn;
        private FormBrowser browser;
        private int requests;

        /** Of the account that the application was told of before the server died. */
        private String acknowledged = "";

        Person(Usher usher, Moment moment) {
            this.doomed = usher;
            this.moment = moment;
            this.signIn = signIn(usher);
            this.browser = new FormBrowser(this::send, usher.json().httpUrl());
        }

        private static SignIn signIn(Usher usher) {
            return new SignIn(usher, usher.tenant(), usher.tenant().flows().get("signUpOrSignIn"));
        }

        private Reply send(String method, String url, byte[] body, String... headers) {
            boolean now = requests++ == moment.request;
            try {
                if (now && moment.when == When.BEFORE) {
                    doomed.dev().kill();
                }
                CompletableFuture<Void> killing = CompletableFuture.completedFuture(null);
                if (now && moment.when == When.IN_FLIGHT) {
                    killing =
                            CompletableFuture.runAsync(() -> {
                                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(moment.micros));
                                doomed.dev().kill();
                            });
                }
                try {
                    return doomed.http().send(method, url, body, headers);
                } finally {
                    killing.join();
                    if (now && moment.when == When.AFTER) {
                        doomed.dev().kill();
                    }
                }
            } catch (IllegalStateException dead) {
                throw new Gone(dead);
            }
        }

        void signUpUntilKilled() {
            Mailbox mailbox = new Mailbox(doomed);
            try {
                browser.open(signIn.address(""));
                browser.press("createAccount");
                browser.press("email_ver_but_send", "email", address);
                String code = mailbox.code(address);
                browser.press("email_ver_but_verify", "email_ver_input", code);
                browser.press("continue", account());
                Reply redeemed = redeem(SignIn.answer(browser.url()).get("code"));
                acknowledged = oid(redeemed);
            } catch (Gone | IllegalStateException killed) {
                return;
            }
            assertThat(requests).isEqualTo(REQUESTS);
            if (moment.when != When.IN_FLIGHT) {
                return;
            }
            doomed.dev().kill();
        }

        /** The last request of the way, which is the application's. */
        private Reply redeem(String code) {
            boolean now = requests++ == moment.request;
            if (now && moment.when == When.BEFORE) {
                doomed.dev().kill();
            }
            Reply reply = signIn.redeem(code);
            if (now && moment.when == When.AFTER) {
                doomed.dev().kill();
            }
            return reply.expect(200);
        }

        private static String oid(Reply redeemed) {
            return SignIn.payload(redeemed.json().get("id_token").asString()).get("oid").asString();
        }

        private String[] account() {
            return new String[] {
                "newPassword", PASSWORD, "reenterPassword", PASSWORD, "displayName", "Kay"
            };
        }

        /** As people do: they reload what they see, and else begin anew. */
        String goOn(Usher usher) {
            signIn = signIn(usher);
            FormBrowser.Line line = usher.http()::send;
            browser = browser.moved(line, usher.json().httpUrl());
            boolean began = browser.url().contains("/journey/");
            browser.open(began ? browser.url() : signIn.address(""));
            if (began && browser.last().status() >= 400) {
                browser.open(signIn.address(""));
            }
            Mailbox mailbox = new Mailbox(usher);
            boolean triedPassword = false;
            int actions = 0;
            while (browser.url().startsWith(usher.json().httpUrl())) {
                assertThat(actions++).as("%s", browser).isLessThan(ACTIONS_MAX);
                if (browser.offers("next") && !triedPassword) {
                    triedPassword = true;
                    browser.press("next", "email", address, "password", PASSWORD);
                } else if (browser.offers("createAccount")) {
                    browser.press("createAccount");
                } else if (browser.offers("email_ver_but_send")) {
                    browser.press("email_ver_but_send", "email", address);
                } else if (browser.offers("email_ver_but_verify")) {
                    browser.press("email_ver_but_verify", "email_ver_input", mailbox.code(address));
                } else {
                    browser.press("continue", account());
                }
            }
            return arrived(usher, began, triedPassword);
        }

        /** One account, whole: by its password, and with the name that was entered. */
        private String arrived(Usher usher, boolean began, boolean triedPassword) {
            String code = SignIn.answer(browser.url()).get("code");
            assertThat(code).as("%s", browser).isNotNull();
            SignIn later = signIn(usher);
            FormBrowser fresh = new FormBrowser(usher.http(), usher.json().httpUrl());
            fresh.open(later.address("")).press("next", "email", address, "password", PASSWORD);
            String oid = later.claims(fresh.url()).get("oid").asString();
            if (!acknowledged.isEmpty()) {
                assertThat(oid).as("what was acknowledged stays").isEqualTo(acknowledged);
            }
            assertAccount(usher, oid);
            assertCodesAreUsed(usher);
            return triedPassword ? "by password" : began ? "went on" : "began anew";
        }

        private void assertAccount(Usher usher, String oid) {
            var found =
                    usher.graph()
                            .get(
                                    "/users?$select=id,displayName,identities&$filter="
                                            + "identities/any(i:i/issuerAssignedId eq '"
                                            + address
                                            + "' and i/issuer eq '"
                                            + usher.tenant().domain()
                                            + "')")
                            .expect(200)
                            .json()
                            .get("value");
            assertThat(found).as("accounts of %s", address).hasSize(1);
            assertThat(found.get(0).get("id").asString()).isEqualTo(oid);
            assertThat(found.get(0).get("displayName").asString()).isEqualTo("Kay");
        }

        /** Nobody gets in by a mail that was used, or never was. */
        private void assertCodesAreUsed(Usher usher) {
            var mails = new Mailbox(usher).to(address);
            assertThat(mails).isNotEmpty();
            FormBrowser other = new FormBrowser(usher.http(), usher.json().httpUrl());
            other.open(signIn(usher).address("")).press("createAccount");
            other.press("email_ver_but_send", "email", address);
            for (int i = 0; i < Math.min(mails.size(), 3); i++) {
                other.press(
                        "email_ver_but_verify",
                        "email_ver_input",
                        mails.get(i).get("code").asString());
                assertThat(other.offers("continue")).as("%s", other).isFalse();
            }
        }
    }
}
