package dev.usher.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code VACUUM INTO}: one reading transaction, beside which writers go on. */
final class SqliteBackup {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private SqliteBackup() {}

    static boolean is(Path file) throws IOException {
        return Backups.begins(file, MAGIC);
    }

    static void save(StoreSettings settings, Path into) {
        if (!Files.isRegularFile(Backups.file(settings))) {
            throw new StoreFailure("there is no database " + settings);
        }
        try (Connection connection = DriverManager.getConnection(settings.url());
                PreparedStatement vacuum = connection.prepareStatement("vacuum into ?")) {
            SqliteDialect.install(connection);
            vacuum.setString(1, into.toString());
            vacuum.execute();
        } catch (SQLException failed) {
            throw new StoreFailure("backup: " + failed.getMessage(), failed);
        }
    }

    static void restore(StoreSettings settings, Path from) throws IOException {
        Path target = Backups.file(settings);
        if (Files.exists(target)) {
            throw new StoreFailure("the database " + settings + " exists already");
        }
        Path draft = Backups.draft(target);
        try {
            Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING);
            check(draft);
            Migrations.run(
                    new StoreSettings("jdbc:sqlite:" + draft, null, null, 1, 1),
                    new SqliteDialect());
            Backups.force(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
                Files.deleteIfExists(Path.of(draft + suffix));
            }
        }
    }

    private static void check(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            SqliteDialect.install(connection);
            String found = first(statement, "pragma quick_check(1)");
            first(statement, "select count(*) from flyway_schema_history");
            if (!found.equals("ok")) {
                throw new StoreFailure("the backup is damaged: " + found);
            }
        } catch (SQLException damaged) {
            throw new StoreFailure("the backup is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static String first(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }
}
