package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.NewClient;
import dev.usher.http.Response;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What one tenant's flow grants is worth nothing at the same flow of another tenant. */
class FlowIsolationTest {

    private static final String SECRET = "another-secret-of-the-same-application";

    private static void write(FlowWorld world, Tenant tenant, Consumer<WriteTx> work) {
        world.world
                .here
                .store()
                .write(
                        tenant.id(),
                        World.ACTOR,
                        tx -> {
                            work.accept(tx);
                            return true;
                        });
    }

    /** A tenant with a flow and an application of the same ids. */
    private static Tenant twin(FlowWorld world) {
        Tenant twin = world.world.tenant();
        Kind flows = FlowWorld.kind("identityUserFlow");
        Kind applications = FlowWorld.kind("application");
        ObjectNode flow =
                (ObjectNode) JsonMapper.shared().readTree("{\"userFlowType\":\"signUpOrSignIn\"}");
        write(
                world,
                twin,
                tx -> {
                    tx.insert(
                            flows,
                            new Entity(
                                    flows.name(),
                                    "",
                                    FlowWorld.FLOW,
                                    "microsoft.graph.b2cIdentityUserFlow",
                                    0,
                                    flow));
                    var created =
                            world.world
                                    .here
                                    .clients()
                                    .create(
                                            tx,
                                            new NewClient(
                                                    world.app.appId(),
                                                    "Twin",
                                                    Set.of(),
                                                    SECRET,
                                                    null));
                    Entity application =
                            tx.lock(applications, "", created.objectId()).orElseThrow();
                    application
                            .properties()
                            .putObject("web")
                            .putArray("redirectUris")
                            .add(FlowWorld.WEB);
                    tx.replace(applications, application);
                });
        return twin;
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfOneTenantCountsInAnother(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            Tenant twin = twin(world);
            String there = "/" + twin.id() + "/" + FlowWorld.FLOW;
            Browser browser = world.browser();
            Map<String, String> answer = Browser.answer(world.signIn(browser, world.parameters()));
            JsonNode tokens = world.tokens();

            Map<String, String> code = world.redemption(String.valueOf(answer.get("code")));
            code.put("client_secret", SECRET);
            assertRefused(browser.post(there + FlowAddress.TOKEN, FlowWorld.encoded(code)));
            Map<String, String> refresh = world.refresh(tokens.path("refresh_token").asString());
            refresh.put("client_secret", SECRET);
            assertRefused(browser.post(there + FlowAddress.TOKEN, FlowWorld.encoded(refresh)));

            String secret = browser.cookies.get("usher-session-" + world.tenant.id());
            browser.cookies.put("usher-session-" + twin.id(), String.valueOf(secret));
            Map<String, String> silent = world.parameters();
            silent.put("prompt", "none");
            String query = "?" + FlowWorld.encoded(silent);
            assertThat(Browser.answer(browser.get(there + FlowAddress.AUTHORIZE + query)))
                    .containsEntry("error", "interaction_required");
            assertThat(browser.get(there + FlowAddress.RESUME + "?journey=j1").status())
                    .isEqualTo(400);
            assertThat(
                            Browser.text(
                                    browser.get(
                                            there
                                                    + FlowAddress.LOGOUT
                                                    + "?id_token_hint="
                                                    + tokens.path("id_token").asString())))
                    .contains("AADB2C90210");
            Browser bearer = world.browser();
            bearer.authorization = "Bearer " + tokens.path("access_token").asString();
            assertThat(bearer.get(there + FlowAddress.USER_INFO).status()).isEqualTo(401);
            assertThat(bearer.get(world.base() + FlowAddress.USER_INFO).status()).isEqualTo(200);
        }
    }

    private static void assertRefused(Response response) {
        FlowCodeTest.assertRefused(response, "AADB2C90080");
    }
}
