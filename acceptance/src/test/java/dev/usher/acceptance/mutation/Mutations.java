package dev.usher.acceptance.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.proxy.Line;
import dev.usher.acceptance.proxy.OperationList;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * For each operation that works, and each version that has it: the proxy refuses this one
 * operation, and at least one of the tests that prove it must turn red.
 *
 * <p>{@code mvn test -Dtest=Mutations -Dmutate=all}; any other value takes the lines that contain
 * it.
 */
class Mutations {

    private static final String CHOICE = System.getProperty("mutate", "all");

    @Test
    void everyRefusedOperationIsNoticed() {
        List<Line> lines =
                OperationList.read(Path.of(System.getProperty("usher.root"))).working().stream()
                        .filter(line -> CHOICE.equals("all") || line.toString().contains(CHOICE))
                        .toList();
        assertThat(lines).isNotEmpty();
        try (LauncherSession session = LauncherFactory.openSession()) {
            ProvingTests tests = new ProvingTests(session.getLauncher());
            List<String> red =
                    lines.stream()
                            .flatMap(line -> tests.of(line.operation()).stream())
                            .distinct()
                            .filter(test -> !tests.passes(test, ""))
                            .map(Method::toString)
                            .toList();
            assertThat(red).as("tests that are red without any mutation").isEmpty();

            List<String> survivors = new ArrayList<>();
            for (Line line : lines) {
                boolean survives =
                        tests.of(line.operation()).stream()
                                .allMatch(test -> tests.passes(test, line.toString()));
                System.out.printf("mutation: %s %s%n", survives ? "SURVIVES" : "noticed", line);
                if (survives) {
                    survivors.add(line.toString());
                }
            }
            System.out.printf("mutation: %d lines, %d survivors%n", lines.size(), survivors.size());
            assertThat(survivors).isEmpty();
        }
    }
}
