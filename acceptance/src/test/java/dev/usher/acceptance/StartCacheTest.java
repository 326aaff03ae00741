package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Distribution.Finished;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start-up cache never decides what runs: the Java machine would run the old classes of a jar
 * that was replaced behind a cache.
 */
class StartCacheTest {

    private static final Map<String, String> PLAIN =
            Map.of("USHER_JAVA_OPTS", "", "USHER_START_CACHE", "on");

    @TempDir Path dir;

    private Path home;

    @BeforeEach
    void copyDistribution() throws IOException {
        home = dir.resolve("usher");
        Path from = Distribution.home();
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                if (!path.startsWith(from.resolve("cache"))) {
                    Files.copy(
                            path,
                            home.resolve(from.relativize(path).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private Finished usher(String... arguments) {
        String launcher = home.resolve("bin/usher").toString();
        return Distribution.run(
                Stream.concat(Stream.of(launcher), Stream.of(arguments)).toList(), PLAIN);
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }

    @Test
    void aReplacedJarRunsAtOnce() throws IOException {
        Finished prepared = usher("prepare");
        assertThat(prepared.exit()).as("%s", prepared).isZero();
        assertThat(caches()).hasSize(1);
        assertThat(usher("version").out()).startsWith("usher ");

        replaceMain();

        Finished replaced = usher("version");
        assertThat(replaced.out()).isEqualTo("the new code\n");
        assertThat(replaced.err()).isEmpty();
    }

    /** The whole file is spoilt, so that no check of a part can pass. */
    @Test
    void aMissingOrSpoiltCacheIsNoError() throws IOException {
        Finished without = usher("version");
        assertThat(without.exit()).as("%s", without).isZero();
        assertThat(without.err()).isEmpty();
        assertThat(usher("prepare").exit()).isZero();
        Path cache = caches().getFirst();
        Files.writeString(cache, "no cache ".repeat(1000));

        Finished spoilt = usher("version");
        assertThat(spoilt.exit()).as("%s", spoilt).isZero();
        assertThat(spoilt.out()).startsWith("usher ");
        assertThat(spoilt.err()).isEmpty();
    }

    /** Puts another {@code Main} into the distribution's jar, as an upgrade does. */
    private void replaceMain() throws IOException {
        Path source = dir.resolve("dev/usher/Main.java");
        Files.createDirectories(source.getParent());
        Files.writeString(
                source,
                """
                package dev.usher;

                class Main {
                    public static void main(String[] arguments) {
                        System.out.println("the new code");
                    }
                }
                """);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(InputStream.nullInputStream(), null, null, source.toString()))
                .isZero();
        Path old = ownJar();
        Path changed = dir.resolve("changed.jar");
        Files.copy(old, changed);
        try (FileSystem jar =
                FileSystems.newFileSystem(
                        URI.create("jar:" + changed.toUri()), Map.<String, Object>of())) {
            Files.copy(
                    source.resolveSibling("Main.class"),
                    jar.getPath("dev/usher/Main.class"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setLastModifiedTime(changed, Files.getLastModifiedTime(old));
        Files.move(changed, old, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path ownJar() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("usher"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
