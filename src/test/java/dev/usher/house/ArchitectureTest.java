package dev.usher.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.usher.store.ReadTx;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The house rules hold for the program, and each of them can be broken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

    private final JavaClasses program =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.usher");

    @TestFactory
    Stream<DynamicTest> theProgramKeeps() {
        return HouseRules.ALL.entrySet().stream()
                .map(rule ->
                        DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(program)));
    }

    @Test
    void theWholeProgramIsLookedAt() {
        assertThat(program.contain("dev.usher.edm.Schema")).isTrue();
        assertThat(program.contain("dev.usher.store.Store")).isTrue();
    }

    @Test
    void theRingsAreThoseOfTheDrawing() {
        assertThat(Rings.mayImport("store", "edm")).isTrue();
        assertThat(Rings.mayImport("edm", "store")).isFalse();
        assertThat(Rings.mayImport("client", "tenant")).isTrue();
        assertThat(Rings.mayImport("tenant", "client")).isFalse();
        assertThat(Rings.mayImport("odata", "tenant")).isFalse();
        assertThat(Rings.mayImport("graph", "oauth")).isFalse();
        assertThat(Rings.mayImport("dev", "graph")).isFalse();
        assertThat(Rings.mayImport("http", "cli")).isFalse();
        assertThat(Rings.mayImport("cli", "dev")).isTrue();
        assertThat(Rings.known("util")).isFalse();
    }

    @Test
    void eachRuleCanBeBroken() {
        // this test stands in a room that has no place in the house
        assertBroken(HouseRules.RINGS, ArchitectureTest.class);
        assertBroken(HouseRules.JETTY, UsesJetty.class);
        assertBroken(HouseRules.JDBC, UsesJdbc.class);
        assertBroken(HouseRules.SQL, WritesSql.class);
        assertBroken(HouseRules.NO_STATIC_STATE, CountsInAStatic.class);
        assertBroken(HouseRules.NO_STATIC_STATE, CachesInAStatic.class);
        assertBroken(HouseRules.TIME_AND_RANDOMNESS, ReadsTheClock.class);
        assertBroken(HouseRules.TIME_AND_RANDOMNESS, RollsDice.class);
    }

    private static void assertBroken(ArchRule rule, Class<?> by) {
        JavaClasses planted = new ClassFileImporter().importClasses(by);
        assertThat(rule.evaluate(planted).hasViolation()).as("%s by %s", rule, by).isTrue();
    }

    static final class UsesJetty {
        String ok() {
            return HttpStatus.getMessage(200);
        }
    }

    static final class UsesJdbc {
        boolean empty(java.sql.ResultSet rows) throws java.sql.SQLException {
            return !rows.next();
        }
    }

    static final class WritesSql {
        int touch(ReadTx tx) {
            return tx.sql("select 1 where :tenant is not null").execute();
        }
    }

    static final class CountsInAStatic {
        static int count;
    }

    static final class CachesInAStatic {
        static final HashMap<String, String> CACHE = new HashMap<>(Map.of("a", "b"));
    }

    static final class ReadsTheClock {
        Instant now() {
            return Instant.now();
        }
    }

    static final class RollsDice {
        Object dice() {
            return new java.util.Random();
        }
    }
}
