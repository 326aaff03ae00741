package dev.usher.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usher migrate}: brings the database to this version's schema, and no more. */
@Command(
        name = "migrate",
        description = "Bring the database to the schema of this version.",
        sortOptions = false)
final class MigrateCommand implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() {
        return Administration.with(
                database,
                _ -> {
                    database.out().println("The database has the schema of this version.");
                    return 0;
                });
    }
}
