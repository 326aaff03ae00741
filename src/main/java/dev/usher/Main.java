package dev.usher;

import dev.usher.cli.UsherCommand;

/** Starts the command line. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(UsherCommand.run(arguments));
    }
}
