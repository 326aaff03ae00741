package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution.Finished;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, driven by the programs in {@code acceptance/node}. */
final class Chromium {

    private static final Path NODE =
            Path.of(System.getProperty("usher.root"), "acceptance", "node");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private Chromium() {}

    /** What the program printed; it has to end well. */
    static String run(String program, Map<String, String> environment, String... arguments) {
        Program node =
                Program.needed("node", NODE.resolve("node_modules/playwright-core"), CHROMIUM);
        Map<String, String> all = new HashMap<>(environment);
        all.put("USHER_CHROMIUM", CHROMIUM.toString());
        List<String> command = new ArrayList<>(List.of(NODE.resolve(program).toString()));
        command.addAll(List.of(arguments));
        Finished finished = node.run(all, command.toArray(String[]::new));
        assertThat(finished.exit()).as(finished.err()).isZero();
        return finished.out();
    }
}
