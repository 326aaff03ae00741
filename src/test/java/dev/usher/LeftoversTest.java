package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.directory.Throttle;
import dev.usher.mail.Mail;
import dev.usher.mail.Outbox;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.observe.MetricsObserver;
import dev.usher.observe.Observation;
import dev.usher.otp.OneTimeCodes;
import dev.usher.session.JourneyEnds;
import dev.usher.store.Store;
import dev.usher.tenant.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is good no more goes, all of it and nothing else; the metrics say how much there is. */
class LeftoversTest {

    private static void leave(World world, Tenant tenant, String run, int each) {
        world.here
                .store()
                .write(
                        tenant.id(),
                        World.ACTOR,
                        tx -> {
                            OneTimeCodes codes = new OneTimeCodes(world.ids);
                            Outbox outbox = new Outbox(world.ids);
                            Throttle.Limit limit =
                                    new Throttle.Limit("things", 9, Duration.ofMinutes(5));
                            for (int at = 0; at < each; at++) {
                                String name = run + at;
                                codes.issue(tx, name, name + "@example.com");
                                outbox.put(tx, new Mail(name + "@example.com", "s", "p", "h"));
                                JourneyEnds.use(tx, name);
                                Throttle.count(tx, limit, name);
                            }
                            return true;
                        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOldGoesInBatches(EachDatabase database) {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            Leftovers leftovers = new Leftovers(world.here.store());
            leave(world, tenant, "old", Leftovers.BATCH_MAX + 1);
            world.clock.advance(Duration.ofDays(9));
            leave(world, tenant, "new", 3);

            assertThat(leftovers.purge(tenant.id(), World.ACTOR))
                    .isEqualTo(4L * (Leftovers.BATCH_MAX + 1));
            assertThat(leftovers.purge(tenant.id(), World.ACTOR)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTableIsMeasured(EachDatabase database) {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            leave(world, tenant, "new", 3);
            Store store = world.here.store();

            Map<String, Long> rows = store.rows(Leftovers.TABLES);
            assertThat(rows).containsOnlyKeys(Leftovers.TABLES);
            assertThat(rows.values()).allMatch(count -> count >= 0);
            if (database == EachDatabase.SQLITE) {
                assertThat(rows).containsEntry("one_time_code", 3L);
            }
        }
    }

    @Test
    void theMetricsHaveTheNewestFigure() {
        MetricsObserver metrics = new MetricsObserver();
        for (long rows : List.of(5L, 7L)) {
            metrics.on(new Observation.TablesMeasured(Map.of("journey", rows)));
        }
        assertThat(metrics.scrape()).contains("usher_table_rows{table=\"journey\"} 7.0");
    }
}
