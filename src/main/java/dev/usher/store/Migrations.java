package dev.usher.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the schema of a database up to date. */
final class Migrations {

    /** The newest migration in both dialects' folders. */
    static final int NEWEST = 14;

    /** Every migration there; 4, 5 and 12 were never given out. */
    static final Set<Integer> VERSIONS = Set.of(1, 2, 3, 6, 7, 8, 9, 10, 11, 13, NEWEST);

    private Migrations() {}

    /**
     * Does nothing if the history says that the schema is this program's: Flyway, which compares
     * every script, takes a good part of a start to say the same.
     *
     * @throws NewerSchema if the database is ahead of this program
     * @throws StoreFailure if it cannot be migrated
     */
    static void run(StoreSettings settings, Dialect dialect) {
        if (!current(settings)) {
            migrate(settings, dialect, "latest");
        }
    }

    /** Anything but a plain yes, such as no history at all, is left to Flyway. */
    static boolean current(StoreSettings settings) {
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement();
                ResultSet done =
                        statement.executeQuery(
                                "select version, success from flyway_schema_history")) {
            Set<Integer> applied = new HashSet<>();
            while (done.next()) {
                if (!done.getBoolean("success")) {
                    return false;
                }
                String version = done.getString("version");
                if (version != null) {
                    applied.add(Integer.parseInt(version));
                }
            }
            return applied.equals(VERSIONS);
        } catch (SQLException | NumberFormatException unclear) {
            return false;
        }
    }

    /**
     * @param target the version to stop at, or {@code latest}
     */
    static void migrate(StoreSettings settings, Dialect dialect, String target) {
        Flyway flyway =
                Flyway.configure()
                        .dataSource(settings.url(), settings.user(), settings.password())
                        .locations("classpath:" + dialect.folder())
                        .validateMigrationNaming(true)
                        .callbacks(new WordsOfPeople())
                        .target(target)
                        .load();
        try {
            MigrationInfo[] all = flyway.info().all();
            Optional<MigrationVersion> known = newest(all, true);
            Optional<MigrationVersion> found = newest(flyway.info().applied(), false);
            if (known.isPresent() && found.isPresent() && found.get().compareTo(known.get()) > 0) {
                throw new NewerSchema(found.get().toString(), known.get().toString());
            }
            refuseGaps(all, settings);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StoreFailure("cannot migrate " + settings + ": " + e.getMessage(), e);
        }
    }

    /** A migration that was passed over would never run, and those behind it counted on it. */
    private static void refuseGaps(MigrationInfo[] all, StoreSettings settings) {
        String missing =
                Arrays.stream(all)
                        .filter(info -> info.getState() == MigrationState.IGNORED)
                        .map(info -> String.valueOf(info.getVersion()))
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new StoreFailure(
                    "cannot migrate "
                            + settings
                            + ": later migrations have run, but not "
                            + missing
                            + "; restore a backup");
        }
    }

    private static Optional<MigrationVersion> newest(MigrationInfo[] all, boolean resolved) {
        return Arrays.stream(all)
                .filter(info -> !resolved || info.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .filter(version -> version != null)
                .max(Comparator.naturalOrder());
    }
}
