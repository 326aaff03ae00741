package dev.usher.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that is good no more is kept for ever, and nothing that is good is swept away. */
class LeavingsTest {

    private static final List<String> TABLES =
            List.of(
                    "authorization_code",
                    "refresh_family",
                    "sso_session",
                    "sso_sign_in",
                    "sso_client",
                    "journey_end");

    private static Map<String, Long> rows(FlowWorld world) {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : TABLES) {
            rows.put(
                    table,
                    world.world
                            .here
                            .store()
                            .read(
                                    world.tenant.id(),
                                    tx ->
                                            tx.sql(
                                                            "select count(*) as n from "
                                                                    + table
                                                                    + " where tenant_id = :tenant")
                                                    .one(row -> row.number("n"))
                                                    .orElseThrow()));
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void oldRowsGoAsNewOnesCome(EachDatabase database) {
        try (FlowWorld world = new FlowWorld(database.fresh())) {
            for (int i = 0; i < 5; i++) {
                world.tokens();
            }
            assertThat(rows(world).values()).containsOnly(5L);
            world.world.clock.advance(Duration.ofDays(30));
            Browser browser = world.browser();
            String refresh = world.tokens().path("refresh_token").asString();
            world.signIn(browser, world.parameters());
            Map<String, String> silent = world.parameters();
            silent.put("prompt", "none");
            int most = 100 * Leavings.EVERY;
            for (int i = 0; i < most && rows(world).get("refresh_family") > 1; i++) {
                assertThat(Browser.answer(world.authorize(browser, silent))).containsKey("code");
            }

            Map<String, Long> left = rows(world);
            assertThat(left.get("refresh_family")).isEqualTo(1);
            for (String table :
                    List.of("sso_session", "sso_sign_in", "sso_client", "journey_end")) {
                assertThat(left.get(table)).as(table).isEqualTo(2);
            }
            assertThat(Json.of(world.token(world.refresh(refresh))).has("access_token")).isTrue();
        }
    }
}
