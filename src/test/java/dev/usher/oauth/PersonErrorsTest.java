package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.WholeApp;
import dev.usher.WholeBrowser;
import dev.usher.directory.PasswordHasher;
import dev.usher.http.Headers;
import dev.usher.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each error of the catalogue that is about a person, by a sign-in that earns it. */
class PersonErrorsTest {

    private static final String PASSWORD = "Correct-horse-7";

    private WholeApp app;

    @Test
    void everyErrorAboutPeopleIsEarned() throws Exception {
        Map<AadError, Response> earned = new LinkedHashMap<>();
        try (WholeApp whole = WholeApp.fresh(EachDatabase.SQLITE.fresh())) {
            app = whole;
            earned.put(AadError.WRONG_PASSWORD, ask("nobody@example.com", "wrong"));
            for (int guess = 0; guess < 20; guess++) {
                earned.put(AadError.ACCOUNT_LOCKED, ask("nobody@example.com", "wrong"));
            }
            user("off@example.com", false, false);
            earned.put(AadError.ACCOUNT_DISABLED, ask("off@example.com", PASSWORD));
            user("old@example.com", true, true);
            earned.put(AadError.PASSWORD_EXPIRED, ask("old@example.com", PASSWORD));
            user("ann@example.com", true, false);
            earned.put(AadError.CONSENT_REQUIRED, ask("ann@example.com", PASSWORD));
            earned.put(AadError.BUSY, busy());
            for (int guess = 0; guess <= WholeApp.FAILURES_MAX; guess++) {
                earned.put(
                        AadError.THROTTLED,
                        ask("nobody" + guess + "@example.com", "wrong", "192.0.2.7"));
            }
            onlyForTheAssigned();
            earned.put(AadError.NOT_ASSIGNED, ask("ann@example.com", PASSWORD));
        }
        earned.forEach(PersonErrorsTest::assertDelivered);
        EnumSet<AadError> all = EnumSet.allOf(AadError.class);
        all.removeIf(error -> !error.isAboutPeople());
        assertThat(earned.keySet()).isEqualTo(all);
    }

    private static void assertDelivered(AadError error, Response response) {
        JsonNode body = WholeApp.json(response);
        assertThat(body.at("/error_codes/0").asInt()).as("%s", body).isEqualTo(error.number());
        assertThat(response.status()).as("%s", error).isEqualTo(error.status());
        assertThat(body.path("error").asString()).isEqualTo(error.oauthError());
    }

    private void user(String address, boolean enabled, boolean expired) {
        Response made =
                app.graph(
                        "POST",
                        "/v1.0/users",
                        """
                        {"accountEnabled":%b,"displayName":"X",
                         "identities":[{"signInType":"emailAddress","issuer":"%s",
                           "issuerAssignedId":"%s"}],
                         "passwordPolicies":"DisablePasswordExpiration",
                         "passwordProfile":{"password":"%s","forceChangePasswordNextSignIn":%b}}
                        """
                                .formatted(
                                        enabled,
                                        app.facts.path("tenantDomain").asString(),
                                        address,
                                        PASSWORD,
                                        expired));
        assertThat(made.status())
                .as(new String(made.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
    }

    private Response ask(String name, String password) {
        return ask(name, password, app.network());
    }

    private Response ask(String name, String password, String network) {
        String form =
                WholeBrowser.form(
                        "grant_type",
                        "password",
                        "client_id",
                        app.facts.at("/app/clientId").asString(),
                        "username",
                        name,
                        "password",
                        password,
                        "scope",
                        "User.Read");
        Headers headers = new Headers().set("Content-Type", "application/x-www-form-urlencoded");
        return app.send(
                "POST",
                "/" + app.tenant + "/oauth2/v2.0/token",
                headers,
                form.getBytes(StandardCharsets.US_ASCII),
                network);
    }

    /** Who waits for a turn that never comes, and is told to go. */
    private Response busy() throws Exception {
        var lane = PasswordHasher.class.getDeclaredField("lane");
        lane.setAccessible(true);
        Semaphore turns = (Semaphore) lane.get(app.services.passwords());
        int taken = turns.drainPermits();
        try {
            FutureTask<Response> answer = new FutureTask<>(() -> ask("ann@example.com", PASSWORD));
            Thread waiting = Thread.ofPlatform().start(answer);
            while (Arrays.stream(waiting.getStackTrace())
                    .noneMatch(frame -> frame.getMethodName().equals("inLane"))) {
                Thread.onSpinWait();
            }
            waiting.interrupt();
            return answer.get();
        } finally {
            turns.release(taken);
        }
    }

    private void onlyForTheAssigned() {
        String client = app.facts.at("/app/clientId").asString();
        Response changed =
                app.graph(
                        "PATCH",
                        "/v1.0/servicePrincipals(appId='" + client + "')",
                        "{\"appRoleAssignmentRequired\":true}");
        assertThat(changed.status()).isEqualTo(204);
    }
}
