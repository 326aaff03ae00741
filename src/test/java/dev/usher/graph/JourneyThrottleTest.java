package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.directory.Throttle;
import dev.usher.flow.NetworkLimits;
import dev.usher.graph.JourneyWorld.Browser;
import dev.usher.oauth.EachDatabase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One network can begin, answer and have mailed only so much. */
class JourneyThrottleTest {

    private static void flow(JourneyWorld world) {
        world.graph.post(
                "/beta/identity/b2cUserFlows",
                "{\"id\":\"Shop\",\"userFlowType\":\"signUp\",\"userFlowTypeVersion\":3}");
    }

    @ParameterizedTest
    @EnumSource
    void codesOfOneNetworkForManyAddresses(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh(), NetworkLimits.of(0, 2))) {
            flow(world);
            for (int person = 0; person < 2; person++) {
                world.begin("B2C_1_Shop")
                        .press("email_ver_but_send", "email", "p" + person + "@example.com");
            }
            Browser third =
                    world.begin("B2C_1_Shop")
                            .press("email_ver_but_send", "email", "p3@example.com");
            assertThat(third.last.status()).isEqualTo(429);
            assertThat(third.last.header("Retry-After")).contains("3600");
            assertThat(world.mails("p3@example.com")).isZero();

            world.graph.world.clock.advance(Duration.ofMinutes(59));
            Browser fresh = third.tab();
            assertThat(fresh.last.status()).isEqualTo(200);
            world.graph.world.clock.advance(Duration.ofMinutes(1));
            Browser later = world.begin("B2C_1_Shop");
            later.press("email_ver_but_send", "email", "p3@example.com");
            assertThat(world.mails("p3@example.com")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void journeysOfOneNetwork(EachDatabase database) {
        try (JourneyWorld world = new JourneyWorld(database.fresh(), NetworkLimits.of(2, 0))) {
            flow(world);
            world.begin("B2C_1_Shop");
            world.begin("B2C_1_Shop");
            assertThatThrownBy(() -> world.begin("B2C_1_Shop"))
                    .isInstanceOf(Throttle.Exceeded.class);
            world.graph.world.clock.advance(Duration.ofMinutes(5));
            world.begin("B2C_1_Shop");
        }
    }
}
