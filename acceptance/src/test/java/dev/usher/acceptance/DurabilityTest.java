package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Http;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherProcess;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What was acknowledged is there after the server was killed in the middle of its work. */
@UsherTest
class DurabilityTest {

    private static final int CLIENTS = 16;
    private static final int CREATES = 200;
    private static final String FLOWS = "/identity/b2xUserFlows";

    /** The server is killed when it has acknowledged that many of the creates. */
    private static final int KILL_AFTER_MIN = 5;

    private static int rounds() {
        return Boolean.getBoolean("long") ? 20 : 2;
    }

    @Test
    void acknowledgedFlowsSurviveOnSqlite() throws Exception {
        killAndLook(new String[0]);
    }

    @Test
    void acknowledgedFlowsSurviveOnPostgres(Postgres postgres) throws Exception {
        killAndLook("--database", postgres.freshDatabase());
    }

    private static void killAndLook(String... options) throws Exception {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        Path data = Distribution.workDirectory("durable");
        Set<String> acknowledged = new TreeSet<>();
        for (int round = 0; round < rounds(); round++) {
            String when = "seed %d, round %d".formatted(seed, round);
            int killAfter = KILL_AFTER_MIN + random.nextInt(CREATES - 2 * KILL_AFTER_MIN);
            try (Usher usher = Usher.start(data, options)) {
                assertThat(missing(usher, acknowledged)).as(when).isEmpty();
                Set<String> now = createUntilKilled(usher, round, killAfter);
                assertThat(now).as(when).hasSizeGreaterThanOrEqualTo(killAfter);
                acknowledged.addAll(now);
            }
        }
        try (Usher usher = Usher.start(data, options)) {
            assertThat(missing(usher, acknowledged)).as("seed %d, at the end", seed).isEmpty();
        }
    }

    private static Set<String> createUntilKilled(Usher usher, int round, int killAfter)
            throws Exception {
        String url = usher.json().httpUrl() + "/v1.0" + FLOWS;
        String bearer = "Bearer " + usher.tokens().of(usher.tenant(), usher.tenant().admin());
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger count = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(
                        threads.submit(() -> {
                            for (int n = next.getAndIncrement();
                                    n < CREATES;
                                    n = next.getAndIncrement()) {
                                String id = create(usher.http(), url, bearer, round, n);
                                if (id == null) {
                                    return;
                                }
                                acknowledged.add(id);
                                if (count.incrementAndGet() == killAfter) {
                                    usher.dev().kill();
                                }
                            }
                        }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        return new TreeSet<>(acknowledged);
    }

    /** The id of the created flow; null when the server is gone. */
    private static String create(Http http, String url, String bearer, int round, int n) {
        byte[] body =
                Json.write(
                                Json.object(
                                        "id",
                                        "R%dN%d".formatted(round, n),
                                        "userFlowType",
                                        "signUpOrSignIn",
                                        "userFlowTypeVersion",
                                        1))
                        .getBytes(StandardCharsets.UTF_8);
        try {
            Reply reply =
                    http.trySend(
                            "POST",
                            url,
                            body,
                            "Authorization",
                            bearer,
                            "Content-Type",
                            "application/json");
            return reply.expect(201).json().get("id").asString();
        } catch (IOException killed) {
            return null;
        }
    }

    private static Set<String> missing(Usher usher, Set<String> acknowledged) {
        Set<String> missing = new TreeSet<>(acknowledged);
        Graph graph = usher.graph();
        String url = FLOWS + "?$select=id&$top=999";
        while (url != null) {
            Reply page = graph.get(url);
            missing.removeAll(page.values("id"));
            url = page.json().path("@odata.nextLink").asString(null);
        }
        for (String id : List.copyOf(missing)) {
            if (graph.get(FLOWS + "/" + id).status() == 200) {
                throw new AssertionError(id + " can be read but is not listed");
            }
        }
        return missing;
    }

    /** On SQLite a sync lies between each request's arrival and its acknowledgement. */
    @Test
    void eachAcknowledgementFollowsASync() throws Exception {
        Path strace = Path.of("/usr/bin/strace");
        assumeTrue(Files.isExecutable(strace), "no strace here");
        Path data = Distribution.workDirectory("traced");
        Path trace = data.resolve("trace");
        List<String> wrapper =
                List.of(
                        strace.toString(),
                        "-f",
                        "-D",
                        "-e",
                        "trace=fdatasync,fsync",
                        "-o",
                        trace.toString());
        UsherProcess.Dev dev = UsherProcess.dev(wrapper, data);
        try (Usher usher = Usher.of(dev)) {
            usher.newFlow("Warm");
            for (int i = 0; i < 10; i++) {
                long before = syncs(trace);
                usher.newFlow("Traced" + i);
                assertThat(syncs(trace)).as("syncs after create %d", i).isGreaterThan(before);
            }
        }
    }

    private static long syncs(Path trace) throws IOException {
        try (var lines = Files.lines(trace)) {
            return lines.filter(line -> line.matches(".*\\bf(data)?sync\\b.*= 0.*")).count();
        }
    }
}
