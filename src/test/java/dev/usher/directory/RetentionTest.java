package dev.usher.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.store.ReadTx;
import dev.usher.tenant.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionTest {

    private static final SignInAttempt ATTEMPT =
            new SignInAttempt("client", "Client", "Browser", "id", "127.0.0.1", "test");

    private static void act(World world, Tenant tenant, int times) {
        SignIns log = new SignIns(world.ids);
        world.here
                .store()
                .write(
                        tenant.id(),
                        World.ACTOR,
                        tx -> {
                            for (int i = 0; i < times; i++) {
                                log.add(tx, ATTEMPT, null, "nobody", 50126, "Wrong.");
                                SignInFailures.count(tx, "name:" + world.ids.guid());
                                tx.audit("create", "sample", "key", null, "hash");
                            }
                            return times;
                        });
    }

    private static long count(World world, Tenant tenant, String table, String more) {
        return world.here
                .store()
                .read(
                        tenant.id(),
                        (ReadTx tx) ->
                                tx.sql(
                                                "select count(*) as n from "
                                                        + table
                                                        + " where tenant_id = :tenant"
                                                        + more)
                                        .one(row -> row.number("n")))
                .orElseThrow();
    }

    private static List<Long> counts(World world, Tenant tenant) {
        List<Long> counts = new ArrayList<>();
        counts.add(count(world, tenant, "audit", " and kind = 'sample'"));
        counts.add(count(world, tenant, "sign_in", ""));
        counts.add(count(world, tenant, "sign_in_failure", ""));
        return counts;
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsTooOldGoesAndOnlyInTheTenant(EachDatabase database) {
        try (World world = new World(database.fresh())) {
            Tenant one = world.tenant();
            Tenant other = world.tenant();
            int old = Retention.BATCH_MAX + 5;
            act(world, one, old);
            act(world, other, 3);
            world.clock.advance(Duration.ofDays(31));
            act(world, one, 7);
            Retention retention =
                    new Retention(
                            world.here.store(),
                            world.clock,
                            Duration.ofDays(30),
                            Duration.ofDays(30));

            long removed = retention.purge(one.id(), World.ACTOR);

            assertThat(removed).isGreaterThanOrEqualTo(3L * old - 7);
            assertThat(counts(world, one)).containsExactly(7L, 7L, 7L);
            assertThat(counts(world, other)).containsExactly(3L, 3L, 3L);
            assertThat(retention.purge(one.id(), World.ACTOR)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void zeroIsForEver(EachDatabase database) {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            act(world, tenant, 2);
            world.clock.advance(Duration.ofDays(10_000));
            new Retention(world.here.store(), world.clock, Duration.ZERO, Duration.ZERO)
                    .purge(tenant.id(), World.ACTOR);
            assertThat(counts(world, tenant)).containsExactly(2L, 2L, 0L);
        }
    }
}
