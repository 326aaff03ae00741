package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.ids.TenantId;
import dev.usher.oauth.EachDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Backups that are taken under load hold what was true at one moment. */
class BackupTest {

    private static final int WRITERS = 3;
    private static final TenantId TENANT = TenantId.of("11111111-1111-4111-8111-111111111111");
    private static final Actor ACTOR = new Actor("test", null, "request");
    private static final Kind LEFT = new Kind("left", null, Map.of(), Set.of());
    private static final Kind RIGHT = new Kind("right", null, Map.of(), Set.of());

    @TempDir Path folder;

    private static Entity entity(Kind kind, String id) {
        return new Entity(
                kind.name(),
                "",
                id,
                "sample." + kind.name(),
                0,
                JsonNodeFactory.instance.objectNode().put("text", "\u00e4\t\n\\" + id));
    }

    /** Each transaction adds one of either kind. */
    private static void write(Store store, int writer, int number) {
        String id = "w%d-%06d".formatted(writer, number);
        store.write(
                TENANT,
                ACTOR,
                tx -> {
                    tx.insert(LEFT, entity(LEFT, id));
                    return tx.insert(RIGHT, entity(RIGHT, id));
                });
    }

    private static List<String> ids(Store store, String kind) {
        return store.read(
                TENANT,
                tx ->
                        tx.sql(
                                        "select entity_id from document where tenant_id = :tenant"
                                                + " and kind = :kind order by entity_id")
                                .bind("kind", kind)
                                .list(row -> row.text("entity_id")));
    }

    private static List<String> audited(Store store) {
        return store.read(
                TENANT,
                tx ->
                        tx.sql(
                                        "select entity_key from audit where tenant_id = :tenant"
                                                + " and kind = 'left' order by entity_key")
                                .list(row -> row.text("entity_key")));
    }

    @ParameterizedTest
    @EnumSource
    void aBackupUnderLoadIsOfOneMoment(EachDatabase database) throws Exception {
        StoreSettings from = database.fresh();
        Path file = folder.resolve("backup");
        int before;
        try (Store store = TestDatabases.open(from);
                ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
            AtomicBoolean go = new AtomicBoolean(true);
            Semaphore written = new Semaphore(0);
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                writers.add(
                        pool.submit(() -> {
                            for (int i = 0; go.get(); i++) {
                                write(store, writer, i);
                                written.release();
                            }
                        }));
            }
            written.acquire(300);
            before = ids(store, "left").size();
            Backups.save(from, file);
            written.acquire(30);
            go.set(false);
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        StoreSettings to = database.fresh();
        Backups.restore(to, file);

        try (Store restored = TestDatabases.open(to)) {
            List<String> left = ids(restored, "left");
            assertThat(left).hasSizeGreaterThanOrEqualTo(before);
            assertThat(ids(restored, "right")).isEqualTo(left);
            assertThat(audited(restored)).isEqualTo(left);
            for (int w = 0; w < WRITERS; w++) {
                List<String> own = new ArrayList<>();
                String prefix = "w" + w + "-";
                left.stream().filter(id -> id.startsWith(prefix)).forEach(own::add);
                for (int i = 0; i < own.size(); i++) {
                    assertThat(own.get(i)).isEqualTo("%s%06d".formatted(prefix, i));
                }
            }
            Entity one =
                    restored.read(TENANT, tx -> tx.find(LEFT, "", left.getFirst())).orElseThrow();
            assertThat(one.properties()).isEqualTo(entity(LEFT, one.id()).properties());
            write(restored, WRITERS, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyAnEmptyDatabaseIsFilled(EachDatabase database) {
        StoreSettings from = database.fresh();
        try (Store store = TestDatabases.open(from)) {
            write(store, 0, 0);
        }
        Path file = folder.resolve("backup");
        Backups.save(from, file);
        assertThatThrownBy(() -> Backups.save(from, file))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> Backups.restore(from, file)).isInstanceOf(StoreFailure.class);
        try (Store store = TestDatabases.open(from)) {
            assertThat(ids(store, "left")).hasSize(1);
        }
    }

    /** A database into which a part was restored is as empty as before. */
    @ParameterizedTest
    @EnumSource
    void aDamagedBackupLeavesNothing(EachDatabase database) throws IOException {
        StoreSettings from = database.fresh();
        try (Store store = TestDatabases.open(from)) {
            for (int i = 0; i < 200; i++) {
                write(store, 0, i);
            }
        }
        Path file = folder.resolve("backup");
        Backups.save(from, file);
        byte[] whole = Files.readAllBytes(file);
        for (int size : List.of(0, 10, whole.length / 2, whole.length - 9)) {
            Path cut = folder.resolve("cut" + size);
            Files.write(cut, java.util.Arrays.copyOf(whole, size));
            StoreSettings to = database.fresh();
            assertThatThrownBy(() -> Backups.restore(to, cut))
                    .as("%d of %d bytes", size, whole.length)
                    .isInstanceOf(StoreFailure.class);
            Backups.restore(to, file);
            try (Store store = TestDatabases.open(to)) {
                assertThat(ids(store, "left")).hasSize(200);
            }
        }
        Path other = folder.resolve("other");
        Files.write(other, "no backup at all".getBytes(StandardCharsets.UTF_8));
        StoreSettings to = database.fresh();
        assertThatThrownBy(() -> Backups.restore(to, other)).isInstanceOf(StoreFailure.class);
    }
}
