package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.JourneyEnd;
import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.oauth.EachDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What {@code auditLogs/signUps} and {@code signIns} tell of journeys. */
class JourneyLogTest {

    private static final String CORRELATION = "00000000-0000-4000-8000-00000000000c";
    private static final String PASSWORD = "Correct-horse-7";

    private static List<String> log(JourneyWorld world, String log, String stage) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : world.graph.get("/beta/auditLogs/" + log).json().path("value")) {
            assertThat(row.path("correlationId").asString()).isEqualTo(CORRELATION);
            assertThat(row.path("appId").asString()).isEqualTo(world.clientId);
            rows.addFirst(row.path(stage).asString() + " " + row.at("/status/errorCode").asInt());
        }
        return rows;
    }

    private static List<String> signUps(JourneyWorld world) {
        return log(world, "signUps", "signUpStage");
    }

    private static List<String> signIns(JourneyWorld world) {
        return log(world, "signIns", "userPrincipalName");
    }

    private static void tick(JourneyWorld world) {
        world.graph.world.clock.advance(Duration.ofSeconds(1));
    }

    private static void flow(JourneyWorld world, String collection, String type) {
        world.graph.post(
                "/beta/identity/" + collection,
                "{\"id\":\"Log\",\"userFlowType\":\"%s\",\"userFlowTypeVersion\":1}"
                        .formatted(type));
    }

    @ParameterizedTest
    @EnumSource
    void eachStageOfASignUp(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            flow(world, "b2cUserFlows", "signUpOrSignIn");
            Browser browser = world.begin("B2C_1_Log").press("createAccount");
            browser.press("email_ver_but_send", "email", "new@example.com");
            tick(world);
            String right = world.code("new@example.com");
            String wrong = right.equals("000000") ? "000001" : "000000";
            browser.press("email_ver_but_verify", "email_ver_input", wrong);
            tick(world);
            browser.press("email_ver_but_verify", "email_ver_input", right);
            tick(world);
            browser.press("continue", "newPassword", "short", "reenterPassword", "short");
            assertThat(signUps(world))
                    .containsExactly(
                            "credentialCollection 0",
                            "credentialValidation 90159",
                            "credentialValidation 0",
                            "attributeCollectionAndValidation 90158");
            tick(world);
            browser.press("continue", "newPassword", PASSWORD, "reenterPassword", PASSWORD);
            JourneyEnd.SignedIn end = (JourneyEnd.SignedIn) browser.end().orElseThrow().end();

            assertThat(signUps(world))
                    .hasSize(6)
                    .contains("attributeCollectionAndValidation 0", "userCreation 0");
            JsonNode made =
                    world.graph
                            .get(
                                    "/beta/auditLogs/signUps?$filter=signUpStage%20eq%20'userCreation'")
                            .json()
                            .at("/value/0");
            assertThat(made.path("userId").asString()).isEqualTo(end.userId());
            assertThat(made.at("/signUpIdentity/signUpIdentifier").asString())
                    .isEqualTo("new@example.com");
            assertThat(signIns(world)).containsExactly(end.userId() + "@" + domain(world) + " 0");
        }
    }

    private static String domain(JourneyWorld world) {
        return world.graph.tenant.domains().getFirst();
    }

    @Test
    void whoCancelsOrIsThereAlreadyIsSeen() {
        try (JourneyWorld world = new JourneyWorld(EachDatabase.SQLITE.fresh())) {
            flow(world, "b2cUserFlows", "signUp");
            Browser browser = world.begin("B2C_1_Log");
            browser.press("email_ver_but_send", "email", "new@example.com");
            tick(world);
            browser.press("cancel");

            assertThat(signUps(world))
                    .containsExactly("credentialCollection 0", "credentialCollection 90091");
        }
    }

    @ParameterizedTest
    @EnumSource
    void signInsByCodeWithEachAttempt(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh())) {
            flow(world, "b2xUserFlows", "signUpOrSignIn");
            world.graph.post(
                    "/v1.0/identity/b2xUserFlows/B2X_1_Log/userFlowIdentityProviders/$ref",
                    "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/identityProviders/"
                            + "EmailOtpSignup-OAUTH\"}");
            Browser up = world.begin("B2X_1_Log");
            up.press("email_ver_but_send", "email", "guest@partner.example");
            up.press(
                    "email_ver_but_verify", "email_ver_input", world.code("guest@partner.example"));
            up.press("continue");
            assertThat(up.end()).isPresent();
            assertThat(signIns(world)).hasSize(1);
            world.graph.world.clock.advance(Duration.ofMinutes(2));

            Browser in = world.begin("B2X_1_Log");
            in.press("email_ver_but_send", "email", "guest@partner.example");
            String right = world.code("guest@partner.example");
            String wrong = right.equals("000000") ? "000001" : "000000";
            for (int guess = 0; guess < 6; guess++) {
                tick(world);
                in.press("email_ver_but_verify", "email_ver_input", wrong);
            }
            assertThat(signIns(world).subList(1, 7)).containsOnly("guest@partner.example 500121");
            world.graph.world.clock.advance(Duration.ofMinutes(2));
            in.press("email_ver_but_resend");
            in.press(
                    "email_ver_but_verify", "email_ver_input", world.code("guest@partner.example"));

            assertThat(in.end()).isPresent();
            assertThat(signIns(world).getLast()).endsWith(" 0");
            JsonNode newest = world.graph.get("/beta/auditLogs/signIns").json().at("/value/0");
            assertThat(newest.path("isInteractive").asBoolean()).isTrue();
        }
    }
}
