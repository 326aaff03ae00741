package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.http.Response;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The tenant's own address, where the user flow follows from the application. */
class TenantAddressTest {

    @ParameterizedTest
    @EnumSource
    void anApplicationGetsTokensAsEntraIssuesThem(EachDatabase database) throws Exception {
        try (FlowWorld world = new FlowWorld(database.fresh()).atTenant()) {
            Map<String, String> parameters = world.parameters();
            parameters.put("scope", "openid profile email offline_access");
            Map<String, String> form = world.redemption(world.code(parameters));
            form.put("client_info", "1");

            JsonNode tokens = Json.of(world.token(form));

            assertThat(
                            new TreeMap<>(FlowWorld.claims(text(tokens, "id_token")).getClaims())
                                    .keySet())
                    .containsExactly(
                            "aud",
                            "auth_time",
                            "email",
                            "exp",
                            "given_name",
                            "iat",
                            "iss",
                            "name",
                            "nbf",
                            "nonce",
                            "oid",
                            "preferred_username",
                            "sub",
                            "tid",
                            "ver");
            JWTClaimsSet id = FlowWorld.claims(text(tokens, "id_token"));
            assertThat(id.getIssuer()).isEqualTo(World.ORIGIN + "/" + world.tenant.id() + "/v2.0");
            assertThat(id.getStringClaim("ver")).isEqualTo("2.0");
            assertThat(id.getStringClaim("oid")).isEqualTo(world.person);
            assertThat(id.getStringClaim("preferred_username")).isEqualTo("ada@example.com");
            assertThat(id.getSubject()).isNotEqualTo(world.person);
            JWTClaimsSet access = FlowWorld.claims(text(tokens, "access_token"));
            assertThat(access.getStringClaim("scp")).isEqualTo("email openid profile");
            assertThat(access.getAudience()).containsExactly(world.app.appId());
            JsonNode info = Json.part(text(tokens, "client_info"), 0);
            assertThat(info.path("uid").asString()).isEqualTo(world.person);

            JsonNode renewed = Json.of(world.token(world.refresh(text(tokens, "refresh_token"))));
            assertThat(FlowWorld.claims(text(renewed, "id_token")).getSubject())
                    .isEqualTo(id.getSubject());
            Browser program = world.browser();
            program.authorization = "Bearer " + text(renewed, "access_token");
            JsonNode said = Json.of(program.get(world.base() + FlowAddress.USER_INFO));
            assertThat(text(said, "sub")).isEqualTo(id.getSubject());
            assertThat(text(said, "name")).isEqualTo("Ada Byron");
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString();
    }

    @Test
    void whatOneAddressGrantsTheOtherDoesNotRedeem() {
        try (FlowWorld world = new FlowWorld(EachDatabase.SQLITE.fresh())) {
            String atFlow = world.base();
            world.atTenant();
            String code = world.code();
            Response wrong =
                    world.browser()
                            .post(
                                    atFlow + FlowAddress.TOKEN,
                                    FlowWorld.encoded(world.redemption(code)));
            FlowCodeTest.assertRefused(wrong, "AADB2C90088");
            JsonNode tokens = Json.of(world.token(world.redemption(code)));

            Browser program = world.browser();
            program.authorization = "Bearer " + text(tokens, "access_token");
            assertThat(program.get(atFlow + FlowAddress.USER_INFO).status()).isEqualTo(401);
        }
    }

    @Test
    void aTokenOfAFlowIsNoneOfTheTenant() {
        try (FlowWorld world = new FlowWorld(EachDatabase.SQLITE.fresh())) {
            String token = text(world.tokens(), "access_token");
            world.atTenant();
            Browser program = world.browser();
            program.authorization = "Bearer " + token;
            assertThat(program.get(world.base() + FlowAddress.USER_INFO).status()).isEqualTo(401);
        }
    }

    @Test
    void anApplicationWithoutFlowIsToldWhy() {
        try (FlowWorld world = new FlowWorld(EachDatabase.SQLITE.fresh()).atTenant()) {
            world.settings(FlowWorld.FLOW, "{'applications': []}");
            Response page = world.authorize(world.browser(), world.parameters());

            assertThat(page.status()).isEqualTo(400);
            assertThat(page.header("Location")).isEmpty();
            assertThat(Browser.text(page))
                    .contains("AADSTS70001", "No user flow is set up for the application");
        }
    }

    @Test
    void ofSeveralFlowsTheFirstCounts() {
        try (FlowWorld world = new FlowWorld(EachDatabase.SQLITE.fresh()).atTenant()) {
            String all = "0a0a0a0a-0000-4000-8000-000000000001";
            String included = "0a0a0a0a-0000-4000-8000-000000000002";
            String listened = "0a0a0a0a-0000-4000-8000-000000000003";
            events(world, all, true);
            events(world, listened, false);
            events(world, included, false);

            assertThat(met(world)).isEqualTo(FlowWorld.FLOW);
            world.settings(FlowWorld.FLOW, "{}");
            assertThat(met(world)).isEqualTo(all);
            world.flow("B2C_1_Later", "b2cIdentityUserFlow", "signIn");
            world.settings("B2C_1_Later", "{'applications': ['" + world.app.appId() + "']}");
            assertThat(met(world)).isEqualTo("B2C_1_Later");
            older(world, "B2X_1_Old", "l1", 2);
            assertThat(met(world)).isEqualTo("B2X_1_Old");
            older(world, "B2X_1_Older", "l2", 1);
            assertThat(met(world)).isEqualTo("B2X_1_Older");
            insert(
                    world,
                    "authenticationEventListener",
                    "",
                    "e1",
                    "onAttributeCollectionListener",
                    "{'priority': 500, 'authenticationEventsFlowId': '" + listened + "'}");
            include(world, "e1");
            assertThat(met(world)).isEqualTo(listened);
            include(world, included);
            assertThat(met(world)).isEqualTo(included);
        }
    }

    private static String met(FlowWorld world) {
        String path = Browser.location(world.authorize(world.browser(), world.parameters()));
        return path.split("/")[2];
    }

    private static void older(FlowWorld world, String flow, String listener, int priority) {
        world.flow(flow, "b2xIdentityUserFlow", "signUpOrSignIn");
        insert(
                world,
                "authenticationListener",
                "authenticationeventspolicy",
                listener,
                "invokeUserFlowListener",
                "{'priority': "
                        + priority
                        + ", 'sourceFilter': {'includeApplications': ['"
                        + world.app.appId().toUpperCase()
                        + "']}}");
        world.write(tx ->
                tx.link(
                        "userFlow",
                        "authenticationListener",
                        "authenticationeventspolicy/" + listener,
                        "userFlow",
                        Entity.fold(flow)));
    }

    private static void events(FlowWorld world, String id, boolean all) {
        insert(
                world,
                "authenticationEventsFlow",
                "",
                id,
                "externalUsersSelfServiceSignUpEventsFlow",
                "{'displayName': '"
                        + id
                        + "', 'priority': 500, 'conditions': {'applications':"
                        + " {'includeAllApplications': "
                        + all
                        + "}}, 'onInteractiveAuthFlowStart': {'isSignUpAllowed': true}}");
    }

    private static void include(FlowWorld world, String owner) {
        insert(
                world,
                "authenticationConditionApplication",
                owner,
                world.app.appId(),
                "authenticationConditionApplication",
                "{}");
    }

    private static void insert(
            FlowWorld world, String base, String parent, String id, String type, String json) {
        Kind kind = FlowWorld.kind(base);
        world.write(tx ->
                tx.insert(
                        kind,
                        new Entity(
                                kind.name(),
                                parent,
                                id,
                                "microsoft.graph." + type,
                                0,
                                FlowWorld.object(json))));
    }

    @Test
    void whoWantsToSignUpBeginsThere() {
        try (FlowWorld world = new FlowWorld(EachDatabase.SQLITE.fresh()).atTenant()) {
            Browser browser = world.browser();
            world.signIn(browser, world.parameters());
            Map<String, String> create = world.parameters();
            create.put("prompt", "create");
            world.authorize(browser, create);
            assertThat(world.journeys.starts).hasSize(2);
            assertThat(world.journeys.starts.getLast().signUp()).isTrue();
            create.put("prompt", "create none");
            assertThat(Browser.answer(world.authorize(browser, create)))
                    .containsEntry("error", "invalid_request");
        }
    }

    @Test
    void theClaimThatNamesTheFlowCanBeChosen() throws Exception {
        try (FlowWorld world = new FlowWorld(EachDatabase.SQLITE.fresh())) {
            world.settings(FlowWorld.FLOW, "{'flowIdClaim': 'acr'}");
            JsonNode tokens = world.tokens();
            JWTClaimsSet id = FlowWorld.claims(text(tokens, "id_token"));
            assertThat(id.getStringClaim("acr")).isEqualTo(FlowWorld.FLOW);
            assertThat(id.getClaim("tfp")).isNull();
            Browser program = world.browser();
            program.authorization = "Bearer " + text(tokens, "access_token");
            assertThat(program.get(world.base() + FlowAddress.USER_INFO).status()).isEqualTo(200);
        }
    }

    @Test
    void aPersonSignsOutThere() {
        try (FlowWorld world = new FlowWorld(EachDatabase.SQLITE.fresh()).atTenant()) {
            Browser browser = world.browser();
            world.signIn(browser, world.parameters());
            Map<String, String> silent = world.parameters();
            silent.put("prompt", "none");
            assertThat(Browser.answer(world.authorize(browser, silent))).containsKey("code");

            Response out =
                    browser.get(
                            world.base()
                                    + FlowAddress.LOGOUT
                                    + "?post_logout_redirect_uri="
                                    + FlowWorld.WEB);

            assertThat(Browser.text(out)).contains(FlowWorld.WEB);
            assertThat(Browser.answer(world.authorize(browser, silent)))
                    .containsEntry("error", "login_required");
        }
    }
}
