package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.directory.SignInFailures;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Wrong passwords lock accounts, and each attempt is logged. */
class PasswordLockTest extends SignInFixture {

    @ParameterizedTest
    @EnumSource
    void tooManyWrongPasswordsLockTheAccountForAWhile(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        for (String name : List.of("ann", "nobody@nowhere.example")) {
            for (int i = 0; i <= SignInFailures.FREE_MAX; i++) {
                assertThat(ask(name, "wrong").error()).isEqualTo(50126);
            }
            assertThat(ask(name, PASSWORD).error()).isEqualTo(50053);
        }
        // every name of the person is locked, and nobody else's
        assertThat(ask("ann@example.com", PASSWORD).error()).isEqualTo(50053);
        user("bob");
        ask("bob", PASSWORD).value();

        graph.world.clock.advance(SignInFailures.LOCK);
        assertThat(ask("ann", "wrong").error()).isEqualTo(50126);
        graph.world.clock.advance(SignInFailures.LOCK.minusMillis(1));
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(50053);
        graph.world.clock.advance(Duration.ofMillis(1));
        ask("ann", PASSWORD).value();
        assertThat(ask("ann", "wrong").error()).isEqualTo(50126);
        ask("ann", PASSWORD).value();
    }

    @ParameterizedTest
    @EnumSource
    void tenLocksLastAMinuteAndEachFurtherTenAMinuteMore(EachDatabase database) {
        open(database);
        Duration all = Duration.ZERO;
        for (int failure = 1; failure <= 330; failure++) {
            Duration lock = lock(failure);
            int round = (failure - SignInFailures.FREE_MAX - 1) / SignInFailures.ROUND;
            Duration wanted =
                    failure <= SignInFailures.FREE_MAX
                            ? Duration.ZERO
                            : Duration.ofMinutes(Math.min(300, round + 1));
            assertThat(lock).as("failure %d", failure).isEqualTo(wanted);
            all = all.plus(lock);
            graph.world.clock.advance(lock);
        }
        assertThat(all).isGreaterThan(Duration.ofDays(3));
    }

    private Duration lock(int failure) {
        Instant now = graph.world.clock.now();
        graph.world
                .here
                .store()
                .write(
                        graph.tenant.id(),
                        World.ACTOR,
                        tx -> {
                            SignInFailures.count(tx, "somebody");
                            return failure;
                        });
        return graph.world
                .here
                .store()
                .read(
                        graph.tenant.id(),
                        tx -> {
                            Duration lock = Duration.ZERO;
                            while (SignInFailures.locked(tx, "somebody", now.plus(lock))) {
                                lock = lock.plusMinutes(1);
                            }
                            return lock;
                        });
    }

    @ParameterizedTest
    @EnumSource
    void wrongPasswordsAreForgottenInTime(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        for (int i = 0; i < SignInFailures.FREE_MAX; i++) {
            ask("ann", "wrong");
        }
        graph.world.clock.advance(SignInFailures.MEMORY.plusMillis(1));
        for (int i = 0; i < SignInFailures.FREE_MAX; i++) {
            assertThat(ask("ann", "wrong").error()).isEqualTo(50126);
        }
        ask("ann", PASSWORD).value();
    }

    @ParameterizedTest
    @EnumSource
    void guessingInParallelGainsNothing(EachDatabase database) throws Exception {
        open(database);
        grant("User.Read", null);
        List<Callable<Integer>> guesses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            guesses.add(() -> ask("ann", "wrong").error());
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            int wrong = 0;
            for (var answer : pool.invokeAll(guesses)) {
                wrong += answer.get() == 50126 ? 1 : 0;
            }
            assertThat(wrong).isEqualTo(SignInFailures.FREE_MAX + 1);
        }
        assertThat(ask("ann", PASSWORD).error()).isEqualTo(50053);
    }

    @ParameterizedTest
    @EnumSource
    void theLogKnowsEachAttempt(EachDatabase database) {
        open(database);
        grant("User.Read", null);
        ask("ann", "wrong");
        graph.world.clock.advance(Duration.ofSeconds(1));
        ask("nobody", "wrong");
        graph.world.clock.advance(Duration.ofSeconds(1));
        ask("ann", PASSWORD);
        JsonNode all = graph.get("/v1.0/auditLogs/signIns").json().path("value");
        assertThat(all).hasSize(3);
        assertThat(all.at("/0/status/errorCode").asInt()).isZero();
        assertThat(all.at("/0/userId").asString()).isEqualTo(ann);
        assertThat(all.at("/0/deviceDetail/browser").asString()).isEqualTo("test/1");
        assertThat(all.at("/1/userPrincipalName").asString()).isEqualTo("nobody");
        assertThat(all.toString()).doesNotContain(PASSWORD, "wrong");
        Answer wrong =
                graph.get(
                        "/v1.0/auditLogs/signIns?$filter="
                                + encoded(
                                        "createdDateTime ge 2020-01-01T00:00:00Z"
                                                + " and status/errorCode eq 50126"));
        assertThat(wrong.json().path("value")).hasSize(2);
        String one = all.at("/0/id").asString();
        assertThat(graph.get("/v1.0/auditLogs/signIns/" + one).status()).isEqualTo(200);
        JsonNode audits = graph.get("/v1.0/auditLogs/directoryAudits").json();
        assertThat(audits.toString()).doesNotContain("signIn");
    }
}
