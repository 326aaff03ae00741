package dev.usher.house;

import java.nio.file.Path;
import java.util.List;

/** The operation list: what Microsoft Graph publishes for this family of resources. */
final class Operations {

    /**
     * One line of the list.
     *
     * @param version {@code v1.0}, {@code beta} or {@code both}
     * @param permission the least privileged delegated permission
     * @param status what a success answers
     */
    record Operation(
            String version,
            String method,
            String path,
            String title,
            String permission,
            String personal,
            String applicationPermission,
            String status) {

        /** As a test names it. */
        String name() {
            return method + " " + path;
        }
    }

    private static final Path LIST = Path.of("src/main/resources/operations.tsv");

    private Operations() {}

    static List<Operation> all() {
        return SourceTree.text(LIST).lines().skip(1).map(Operations::parse).toList();
    }

    private static Operation parse(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != 8) {
            throw new IllegalArgumentException("not eight columns: " + line);
        }
        return new Operation(
                cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
    }
}
