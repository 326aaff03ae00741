package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Distribution.Finished;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A program of this machine, which {@code ./check} installs where it can. */
final class Program {

    private final String name;

    private Program(String name) {
        this.name = name;
    }

    /**
     * That program. Where it is missing the test is skipped, unless {@code -Dclients=required}.
     *
     * @param files what it needs besides itself
     */
    static Program needed(String name, Path... files) {
        boolean there =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)))
                        && Arrays.stream(files).allMatch(Files::exists);
        if (System.getProperty("clients", "").equals("required")) {
            assertThat(there).as("%s is installed, with %s", name, List.of(files)).isTrue();
        }
        assumeThat(there).as("%s is installed, with %s", name, List.of(files)).isTrue();
        return new Program(name);
    }

    /** Runs it to its end. */
    Finished run(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        return Distribution.run(command, environment);
    }
}
