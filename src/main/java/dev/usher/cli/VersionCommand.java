package dev.usher.cli;

import picocli.CommandLine.Command;

/** {@code usher version}. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand implements Runnable {

    @Override
    public void run() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        System.out.println(
                "usher "
                        + (version == null ? "from source" : version)
                        + " on Java "
                        + Runtime.version());
    }
}
