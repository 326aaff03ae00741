package dev.usher.acceptance.afterwards;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.kiota.BaseRequestBuilder;
import dev.usher.acceptance.afterwards.SdkMethods.Call;
import dev.usher.acceptance.fixture.Golden;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.proxy.Line;
import dev.usher.acceptance.proxy.OperationList;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every request that the builders below {@code identity()} of both Java SDKs can make on a path
 * that is served has been made by a test, or stands with its reason in {@code sdk-unused.tsv}.
 */
class SdkCompletenessTest {

    private static final int CALLS_MIN = 100;

    private final OperationList operations =
            OperationList.read(Path.of(System.getProperty("usher.root")));
    private final Map<String, JsonNode> seen = Reports.operations();

    @Test
    @Shows("V20")
    void everyCallIsMadeOrListed() {
        Map<String, String> listed = listed();
        Map<String, String> unused = new TreeMap<>();
        var adapter = SdkMethods.noAdapter();
        int served =
                collect(
                                "v1.0",
                                new com.microsoft.graph.identity.IdentityRequestBuilder(
                                        new HashMap<>(), adapter),
                                unused)
                        + collect(
                                "beta",
                                new com.microsoft.graph.beta.identity.IdentityRequestBuilder(
                                        new HashMap<>(), adapter),
                                unused);

        assertThat(unused.keySet())
                .as(
                        "calls of the SDKs that no test makes, with the state of the operation: %s",
                        unused)
                .isEqualTo(listed.keySet());
        assertThat(listed.values()).allSatisfy(reason -> assertThat(reason).isNotBlank());
        assertThat(served).isGreaterThan(CALLS_MIN);
    }

    /** Adds what no test calls; gives the number of calls on served paths. */
    private int collect(String version, BaseRequestBuilder builder, Map<String, String> unused) {
        int served = 0;
        for (Call call : SdkMethods.below(builder)) {
            String target = "/" + version + call.target();
            Optional<Line> line = operations.match(call.method(), target).filter(Line::works);
            if (line.isEmpty() && !isServed(target)) {
                continue;
            }
            served++;
            boolean made =
                    line.filter(it -> seen.get(it.toString()).get("bySdk").asInt() > 0).isPresent();
            if (!made) {
                unused.put(
                        String.join("\t", version, call.method(), call.path()),
                        line.map(Line::operation).orElse("absent"));
            }
        }
        return served;
    }

    /** Whether any method works on that path. */
    private boolean isServed(String target) {
        return operations.working().stream()
                .map(Line::method)
                .distinct()
                .filter(method -> !method.equals("*"))
                .anyMatch(
                        method -> operations.match(method, target).filter(Line::works).isPresent());
    }

    /** {@code version, method, path} to the reason why no test makes that call. */
    private static Map<String, String> listed() {
        return Golden.read("sdk-unused.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .collect(
                        Collectors.toMap(
                                cells -> String.join("\t", cells[0], cells[1], cells[2]),
                                cells -> cells[3],
                                (one, two) -> one,
                                TreeMap::new));
    }
}
