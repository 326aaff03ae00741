package dev.usher.store;

import static dev.usher.store.Samples.ACTOR;
import static dev.usher.store.Samples.FLOW;
import static dev.usher.store.Samples.PROVIDER;
import static dev.usher.store.Samples.TENANT;
import static dev.usher.store.Samples.entity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many writers at once: nothing lost, nothing shared, no dangling link. */
@Timeout(120)
abstract class ConcurrencyContract {

    private static final int THREADS = 16;
    private static final String LINK = "uses";

    private Store store;

    abstract StoreSettings fresh();

    @BeforeEach
    void open() {
        store = TestDatabases.open(fresh());
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Runs the task in every thread from one starting shot. */
    private static <T> List<T> together(int threads, java.util.function.IntFunction<T> task)
            throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<T> callable =
                        () -> {
                            start.await();
                            return task.apply(number);
                        };
                futures.add(pool.submit(callable));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private long count(Kind kind) {
        return store.<Long>read(TENANT, tx -> tx.count(Query.all(kind, 1)));
    }

    @Test
    void keepsEveryAcknowledgedWriteAndNoFailedOne() throws Exception {
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        int each = 40;
        together(
                THREADS,
                thread -> {
                    for (int i = 0; i < each; i++) {
                        String id = thread + "-" + i;
                        boolean fails = i % 4 == 3;
                        try {
                            Entity stored =
                                    store.write(
                                            TENANT,
                                            ACTOR,
                                            tx -> {
                                                Entity entity = tx.insert(FLOW, entity(FLOW, id));
                                                if (fails) {
                                                    throw new UnsupportedOperationException();
                                                }
                                                return entity;
                                            });
                            acknowledged.put(id, stored.version());
                        } catch (UnsupportedOperationException e) {
                            assertThat(fails).isTrue();
                        }
                        assertThat(store.read(TENANT, tx -> tx.find(FLOW, "", id)).isPresent())
                                .isEqualTo(!fails);
                    }
                    return true;
                });
        assertThat(acknowledged).hasSize(THREADS * each * 3 / 4);
        assertThat(count(FLOW)).isEqualTo(acknowledged.size());
        acknowledged.forEach((id, version) ->
                assertThat(store.read(TENANT, tx -> tx.find(FLOW, "", id)).orElseThrow().version())
                        .isEqualTo(version));
    }

    @Test
    void oneOfManyCreatesTheSameKey() throws Exception {
        List<Boolean> won =
                together(
                        THREADS,
                        thread -> {
                            try {
                                store.write(
                                        TENANT, ACTOR, tx -> tx.insert(FLOW, entity(FLOW, "same")));
                                return true;
                            } catch (WriteTx.DuplicateKey e) {
                                return false;
                            }
                        });
        assertThat(won).containsOnlyOnce(true);
        assertThat(count(FLOW)).isEqualTo(1);
    }

    @Test
    void lockedUpdatesAreNotLost() throws Exception {
        store.write(TENANT, ACTOR, tx -> tx.insert(FLOW, entity(FLOW, "counter")));
        together(
                THREADS,
                thread -> {
                    for (int i = 0; i < 10; i++) {
                        store.write(TENANT, ACTOR, ConcurrencyContract::increment);
                    }
                    return true;
                });
        Entity counter = store.read(TENANT, tx -> tx.find(FLOW, "", "counter")).orElseThrow();
        assertThat(counter.properties().get("count").intValue()).isEqualTo(THREADS * 10);
    }

    private static Entity increment(WriteTx tx) {
        Entity counter = tx.lock(FLOW, "", "counter").orElseThrow();
        int count = counter.properties().path("count").asInt(0);
        counter.properties().put("count", count + 1);
        return tx.replace(FLOW, counter);
    }

    @Test
    void locksTakenCrosswiseEndWell() throws Exception {
        for (String id : List.of("a", "b")) {
            store.write(TENANT, ACTOR, tx -> tx.insert(FLOW, entity(FLOW, id)));
        }
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        List<Boolean> done =
                together(
                        2,
                        thread ->
                                store.write(
                                        TENANT,
                                        ACTOR,
                                        tx -> {
                                            tx.lock(FLOW, "", thread == 0 ? "a" : "b");
                                            bothHoldOne.countDown();
                                            meet(bothHoldOne);
                                            return tx.lock(FLOW, "", thread == 0 ? "b" : "a")
                                                    .isPresent();
                                        }));
        assertThat(done).containsExactly(true, true);
    }

    /** Waits for the other writer where there can be two at a time. */
    void meet(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTargetIsNotDeletedUnderALink() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = "p" + round;
            store.write(TENANT, ACTOR, tx -> tx.insert(FLOW, entity(FLOW, id)));
            store.write(TENANT, ACTOR, tx -> tx.insert(PROVIDER, entity(PROVIDER, id)));
            together(2, thread -> thread == 0 ? linkTo(id) : deleteUnlessLinked(id));
            boolean linked =
                    store.<Boolean>read(
                            TENANT, tx -> tx.linked(LINK, "userFlow", id, "identityProvider", id));
            boolean there =
                    store.<Boolean>read(TENANT, tx -> tx.find(PROVIDER, "", id).isPresent());
            assertThat(linked).isEqualTo(there);
        }
    }

    private boolean linkTo(String id) {
        try {
            return store.write(
                    TENANT,
                    ACTOR,
                    tx -> {
                        tx.lock(FLOW, "", id);
                        return tx.link(LINK, "userFlow", id, "identityProvider", id);
                    });
        } catch (WriteTx.NoTarget e) {
            return false;
        }
    }

    private boolean deleteUnlessLinked(String id) {
        return store.write(
                TENANT,
                ACTOR,
                tx -> {
                    Entity provider = tx.lock(PROVIDER, "", id).orElseThrow();
                    if (!tx.incoming("identityProvider", id, 1).isEmpty()) {
                        return false;
                    }
                    tx.delete(PROVIDER, provider);
                    return true;
                });
    }

    @Test
    void aFailedStatementFailsItsOwnCallerOnly() throws Exception {
        List<Boolean> done =
                together(
                        THREADS,
                        thread -> {
                            boolean broken = thread % 2 == 0;
                            String table = broken ? "no_such_table" : "document";
                            try {
                                store.write(
                                        TENANT,
                                        ACTOR,
                                        tx -> {
                                            tx.insert(FLOW, entity(FLOW, "t" + thread));
                                            return tx.sql(
                                                            "select 1 from "
                                                                    + table
                                                                    + " where tenant_id = :tenant")
                                                    .list(row -> 1);
                                        });
                                return true;
                            } catch (StoreFailure e) {
                                assertThat(broken).isTrue();
                                return false;
                            }
                        });
        assertThat(done).containsOnly(true, false);
        assertThat(count(FLOW)).isEqualTo(THREADS / 2);
    }

    @Test
    void aWriteInsideAWriteIsRefused() {
        store.write(TENANT, ACTOR, tx -> tx.insert(FLOW, entity(FLOW, "outer")));
        assertThat(count(FLOW)).isEqualTo(1);
        assertThatThrownBy(() ->
                        store.write(
                                TENANT,
                                ACTOR,
                                tx ->
                                        store.write(
                                                TENANT,
                                                ACTOR,
                                                inner ->
                                                        inner.insert(FLOW, entity(FLOW, "inner")))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(count(FLOW)).isEqualTo(1);
    }
}
