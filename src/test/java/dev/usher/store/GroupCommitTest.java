package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers that queue while another one works share its commit. */
@Timeout(60)
class GroupCommitTest {

    /** An orphan is found at the commit, which then fails as it would on a full disk. */
    private static final String ORPHAN =
            "insert into tenant_domain (domain, tenant_id) values ('orphan', 'nobody')";

    private StoreSettings settings;
    private SqliteEngine engine;
    private ExecutorService threads;

    @BeforeEach
    void open() {
        settings = TestDatabases.sqliteSettings();
        TestDatabases.open(settings).close();
        engine = new SqliteEngine(settings);
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void close() {
        threads.close();
        engine.close();
    }

    private static int insert(Session session, String tenant) {
        return session.update(
                "insert into tenant (tenant_id, kind, display_name, state, created_at)"
                        + " values (?, 'b2c', 'n', 'active', 0)",
                List.of(tenant));
    }

    private List<String> tenants() {
        return engine.read(session ->
                session.list(
                        "select tenant_id from tenant order by tenant_id",
                        List.of(),
                        row -> row.getString(1)));
    }

    /** Starts one writer, lets the others queue behind it, then lets it go on. */
    private List<Future<Integer>> group(List<java.util.function.Function<Session, Integer>> works)
            throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Future<Integer>> results = new ArrayList<>();
        results.add(
                threads.submit(() ->
                        engine.write(session -> {
                            entered.countDown();
                            await(goOn);
                            return works.getFirst().apply(session);
                        })));
        entered.await();
        for (var work : works.subList(1, works.size())) {
            int before = engine.waiting();
            results.add(threads.submit(() -> engine.write(work)));
            while (engine.waiting() == before) {
                Thread.onSpinWait();
            }
        }
        assertThat(results).noneMatch(Future::isDone);
        goOn.countDown();
        return results;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailedCommitFailsTheWholeGroup() throws Exception {
        List<Future<Integer>> results =
                group(
                        List.of(
                                session -> insert(session, "a"),
                                session -> {
                                    session.control("pragma defer_foreign_keys = on");
                                    return session.update(ORPHAN, List.of());
                                },
                                session -> insert(session, "b")));
        for (Future<Integer> result : results) {
            assertThatThrownBy(result::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreFailure.class)
                    .hasMessageContaining("nothing was committed");
        }
        assertThat(tenants()).isEmpty();
        int after = engine.write(session -> insert(session, "c"));
        assertThat(after).isEqualTo(1);
        assertThat(tenants()).containsExactly("c");
    }

    @Test
    void aUnitThatFailsAloneWritesNothing() throws Exception {
        try (Connection other = DriverManager.getConnection(settings.url())) {
            long before = dataVersion(other);
            assertThatThrownBy(() ->
                            engine.write(session -> {
                                insert(session, "a");
                                throw new IllegalArgumentException("refused");
                            }))
                    .hasMessage("refused");
            assertThat(dataVersion(other)).isEqualTo(before);
            int after = engine.write(session -> insert(session, "b"));
            assertThat(after).isEqualTo(1);
            assertThat(dataVersion(other)).isNotEqualTo(before);
        }
        assertThat(tenants()).containsExactly("b");
    }

    /** Changes whenever another connection has written to the file. */
    private static long dataVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("pragma data_version")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aFailedUnitLeavesTheGroupAlone() throws Exception {
        List<Future<Integer>> results =
                group(
                        List.of(
                                session -> insert(session, "a"),
                                session -> {
                                    insert(session, "lost");
                                    throw new UnsupportedOperationException("mine");
                                },
                                session -> session.update(ORPHAN, List.of()),
                                session -> insert(session, "b")));
        assertThat(results.get(0).get()).isEqualTo(1);
        assertThatThrownBy(results.get(1)::get)
                .hasCauseInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(results.get(2)::get).hasCauseInstanceOf(StoreFailure.class);
        assertThat(results.get(3).get()).isEqualTo(1);
        assertThat(tenants()).containsExactly("a", "b");
    }

    @Test
    void aLongQueueIsServedInSeveralGroups() throws Exception {
        List<java.util.function.Function<Session, Integer>> works = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < SqliteEngine.GROUP_MAX * 2 + 1; i++) {
            String id = "t%03d".formatted(i);
            expected.add(id);
            works.add(session -> insert(session, id));
        }
        for (Future<Integer> result : group(works)) {
            assertThat(result.get()).isEqualTo(1);
        }
        assertThat(tenants()).isEqualTo(expected);
    }

    @Test
    void aPingInTheQueueDoesNotStrandTheGroup() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<Integer> writer =
                threads.submit(() ->
                        engine.write(session -> {
                            entered.countDown();
                            await(goOn);
                            return insert(session, "a");
                        }));
        entered.await();
        Future<?> ping = threads.submit(engine::ping);
        while (engine.waiting() == 0) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        assertThat(writer.get()).isEqualTo(1);
        ping.get();
    }
}
