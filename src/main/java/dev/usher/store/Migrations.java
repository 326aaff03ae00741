package dev.usher.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the schema of a database up to date. */
final class Migrations {

    private Migrations() {}

    /**
     * @throws NewerSchema if the database is ahead of this program
     * @throws StoreFailure if it cannot be migrated
     */
    static void run(StoreSettings settings, Dialect dialect) {
        Flyway flyway =
                Flyway.configure()
                        .dataSource(settings.url(), settings.user(), settings.password())
                        .locations("classpath:" + dialect.folder())
                        .validateMigrationNaming(true)
                        .load();
        try {
            MigrationInfo[] all = flyway.info().all();
            Optional<MigrationVersion> known = newest(all, true);
            Optional<MigrationVersion> found = newest(flyway.info().applied(), false);
            if (known.isPresent() && found.isPresent() && found.get().compareTo(known.get()) > 0) {
                throw new NewerSchema(found.get().toString(), known.get().toString());
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StoreFailure("cannot migrate " + settings + ": " + e.getMessage(), e);
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
