package dev.usher.store;

import dev.usher.ids.Ids;
import dev.usher.secret.AesGcmSealer;
import dev.usher.secret.MasterKey;
import dev.usher.secret.Sealer;
import dev.usher.time.Clock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh databases for tests; one PostgreSQL server serves the whole JVM. */
public final class TestDatabases {

    private TestDatabases() {}

    /** A fresh store on SQLite. The test closes it. */
    public static Store sqlite() {
        return open(sqliteSettings());
    }

    /** A fresh store on PostgreSQL. The test closes it. */
    public static Store postgres() {
        return open(postgresSettings());
    }

    /** An empty SQLite file. */
    public static StoreSettings sqliteSettings() {
        try {
            Path folder = Files.createTempDirectory("usher-test-");
            Path file = folder.resolve("usher.db");
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Path.of(file + suffix).toFile().deleteOnExit();
            }
            folder.toFile().deleteOnExit();
            return new StoreSettings("jdbc:sqlite:" + file, null, null, 1, 4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty schema of its own, which costs far less than a database and is as apart. */
    public static StoreSettings postgresSettings() {
        String name = "usher" + Server.SCHEMAS.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String url =
                "jdbc:postgresql://localhost:%d/postgres?currentSchema=%s"
                        .formatted(Server.POSTGRES.getPort(), name);
        return new StoreSettings(url, "postgres", "postgres", 8, 4);
    }

    /** Opens a database, or opens it once more as another process would. */
    public static Store open(StoreSettings settings) {
        return open(settings, Clock.system());
    }

    public static Store open(StoreSettings settings, Clock clock) {
        return Stores.open(settings, clock, ids(), sealer(), observation -> {});
    }

    public static Ids ids() {
        return new Ids(new SecureRandom());
    }

    /** The same key each time. */
    public static Sealer sealer() {
        return new AesGcmSealer(MasterKey.of(new byte[MasterKey.LENGTH]), ids());
    }

    /** Started when first asked for; its shutdown hook stops it. */
    private static final class Server {

        static final AtomicInteger SCHEMAS = new AtomicInteger();
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
