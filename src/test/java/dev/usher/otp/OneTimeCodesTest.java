package dev.usher.otp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.otp.OneTimeCodes.Check;
import dev.usher.store.Store;
import dev.usher.tenant.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever guesses gets so many tries, however many guess at once and wherever they ask. */
class OneTimeCodesTest {

    private static final int AT_ONCE = 50;
    private static final String ADDRESS = "ann@example.com";

    /** All at the same time; in turns by one process and another on the same database. */
    private static <T> List<T> atOnce(World world, IntFunction<OnStore<T>> work) throws Exception {
        List<Store> nodes = List.of(world.here.store(), world.node().store());
        CyclicBarrier start = new CyclicBarrier(AT_ONCE);
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<T>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                OnStore<T> each = work.apply(i);
                Store node = nodes.get(i % nodes.size());
                all.add(() -> {
                    start.await();
                    return each.on(node);
                });
            }
            for (Future<T> answer : threads.invokeAll(all)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private interface OnStore<T> {
        T on(Store store);
    }

    private static Optional<String> issue(
            Store store, OneTimeCodes codes, Tenant tenant, String journey, String address) {
        return store.write(tenant.id(), World.ACTOR, tx -> codes.issue(tx, journey, address));
    }

    private static Check check(
            Store store, OneTimeCodes codes, Tenant tenant, String journey, String code) {
        return store.write(tenant.id(), World.ACTOR, tx -> codes.check(tx, journey, ADDRESS, code));
    }

    @ParameterizedTest
    @EnumSource
    void guessesAtOnceAreNoMoreThanGuessesInARow(EachDatabase database) throws Exception {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            OneTimeCodes codes = new OneTimeCodes(world.ids);
            String right = issue(world.here.store(), codes, tenant, "j1", ADDRESS).orElseThrow();
            int number = Integer.parseInt(right);

            List<Check> guesses =
                    atOnce(
                            world,
                            i -> {
                                String wrong = "%06d".formatted((number + 1 + i) % 1_000_000);
                                return store -> check(store, codes, tenant, "j1", wrong);
                            });

            assertThat(guesses).containsOnly(Check.WRONG, Check.SPOILED);
            assertThat(guesses).filteredOn(Check.WRONG::equals).hasSize(OneTimeCodes.TRIES_MAX - 1);
            assertThat(check(world.here.store(), codes, tenant, "j1", right))
                    .isEqualTo(Check.SPOILED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRightCodeIsGoodOnce(EachDatabase database) throws Exception {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            OneTimeCodes codes = new OneTimeCodes(world.ids);
            String right = issue(world.here.store(), codes, tenant, "j1", ADDRESS).orElseThrow();
            assertThat(atOnce(world, _ -> store -> check(store, codes, tenant, "j1", right)))
                    .filteredOn(Check.RIGHT::equals)
                    .hasSize(1);
        }
    }

    /** New journeys are no way to more codes, and so to more guesses. */
    @ParameterizedTest
    @EnumSource
    void anAddressGetsSoManyCodesWhoeverAsks(EachDatabase database) throws Exception {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            OneTimeCodes codes = new OneTimeCodes(world.ids);
            List<Optional<String>> sent =
                    atOnce(
                            world,
                            i -> {
                                String spelled = i % 3 == 0 ? ADDRESS : "ANN@Example.com";
                                return store -> issue(store, codes, tenant, "j" + i, spelled);
                            });
            assertThat(sent).filteredOn(Optional::isPresent).hasSize(OneTimeCodes.CODES_MAX);
            world.clock.advance(OneTimeCodes.WINDOW.minus(Duration.ofSeconds(1)));
            assertThat(issue(world.here.store(), codes, tenant, "late", ADDRESS)).isEmpty();
            world.clock.advance(Duration.ofSeconds(2));
            assertThat(issue(world.here.store(), codes, tenant, "later", ADDRESS)).isPresent();
        }
    }

    /** A journey that asks twice at once has one code, and the person one mail. */
    @ParameterizedTest
    @EnumSource
    void askingTwiceAtOnceIsAskingOnce(EachDatabase database) throws Exception {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            OneTimeCodes codes = new OneTimeCodes(world.ids);
            assertThat(atOnce(world, _ -> store -> issue(store, codes, tenant, "j1", ADDRESS)))
                    .filteredOn(Optional::isPresent)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCodeIsBoundToItsJourneyAndItsAddress(EachDatabase database) {
        try (World world = new World(database.fresh())) {
            Tenant tenant = world.tenant();
            Store store = world.here.store();
            OneTimeCodes codes = new OneTimeCodes(world.ids);
            String one = issue(store, codes, tenant, "j1", ADDRESS).orElseThrow();
            String two = issue(store, codes, tenant, "j2", ADDRESS).orElseThrow();
            String other = issue(store, codes, tenant, "j1", "bob@example.com").orElseThrow();
            if (!one.equals(two)) {
                assertThat(check(store, codes, tenant, "j2", one)).isEqualTo(Check.WRONG);
            }
            if (!one.equals(other)) {
                assertThat(check(store, codes, tenant, "j1", other)).isEqualTo(Check.WRONG);
            }
            assertThat(check(store, codes, world.tenant(), "j1", one)).isEqualTo(Check.EXPIRED);
            assertThat(check(store, codes, tenant, "j1", one)).isEqualTo(Check.RIGHT);
        }
    }
}
