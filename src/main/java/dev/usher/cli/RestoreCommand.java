package dev.usher.cli;

import dev.usher.config.Config;
import dev.usher.store.Backups;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher restore}: fills an empty database, and says whether the master key is its own. */
@Command(
        name = "restore",
        description = "Fill an empty database from a file that backup wrote.",
        sortOptions = false)
final class RestoreCommand implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE",
            description = "What backup wrote.")
    @SuppressWarnings("NullAway.Init") // required
    private Path from;

    @Override
    public Integer call() {
        Config config = Administration.config(database);
        Backups.restore(Administration.store(config), from);
        int tenants = Administration.with(database, services -> services.tenants().list().size());
        database.out().println("The database is restored; it has " + tenants + " tenants.");
        return 0;
    }
}
