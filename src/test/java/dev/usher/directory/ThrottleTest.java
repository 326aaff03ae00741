package dev.usher.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.usher.directory.Throttle.Limit;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.tenant.Tenant;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted is counted by all nodes together, and forgotten after a while. */
class ThrottleTest {

    private static final Limit THREE = new Limit("things", 3, Duration.ofMinutes(5));

    private static boolean count(World world, World.Node node, Tenant tenant, Limit limit) {
        return node.store()
                .write(
                        tenant.id(),
                        World.ACTOR,
                        tx -> {
                            Throttle.count(tx, limit, "192.0.2.1");
                            return true;
                        });
    }

    @ParameterizedTest
    @EnumSource
    void afterSoManyNoMoreUntilTheTimeIsOver(EachDatabase database) {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            World.Node other = world.node();
            for (int once = 0; once < 3; once++) {
                assertThat(count(world, once == 1 ? other : world.here, tenant, THREE)).isTrue();
                world.clock.advance(Duration.ofSeconds(10));
            }
            assertThatThrownBy(() -> count(world, other, tenant, THREE))
                    .asInstanceOf(type(Throttle.Exceeded.class))
                    .extracting(Throttle.Exceeded::waitSeconds)
                    .isEqualTo(270L);
            assertThatThrownBy(() ->
                            world.here
                                    .store()
                                    .read(
                                            tenant.id(),
                                            tx -> {
                                                Throttle.check(
                                                        tx, THREE, "192.0.2.1", world.clock.now());
                                                return true;
                                            }))
                    .isInstanceOf(Throttle.Exceeded.class);
            assertThat(count(world, other, tenant, Limit.none("things"))).isTrue();

            world.clock.advance(Duration.ofSeconds(270));
            assertThat(count(world, world.here, tenant, THREE)).isTrue();
            world.clock.advance(Duration.ofDays(1));
            int gone =
                    world.here
                            .store()
                            .write(
                                    tenant.id(),
                                    World.ACTOR,
                                    tx -> Throttle.purge(tx, tx.now(), 10));
            assertThat(gone).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofManyAtOnceNoneTooManyGoesThrough(EachDatabase database) throws Exception {
        try (World world = new World(database.fresh());
                ExecutorService pool = Executors.newFixedThreadPool(8)) {
            Tenant tenant = world.tenant();
            Limit twenty = new Limit("others", 20, Duration.ofMinutes(5));
            var tries =
                    IntStream.range(0, 60)
                            .mapToObj(each ->
                                    pool.submit(() -> {
                                        try {
                                            return count(world, world.here, tenant, twenty);
                                        } catch (Throttle.Exceeded exceeded) {
                                            return false;
                                        }
                                    }))
                            .toList();
            int through = 0;
            for (var each : tries) {
                through += each.get() ? 1 : 0;
            }
            assertThat(through).isEqualTo(20);
        }
    }
}
