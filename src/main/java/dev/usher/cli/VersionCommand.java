package dev.usher.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code usher version}. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Override
    public void run() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        PrintWriter out = command.commandLine().getOut();
        out.println(
                "usher "
                        + (version == null ? "from source" : version)
                        + " on Java "
                        + Runtime.version());
    }
}
