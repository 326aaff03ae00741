package dev.usher.cli;

import dev.usher.config.Config;
import dev.usher.store.Backups;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher backup}: the whole database as of one moment, while servers go on using it. */
@Command(
        name = "backup",
        description = "Write the whole database, as of one moment, to a file.",
        sortOptions = false)
final class BackupCommand implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "A file that does not exist; only you will be able to read it.")
    @SuppressWarnings("NullAway.Init") // required
    private Path to;

    @Override
    public Integer call() {
        Config config = Administration.config(database);
        Backups.save(Administration.store(config), to);
        database.out().println("The database is in " + to + "; keep the master key apart from it.");
        return 0;
    }
}
