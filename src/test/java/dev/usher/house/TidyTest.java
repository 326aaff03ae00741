package dev.usher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of STYLE.md that a text can show. */
class TidyTest {

    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PACKAGE_INFO_LINES_MAX = 10;

    /** Written in two halves, so that this file keeps its own rules. */
    private static final List<Pattern> UNWANTED =
            List.of(
                    Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|(?<!\")XX" + "X(?!\")"),
                    Pattern.compile("(?<![\\w.}-])/wo" + "rk/|/ro" + "ot/|/home/\\w"),
                    Pattern.compile(
                            "repo1?\\.(mav"
                                    + "en|apa"
                                    + "che)|registry\\.np"
                                    + "mjs|py"
                                    + "pi\\.org"),
                    Pattern.compile("Thread\\.sl" + "eep"),
                    Pattern.compile("@Dis" + "abled"));

    private static final Pattern TRAILING = Pattern.compile("[ \\t]+$", Pattern.MULTILINE);

    @Test
    void filesAreShort() {
        assertThat(SourceTree.java())
                .hasSizeGreaterThan(50)
                .filteredOn(file -> SourceTree.text(file).lines().count() > FILE_LINES_MAX)
                .isEmpty();
    }

    @Test
    void methodsAreShort() {
        List<SourceTree.Method> all = new ArrayList<>();
        SourceTree.java().forEach(f -> all.addAll(SourceTree.methods(f, SourceTree.text(f))));
        assertThat(all)
                .hasSizeGreaterThan(300)
                .filteredOn(method -> method.lines() > METHOD_LINES_MAX)
                .isEmpty();
    }

    @Test
    void methodsAreCountedAsTheyStand() {
        String text =
                """
                class A {
                    /** Not counted. */
                    @Override
                    void three() {}

                    record B() {
                        int two() {
                            return 2; }
                    }
                }
                """;
        assertThat(SourceTree.methods(Path.of("A.java"), text))
                .extracting(SourceTree.Method::name, SourceTree.Method::lines)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("three", 2),
                        org.assertj.core.groups.Tuple.tuple("two", 2));
    }

    @Test
    void nothingUnwantedIsWritten() {
        List<String> found = new ArrayList<>();
        for (Path file : SourceTree.files()) {
            String text = SourceTree.text(file);
            for (Pattern unwanted : UNWANTED) {
                Matcher matcher = unwanted.matcher(text);
                if (matcher.find()) {
                    found.add(file + ": " + matcher.group());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void whiteSpaceIsPlain() {
        assertThat(SourceTree.files())
                .filteredOn(file -> !file.toString().matches(".*\\.(tsv|http)"))
                .filteredOn(file -> untidy(SourceTree.text(file)))
                .isEmpty();
        assertThat(untidy("a\tb")).isTrue();
        assertThat(untidy("a \nb")).isTrue();
        assertThat(untidy("a\r\nb")).isTrue();
        assertThat(untidy("a\n b\n")).isFalse();
    }

    private static boolean untidy(String text) {
        return text.contains("\t") || text.contains("\r") || TRAILING.matcher(text).find();
    }

    @Test
    void eachPackageIntroducesItself() {
        Set<Path> packages = new TreeSet<>();
        SourceTree.java().stream()
                .filter(file -> file.startsWith(Path.of("src/main/java")))
                .forEach(file -> packages.add(file.getParent()));
        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(folder -> {
                    Path info = folder.resolve("package-info.java");
                    assertThat(Files.exists(info)).as("%s", info).isTrue();
                    String text = SourceTree.text(info);
                    assertThat(text).contains("@NullMarked");
                    String comment = text.substring(0, text.indexOf("@NullMarked"));
                    assertThat(comment).startsWith("/**");
                    assertThat(comment.lines().count()).isBetween(2L, PACKAGE_INFO_LINES_MAX + 2L);
                });
    }
}
