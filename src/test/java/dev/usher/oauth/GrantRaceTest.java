package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two at once with the same code or token: one gets tokens, and then nobody has a refresh token.
 */
class GrantRaceTest {

    private static final int ROUNDS = Boolean.getBoolean("long") ? 1000 : 100;

    private static List<Response> both(ExecutorService two, Callable<Response> work)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Response> together =
                () -> {
                    start.await();
                    return work.call();
                };
        List<Response> answers = new ArrayList<>();
        for (Future<Response> answer : two.invokeAll(List.of(together, together))) {
            answers.add(answer.get());
        }
        return answers;
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWithOneCodeOneWins(EachDatabase database) throws Exception {
        try (FlowWorld world = new FlowWorld(database.fresh());
                ExecutorService two = Executors.newFixedThreadPool(2)) {
            Browser browser = world.browser();
            world.signIn(browser, world.parameters());
            for (int round = 0; round < ROUNDS; round++) {
                Map<String, String> silent = world.parameters();
                silent.put("prompt", "none");
                String code = Browser.answer(world.authorize(browser, silent)).get("code");
                Map<String, String> form = world.redemption(String.valueOf(code));

                List<Response> answers = both(two, () -> world.token(form));

                assertThat(answers)
                        .extracting(Response::status)
                        .containsExactlyInAnyOrder(200, 400);
                Response won =
                        answers.stream().filter(one -> one.status() == 200).findAny().orElseThrow();
                String refresh = Json.of(won).path("refresh_token").asString();
                FlowCodeTest.assertRefused(world.token(world.refresh(refresh)), "AADB2C90129");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWithOneRefreshTokenOneWinsAndTheFamilyEnds(EachDatabase database) throws Exception {
        try (FlowWorld world = new FlowWorld(database.fresh());
                ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS / 4; round++) {
                String token = world.tokens().path("refresh_token").asString();
                List<Response> answers = both(two, () -> world.token(world.refresh(token)));

                assertThat(answers)
                        .extracting(Response::status)
                        .containsExactlyInAnyOrder(200, 400);
                Response won =
                        answers.stream().filter(one -> one.status() == 200).findAny().orElseThrow();
                String next = Json.of(won).path("refresh_token").asString();
                FlowCodeTest.assertRefused(world.token(world.refresh(next)), "AADB2C90129");
            }
        }
    }
}
