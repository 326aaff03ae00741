package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.directory.PasswordHasher;
import dev.usher.flow.JourneyEnd;
import dev.usher.http.Response;
import dev.usher.store.TestDatabases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Each error of the catalogue, by a request that earns it, delivered as it should be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AadB2cErrorTest {

    private static final String NOBODY = "99999999-9999-4999-8999-999999999999";
    private static final String LAYOUT =
            "AADB2C\\d{5}: [^\\r\\n]+\\r\\nCorrelation ID:"
                    + " 00000000-0000-4000-8000-00000000000b\\r\\nTimestamp: 2026-\\d\\d-\\d\\d"
                    + " \\d\\d:\\d\\d:\\d\\dZ\\r\\n";

    enum Delivery {
        PAGE,
        REDIRECT,
        JSON
    }

    private record Case(AadB2cError error, Delivery delivery, String what, Response response) {}

    private final List<Case> cases = new ArrayList<>();
    private FlowWorld world;

    @BeforeAll
    void earnEachError() {
        world = new FlowWorld(TestDatabases.sqliteSettings());
        world.flow("B2C_1_Other", "b2cIdentityUserFlow", "signIn");
        pages();
        new AuthorizeErrors(world, this::add).earn();
        journeys();
        crowd();
        clients();
        grants();
        logout();
        passwords();
        accounts();
    }

    @AfterAll
    void close() {
        world.close();
    }

    private void add(AadB2cError error, Delivery delivery, String what, Response response) {
        cases.add(new Case(error, delivery, what, response));
    }

    private void page(AadB2cError error, String what, Consumer<Map<String, String>> change) {
        add(error, Delivery.PAGE, what, authorize(change));
    }

    private Response authorize(Consumer<Map<String, String>> change) {
        Map<String, String> parameters = world.parameters();
        change.accept(parameters);
        return world.authorize(world.browser(), parameters);
    }

    private void json(AadB2cError error, String what, Map<String, String> form) {
        add(error, Delivery.JSON, what, world.token(form));
    }

    private static Map<String, String> with(Map<String, String> form, String name, String value) {
        form.put(name, value);
        return form;
    }

    private static Map<String, String> without(Map<String, String> form, String name) {
        form.remove(name);
        return form;
    }

    private void pages() {
        page(AadB2cError.NO_CLIENT_ID, "no client_id", form -> form.remove("client_id"));
        page(
                AadB2cError.CLIENT_NOT_FOUND,
                "a client of nobody",
                form -> form.put("client_id", NOBODY));
        page(AadB2cError.MISSING_PARAMETER, "no redirect_uri", form -> form.remove("redirect_uri"));
        page(
                AadB2cError.REDIRECT_URI,
                "another host",
                form -> form.put("redirect_uri", "https://evil.example/signed-in"));
        page(
                AadB2cError.REDIRECT_URI,
                "markup in it",
                form -> form.put("redirect_uri", "https://evil.example/<script>x</script>"));
        Clients.Created bare = world.world.client(world.tenant);
        page(
                AadB2cError.NO_REDIRECT_URIS,
                "an application without any",
                form -> form.put("client_id", bare.appId()));
        Clients.Created disabled = world.application();
        world.change(disabled, "{'isDisabled': true}");
        page(
                AadB2cError.CLIENT_DISABLED,
                "a disabled application",
                form -> form.put("client_id", disabled.appId()));
        add(
                AadB2cError.NO_SUCH_FLOW,
                Delivery.PAGE,
                "authorize at an unknown flow",
                world.browser()
                        .get(
                                "/"
                                        + world.tenant.id()
                                        + "/B2C_1_no/oauth2/v2.0/authorize?"
                                        + FlowWorld.encoded(world.parameters())));
        add(
                AadB2cError.NO_SUCH_FLOW,
                Delivery.JSON,
                "metadata of an unknown flow",
                world.browser()
                        .get(
                                "/"
                                        + world.tenant.id()
                                        + "/v2.0/.well-known/openid-configuration?p=B2C_1_no"));
        add(
                AadB2cError.STATE_LOST,
                Delivery.PAGE,
                "a journey of another browser",
                world.browser().get(world.resume("j1")));
        add(
                AadB2cError.STATE_LOST,
                Delivery.PAGE,
                "no journey",
                world.browser().get(world.base() + FlowAddress.RESUME));
    }

    private void journeys() {
        journey(AadB2cError.CANCELLED, "cancelled");
        journey(AadB2cError.FORGOT_PASSWORD, "a forgotten password");
    }

    private void crowd() {
        world.journeys.crowded = true;
        Response page = authorize(form -> {});
        add(AadB2cError.THROTTLED, Delivery.PAGE, "a crowded network", page);
        assertThat(page.header("Retry-After")).contains("7");
        world.journeys.crowded = false;
    }

    private void journey(AadB2cError error, String what) {
        Browser browser = world.browser();
        int number = Integer.parseInt(error.code().substring("AADB2C".length()));
        add(
                error,
                Delivery.REDIRECT,
                what,
                world.finish(
                        browser,
                        world.authorize(browser, world.parameters()),
                        new JourneyEnd.Refused(error.oauthError(), number, error.template())));
    }

    private void clients() {
        String code = world.code();
        Map<String, String> form = world.redemption(code);
        json(AadB2cError.NO_CLIENT_ID, "no client", without(form, "client_id"));
        json(
                AadB2cError.CLIENT_NOT_FOUND,
                "unknown",
                with(world.redemption(code), "client_id", NOBODY));
        json(AadB2cError.NO_SECRET, "none", without(world.redemption(code), "client_secret"));
        json(
                AadB2cError.WRONG_SECRET,
                "wrong",
                with(world.redemption(code), "client_secret", "x".repeat(40)));
        Map<String, String> twice = world.redemption(code);
        twice.put("client_assertion", "x.y.z");
        json(AadB2cError.INVALID_INPUT, "two proofs", twice);
        Map<String, String> parameters = world.parameters();
        parameters.put("redirect_uri", FlowWorld.NATIVE);
        Map<String, String> device = world.redemption(world.code(parameters));
        device.put("redirect_uri", FlowWorld.NATIVE);
        json(AadB2cError.PUBLIC_WITH_SECRET, "a native program with a secret", device);
        add(
                AadB2cError.INVALID_INPUT,
                Delivery.JSON,
                "no form",
                world.browser().post(world.base() + FlowAddress.TOKEN, ""));
    }

    private void grants() {
        json(AadB2cError.MISSING_PARAMETER, "no grant type", Map.of("client_id", "x"));
        json(
                AadB2cError.GRANT_TYPE,
                "device code",
                Map.of("grant_type", "device_code", "client_id", world.app.appId()));
        json(AadB2cError.GRANT_EXPIRED, "no such code", world.redemption("made-up"));
        json(AadB2cError.GRANT_EXPIRED, "no such token", world.refresh("made.up"));
        String code = world.code();
        Clients.Created other = world.application();
        Map<String, String> theirs = world.redemption(code);
        theirs.put("client_id", other.appId());
        theirs.put("client_secret", other.secret());
        json(AadB2cError.GRANT_OF_OTHER_CLIENT, "another client", theirs);
        add(
                AadB2cError.GRANT_OF_OTHER_FLOW,
                Delivery.JSON,
                "another flow",
                world.browser()
                        .post(
                                "/" + world.tenant.id() + "/oauth2/v2.0/token?p=b2c_1_other",
                                FlowWorld.encoded(world.redemption(code))));
        json(
                AadB2cError.REDIRECT_URI_DIFFERS,
                "another URI",
                with(world.redemption(code), "redirect_uri", FlowWorld.WEB + "/"));
        json(
                AadB2cError.VERIFIER,
                "another verifier",
                with(world.redemption(code), "code_verifier", "w".repeat(43)));
        json(AadB2cError.CHALLENGE, "none", without(world.redemption(code), "code_verifier"));
        Map<String, String> plain = world.parameters();
        plain.remove("code_challenge");
        json(AadB2cError.VERIFIER, "not asked for", world.redemption(world.code(plain)));
        String used = world.tokens().path("refresh_token").asString();
        world.token(world.refresh(used));
        json(AadB2cError.GRANT_REVOKED, "used before", world.refresh(used));
    }

    private void password(AadB2cError error, String what, Map<String, String> form) {
        add(error, Delivery.JSON, what, FlowPasswordTest.token(world, form));
    }

    private void passwords() {
        Map<String, String> form = FlowPasswordTest.form(world);
        password(AadB2cError.PASSWORDS_NOT_ALLOWED, "a client that is not public", form);
        world.change(world.app, "{'isFallbackPublicClient': true}");
        password(AadB2cError.PASSWORD_MISSING, "no user name", without(form, "username"));
        password(
                AadB2cError.WRONG_PASSWORD,
                "wrong",
                with(FlowPasswordTest.form(world), "password", "wrong"));
        password(
                AadB2cError.WRONG_PASSWORD,
                "nobody",
                with(FlowPasswordTest.form(world), "username", "nobody@example.com"));
        Map<String, String> wrong = with(FlowPasswordTest.form(world), "password", "wrong 0");
        for (int guess = 0; guess < 20; guess++) {
            FlowPasswordTest.token(world, with(wrong, "password", "wrong " + guess));
        }
        password(AadB2cError.ACCOUNT_LOCKED, "after many guesses", wrong);
        add(AadB2cError.BUSY, Delivery.JSON, "no turn for hashing", busy());
    }

    /** Who waits for a turn that never comes, and is told to go. */
    private static Response busy() {
        try (FlowWorld crowded = new FlowWorld(TestDatabases.sqliteSettings(), 0)) {
            crowded.flow("B2C_1_Ropc", "b2cIdentityUserFlow", "resourceOwner");
            crowded.change(crowded.app, "{'isFallbackPublicClient': true}");
            FutureTask<Response> answer =
                    new FutureTask<>(
                            () -> FlowPasswordTest.token(crowded, FlowPasswordTest.form(crowded)));
            Thread waiting = Thread.ofPlatform().start(answer);
            while (!inLine(waiting)) {
                Thread.onSpinWait();
            }
            waiting.interrupt();
            return answer.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Waiting for a turn to hash; who waits for a connection of the database is elsewhere. */
    private static boolean inLine(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("tryAcquire"))
                && Arrays.stream(stack)
                        .anyMatch(frame ->
                                frame.getClassName().equals(PasswordHasher.class.getName()));
    }

    private void accounts() {
        String code = world.code();
        world.changePerson(person -> person.put("accountEnabled", false));
        json(AadB2cError.ACCOUNT_DISABLED, "a disabled account", world.redemption(code));
        world.changePerson(person -> person.put("accountEnabled", true));
        world.changePerson(
                person -> person.put("signInSessionsValidFromDateTime", "2026-11-22T10:00:01Z"));
        json(AadB2cError.GRANT_REVOKED, "a new password since", world.redemption(code));
        world.changePerson(person -> person.remove("signInSessionsValidFromDateTime"));
        world.deletePerson();
        json(AadB2cError.ACCOUNT_GONE, "a deleted account", world.redemption(code));
    }

    private void logout() {
        Browser browser = world.browser();
        String logout = world.base() + FlowAddress.LOGOUT;
        add(
                AadB2cError.SIGNED_OUT_URI,
                Delivery.PAGE,
                "an address of nobody's",
                browser.get(
                        logout
                                + "?client_id="
                                + world.app.appId()
                                + "&post_logout_redirect_uri=https://evil.example/"));
        add(AadB2cError.HINT, Delivery.PAGE, "no token", browser.get(logout + "?id_token_hint=x"));
        world.settings("B2C_1_Other", "{'isIdTokenHintRequiredOnSignOut': true}");
        add(
                AadB2cError.NO_HINT,
                Delivery.PAGE,
                "none",
                browser.get("/" + world.tenant.id() + "/B2C_1_Other" + FlowAddress.LOGOUT));
        add(
                AadB2cError.HINT_AUDIENCE,
                Delivery.PAGE,
                "two applications",
                browser.get(
                        logout
                                + "?client_id="
                                + NOBODY
                                + "&id_token_hint="
                                + world.tokens().path("id_token").asString()));
    }

    @TestFactory
    List<DynamicTest> eachCase() {
        return cases.stream()
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.error + " " + each.what, () -> assertDelivered(each)))
                .toList();
    }

    private static void assertDelivered(Case each) {
        Response response = each.response;
        switch (each.delivery) {
            case PAGE -> {
                assertThat(response.status()).isEqualTo(each.error.status());
                assertThat(response.header("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
                assertThat(Browser.text(response))
                        .contains(each.error.code())
                        .doesNotContain("<script>x");
            }
            case REDIRECT -> {
                Map<String, String> answer = Browser.answer(response);
                assertThat(answer.get("error_description"))
                        .startsWith(each.error.code() + ": ")
                        .matches(LAYOUT);
                assertThat(answer)
                        .containsEntry("error", each.error.oauthError())
                        .containsEntry("state", "a b+c/d=e&f");
            }
            case JSON -> {
                assertThat(response.status()).isEqualTo(each.error.status());
                JsonNode body = Json.of(response);
                assertThat(body.path("error").asString()).isEqualTo(each.error.oauthError());
                assertThat(body.path("error_description").asString())
                        .startsWith(each.error.code() + ": ")
                        .matches(LAYOUT);
            }
        }
    }

    @Test
    void noErrorIsLeftOut() {
        Set<AadB2cError> earned = cases.stream().map(Case::error).collect(Collectors.toSet());
        assertThat(earned).isEqualTo(EnumSet.allOf(AadB2cError.class));
    }
}
