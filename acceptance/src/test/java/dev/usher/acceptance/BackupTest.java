package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Distribution.Finished;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server that is written to is backed up, and another one goes on from there. */
class BackupTest {

    private static final int WRITERS = 3;

    @Test
    void sqlite() throws Exception {
        backUpAndRestore(List.of(), List.of());
    }

    @Test
    void postgresql() throws Exception {
        try (Postgres postgres = new Postgres()) {
            backUpAndRestore(
                    List.of("--database", postgres.freshDatabase()),
                    List.of("--database", postgres.freshDatabase()));
        }
    }

    private static void backUpAndRestore(List<String> from, List<String> to) throws Exception {
        Path first = Distribution.workDirectory("backed-up");
        Path second = Distribution.workDirectory("restored");
        Path file = first.resolve("backup");
        List<String> before;
        try (Usher usher = Usher.start(first, from.toArray(String[]::new));
                ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
            AtomicBoolean go = new AtomicBoolean(true);
            Semaphore written = new Semaphore(0);
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                writers.add(
                        pool.submit(() -> {
                            for (int i = 0; go.get(); i++) {
                                create(usher.graph(), "w%d-%05d".formatted(writer, i));
                                written.release();
                            }
                        }));
            }
            try {
                written.acquire(50);
                before = names(usher.graph());
                command("backup", first, from, "--to", file.toString());
                written.acquire(WRITERS);
            } finally {
                go.set(false);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        copySecrets(first, second);
        command("restore", second, to, "--from", file.toString());

        try (Usher usher = Usher.start(second, to.toArray(String[]::new))) {
            List<String> after = names(usher.graph());
            assertThat(after).containsAll(before);
            for (int w = 0; w < WRITERS; w++) {
                String prefix = "w" + w + "-";
                List<String> own = after.stream().filter(each -> each.startsWith(prefix)).toList();
                for (int i = 0; i < own.size(); i++) {
                    assertThat(own.get(i)).isEqualTo("%s%05d".formatted(prefix, i));
                }
            }
            create(usher.graph(), "afterwards");
        }
    }

    private static void create(Graph graph, String name) {
        graph.post("/applications", Json.object("displayName", name, "tags", List.of("measured")))
                .expect(201);
    }

    private static List<String> names(Graph graph) {
        List<String> names = new ArrayList<>();
        Reply page = graph.get("/applications?$select=displayName&$top=999").expect(200);
        names.addAll(page.values("displayName"));
        while (page.json().has("@odata.nextLink")) {
            page = graph.get(page.json().get("@odata.nextLink").asString()).expect(200);
            names.addAll(page.values("displayName"));
        }
        return names.stream().filter(name -> name.matches("w\\d-\\d{5}")).sorted().toList();
    }

    private static void command(String name, Path data, List<String> database, String... more) {
        List<String> arguments = new ArrayList<>(List.of(name, "--data", data.toString()));
        arguments.addAll(database);
        arguments.addAll(List.of(more));
        Finished finished =
                Distribution.run(Distribution.command(arguments.toArray(String[]::new)), Map.of());
        assertThat(finished.exit()).as("%s", finished).isZero();
    }

    /** What is no part of the database: the keys that seal its secrets, and those of TLS. */
    private static void copySecrets(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("usher.db")
                        || name.equals("backup")
                        || name.equals("dev.json")) {
                    continue;
                }
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
