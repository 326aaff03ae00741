package dev.usher.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that opens the database. */
final class DatabaseOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A YAML file of settings; other options overrule it.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory of the data (default: data).")
    private @Nullable String data;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "jdbc:postgresql://HOST/NAME or jdbc:sqlite:FILE (default: a SQLite file in"
                            + " the data directory).")
    private @Nullable String database;

    @Option(
            names = "--database-user",
            paramLabel = "NAME",
            description = "Its password comes from USHER_DATABASE_PASSWORD or the file.")
    private @Nullable String databaseUser;

    @Option(
            names = "--master-key-file",
            paramLabel = "FILE",
            description = "32 bytes, as base64 or hexadecimal digits; or USHER_MASTER_KEY.")
    private @Nullable String masterKeyFile;

    /** Where the command writes its results. */
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Where it writes what is not a result. */
    PrintWriter err() {
        return command.commandLine().getErr();
    }

    @Nullable Path config() {
        return config;
    }

    void flags(Map<String, List<String>> into) {
        put(into, "data", data);
        put(into, "database", database);
        put(into, "database-user", databaseUser);
        put(into, "master-key-file", masterKeyFile);
    }

    static void put(Map<String, List<String>> into, String key, @Nullable Object value) {
        if (value != null) {
            into.put(key, List.of(value.toString()));
        }
    }
}
