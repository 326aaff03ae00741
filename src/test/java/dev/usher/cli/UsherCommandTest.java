package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class UsherCommandTest {

    private static final String KEY = "00112233445566778899aabbccddeeff".repeat(2);

    @TempDir private Path directory;

    private record Outcome(int exit, String out, String err) {}

    private static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = UsherCommand.line(arguments);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(arguments);
        return new Outcome(exit, out.toString(), err.toString());
    }

    @Test
    void wrongUsageIsExplainedWithExit2() {
        Outcome none = run();
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("a command is missing").contains("serve");
        Outcome unknown = run("dev", "--http-prot", "1");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("--http-prot").contains("--http-port");
        assertThat(run("tenant").exit()).isEqualTo(2);
        assertThat(run("tenant", "create").err()).contains("--domain");
        assertThat(run("help").exit()).isZero();
        assertThat(run("help").out()).contains("load-test-data").contains("serve");
        assertThat(run("help", "serve").out()).contains("--trusted-proxy");
        assertThat(run("sreve").err()).contains("sreve").contains("serve");
        assertThat(run("dev", "--help").out()).contains("--management-port");
    }

    @Test
    void productionNamesEverythingThatIsMissingAtOnce() {
        Outcome outcome = run("serve", "--data", directory.toString());
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--public-origin")
                .contains("--tls-cert FILE and --tls-key FILE, or --trusted-proxy")
                .contains("--database")
                .contains("--master-key-file")
                .doesNotContain("Exception");
        Outcome half =
                run(
                        "serve",
                        "--data",
                        directory.toString(),
                        "--public-origin",
                        "http://login.example",
                        "--tls-key",
                        "k.pem");
        assertThat(half.err())
                .contains("must be https://HOST[:PORT], not http://login.example")
                .contains("--tls-cert FILE: the other half");
    }

    @Test
    void tenantsAreCreatedListedDisabledAndDeleted() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), KEY);
        String[] where = {
            "--database", "jdbc:sqlite:" + directory.resolve("t.db"), "--master-key-file", "" + key
        };
        Outcome created =
                tenant("create", where, "--domain", "one.example", "--domain", "b.example");
        assertThat(created.exit()).as(created.err()).isZero();
        assertThat(created.out())
                .containsPattern("tenant id: +[0-9a-f-]{36}\\R")
                .contains("one.example, b.example")
                .containsPattern("application id: [0-9a-f-]{36}\\R")
                .containsPattern("secret: +[A-Za-z0-9_-]{43}\\R");
        Outcome twice = tenant("create", where, "--domain", "B.example");
        assertThat(twice.exit()).isEqualTo(1);
        assertThat(twice.err()).contains("b.example belongs to another tenant");
        assertThat(tenant("create", where, "--domain", "no domain").err())
                .contains("not a domain name: no domain");
        assertThat(tenant("list", where).out()).contains("\tactive\tall\tone.example,b.example\t");
        assertThat(tenant("disable", where, "one.example").out()).contains("is disabled");
        assertThat(tenant("disable", where, "one.example").out()).contains("was disabled already");
        assertThat(tenant("list", where).out()).contains("\tdisabled\t");
        assertThat(tenant("enable", where, "one.example").out()).contains("is active");
        assertThat(tenant("delete", where, "one.example").out()).contains("is deleted");
        assertThat(tenant("list", where).out()).isEmpty();
        Outcome gone = tenant("delete", where, "one.example");
        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.err()).isEqualToIgnoringNewLines("usher: there is no tenant one.example");
    }

    private static Outcome tenant(String command, String[] where, String... more) {
        String[] all = new String[2 + where.length + more.length];
        all[0] = "tenant";
        all[1] = command;
        System.arraycopy(where, 0, all, 2, where.length);
        System.arraycopy(more, 0, all, 2 + where.length, more.length);
        return run(all);
    }

    @Test
    void administrationNeedsADatabaseAndItsKey() {
        Outcome noDirectory = run("tenant", "list", "--data", directory + "/none");
        assertThat(noDirectory.exit()).isEqualTo(2);
        assertThat(noDirectory.err()).contains("there is no directory").contains("--database");
        Outcome noKey = run("tenant", "list", "--data", directory.toString());
        assertThat(noKey.exit()).isEqualTo(2);
        assertThat(noKey.err()).contains("the master key is missing");
    }

    @Test
    void anUnreachableDatabaseIsExplainedWithExit1() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), KEY);
        Outcome outcome =
                run(
                        "migrate",
                        "--database",
                        "jdbc:postgresql://127.0.0.1:1/none?connectTimeout=2",
                        "--master-key-file",
                        key.toString());
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("usher: ").doesNotContain("\tat ");
    }
}
