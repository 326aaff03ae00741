package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.flow.JourneyEnd;
import dev.usher.http.Response;
import dev.usher.oauth.AadB2cErrorTest.Delivery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What user flows refuse at the tenant's own address, in Entra's codes and layout. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantErrorsTest {

    private static final String NOBODY = "99999999-9999-4999-8999-999999999999";
    private static final String LAYOUT =
            "AADSTS\\d{5,7}: [^\\r\\n]+ Trace ID: 00000000-0000-4000-8000-00000000000a"
                    + " Correlation ID: 00000000-0000-4000-8000-00000000000b Timestamp:"
                    + " 2026-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ";

    /** What cannot happen where no address names a flow, nor passwords are taken by one. */
    private static final Set<AadB2cError> ELSEWHERE =
            EnumSet.of(
                    AadB2cError.NO_SUCH_FLOW,
                    AadB2cError.NOT_INTERACTIVE,
                    AadB2cError.GRANT_TYPE,
                    AadB2cError.NO_HINT,
                    AadB2cError.PASSWORDS_NOT_ALLOWED,
                    AadB2cError.PASSWORD_MISSING,
                    AadB2cError.WRONG_PASSWORD,
                    AadB2cError.ACCOUNT_LOCKED,
                    AadB2cError.BUSY);

    private record Case(AadB2cError error, Delivery delivery, String what, Response response) {}

    private final List<Case> cases = new ArrayList<>();
    private FlowWorld world;

    @BeforeAll
    void earnEachError() {
        world = new FlowWorld(EachDatabase.SQLITE.fresh());
        world.atTenant();
        new AuthorizeErrors(world, this::add).earn();
        pages();
        journeys();
        clients();
        grants();
        accounts();
    }

    @AfterAll
    void close() {
        world.close();
    }

    private void add(AadB2cError error, Delivery delivery, String what, Response response) {
        if (!ELSEWHERE.contains(error)) {
            cases.add(new Case(error, delivery, what, response));
        }
    }

    private void page(AadB2cError error, String name, String value) {
        Map<String, String> parameters = world.parameters();
        parameters.put(name, value);
        add(error, Delivery.PAGE, name, world.authorize(world.browser(), parameters));
    }

    private void pages() {
        page(AadB2cError.NO_CLIENT_ID, "client_id", "");
        page(AadB2cError.CLIENT_NOT_FOUND, "client_id", NOBODY);
        page(AadB2cError.REDIRECT_URI, "redirect_uri", "https://evil.example/");
        page(AadB2cError.MISSING_PARAMETER, "redirect_uri", "");
        page(AadB2cError.NO_REDIRECT_URIS, "client_id", world.world.client(world.tenant).appId());
        Clients.Created disabled = world.application();
        world.change(disabled, "{'isDisabled': true}");
        page(AadB2cError.CLIENT_DISABLED, "client_id", disabled.appId());
        world.journeys.crowded = true;
        page(AadB2cError.THROTTLED, "state", "s");
        world.journeys.crowded = false;
        String logout = world.base() + FlowAddress.LOGOUT;
        add(
                AadB2cError.SIGNED_OUT_URI,
                Delivery.PAGE,
                "nobody's",
                world.browser()
                        .get(
                                logout
                                        + "?client_id="
                                        + world.app.appId()
                                        + "&post_logout_redirect_uri=https://evil.example/"));
        add(
                AadB2cError.HINT,
                Delivery.PAGE,
                "no token",
                world.browser().get(logout + "?id_token_hint=x"));
        add(
                AadB2cError.HINT_AUDIENCE,
                Delivery.PAGE,
                "two applications",
                world.browser()
                        .get(
                                logout
                                        + "?client_id="
                                        + NOBODY
                                        + "&id_token_hint="
                                        + world.tokens().path("id_token").asString()));
    }

    private void journeys() {
        for (AadB2cError error :
                List.of(
                        AadB2cError.CANCELLED,
                        AadB2cError.FORGOT_PASSWORD,
                        AadB2cError.STATE_LOST)) {
            Browser browser = world.browser();
            int number = Integer.parseInt(error.code().substring("AADB2C".length()));
            add(
                    error,
                    Delivery.REDIRECT,
                    "a journey",
                    world.finish(
                            browser,
                            world.authorize(browser, world.parameters()),
                            new JourneyEnd.Refused(error.oauthError(), number, error.template())));
        }
    }

    private void json(AadB2cError error, String name, String value, String code) {
        Map<String, String> form = world.redemption(code);
        form.put(name, value);
        add(error, Delivery.JSON, name, world.token(form));
    }

    private void clients() {
        String code = world.code();
        json(AadB2cError.NO_CLIENT_ID, "client_id", "", code);
        json(AadB2cError.CLIENT_NOT_FOUND, "client_id", NOBODY, code);
        json(AadB2cError.NO_SECRET, "client_secret", "", code);
        json(AadB2cError.WRONG_SECRET, "client_secret", "x".repeat(40), code);
        json(AadB2cError.INVALID_INPUT, "client_assertion", "x.y.z", code);
        json(AadB2cError.MISSING_PARAMETER, "code", "", code);
        json(AadB2cError.MISSING_PARAMETER, "redirect_uri", "", code);
        json(AadB2cError.REDIRECT_URI_DIFFERS, "redirect_uri", FlowWorld.WEB + "/", code);
        json(AadB2cError.VERIFIER, "code_verifier", "w".repeat(43), code);
        json(AadB2cError.CHALLENGE, "code_verifier", "", code);
        Map<String, String> parameters = world.parameters();
        parameters.put("redirect_uri", FlowWorld.NATIVE);
        json(
                AadB2cError.PUBLIC_WITH_SECRET,
                "redirect_uri",
                FlowWorld.NATIVE,
                world.code(parameters));
        Clients.Created other = world.application();
        json(AadB2cError.GRANT_OF_OTHER_CLIENT, "client_id", other.appId(), code);
    }

    private void grants() {
        json(AadB2cError.GRANT_EXPIRED, "code", "made-up", "made-up");
        add(
                AadB2cError.GRANT_EXPIRED,
                Delivery.JSON,
                "no such token",
                world.token(world.refresh("made.up")));
    }

    private void accounts() {
        String code = world.code();
        world.changePerson(person -> person.put("accountEnabled", false));
        json(AadB2cError.ACCOUNT_DISABLED, "code", code, code);
        world.changePerson(person -> person.put("accountEnabled", true));
        world.changePerson(
                person -> person.put("signInSessionsValidFromDateTime", "2026-11-22T10:00:01Z"));
        json(AadB2cError.GRANT_REVOKED, "code", code, code);
        world.changePerson(person -> person.remove("signInSessionsValidFromDateTime"));
        world.deletePerson();
        json(AadB2cError.ACCOUNT_GONE, "code", code, code);
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
        String code = "AADSTS" + EntraCodes.of(each.error);
        switch (each.delivery) {
            case PAGE -> {
                assertThat(each.response.status()).isEqualTo(each.error.status());
                assertThat(Browser.text(each.response)).contains("Code: " + code);
            }
            case REDIRECT ->
                    assertThat(Browser.answer(each.response).get("error_description"))
                            .startsWith(code + ": ")
                            .matches(LAYOUT);
            case JSON -> {
                JsonNode body = Json.of(each.response);
                assertThat(each.response.status()).isEqualTo(each.error.status());
                assertThat(body.path("error_description").asString())
                        .startsWith(code + ": ")
                        .matches(LAYOUT);
                assertThat(body.path("error_codes").path(0).asInt())
                        .isEqualTo(EntraCodes.of(each.error));
            }
        }
    }

    @Test
    void noErrorIsLeftOut() {
        Set<AadB2cError> wanted = EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE));
        wanted.remove(AadB2cError.GRANT_OF_OTHER_FLOW); // TenantAddressTest has it
        assertThat(cases.stream().map(Case::error).collect(Collectors.toSet())).isEqualTo(wanted);
    }
}
