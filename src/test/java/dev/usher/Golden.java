package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with a file under version control; {@code -Dgolden.update=true} rewrites it. */
public final class Golden {

    private Golden() {}

    /** The file {@code src/test/resources/golden/NAME}. */
    public static void compare(String name, String actual) {
        compare(Path.of("src/test/resources/golden", name), actual);
    }

    /** Any file of the project, by its path from the root. */
    public static void compare(Path file, String actual) {
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, actual);
            }
            assertThat(file).exists();
            assertThat(actual)
                    .as("%s (-Dgolden.update=true rewrites it)", file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
