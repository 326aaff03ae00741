package dev.usher.cli;

import dev.usher.config.Config;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program as the shell sees it: exit 0 for success, 1 for failure, 2 for wrong usage. */
@Command(name = "usher", description = "Microsoft's user flows on your own machine.")
public final class UsherCommand implements Runnable {

    private static final int CAUSES_MAX = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    /** Runs the command that the arguments name; returns the exit code. */
    public static int run(String... arguments) {
        return line(arguments).execute(arguments);
    }

    /** The line with the command that the arguments name, or with all of them if they name none. */
    static CommandLine line(String... arguments) {
        CommandLine line = new CommandLine(new UsherCommand());
        Map<String, Supplier<Object>> commands = commands();
        Supplier<Object> named = arguments.length == 0 ? null : commands.get(arguments[0]);
        (named == null ? commands.values() : List.of(named))
                .forEach(command -> line.addSubcommand(command.get()));
        if (named == null) {
            line.addSubcommand(new CommandLine.HelpCommand());
        }
        line.setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
        return line;
    }

    /** Made when they are called for: to read the options of all takes a part of each start. */
    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("dev", DevCommand::new);
        commands.put("serve", ServeCommand::new);
        commands.put("tenant", TenantCommand::new);
        commands.put("key", KeyCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("load-test-data", LoadTestDataCommand::new);
        commands.put("version", VersionCommand::new);
        return commands;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Sentences instead of a stack trace: what failed, and why, cause by cause. */
    private static int explain(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        String said = reason(failure);
        err.println("usher: " + said);
        int depth = 0;
        for (Throwable cause = failure.getCause();
                cause != null && depth < CAUSES_MAX && !(failure instanceof Config.Invalid);
                cause = cause.getCause()) {
            if (!said.contains(reason(cause))) {
                said = reason(cause);
                err.println("  because: " + said);
            }
            depth++;
        }
        err.flush();
        return failure instanceof Config.Invalid
                ? CommandLine.ExitCode.USAGE
                : CommandLine.ExitCode.SOFTWARE;
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : message;
    }
}
