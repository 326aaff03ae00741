package dev.usher.acceptance.afterwards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each operation that docs/parity.md says works was seen to, in each version that has it. */
class RecordingTest {

    private static final int LINES_MIN = 150;

    @Test
    void everyWorkingOperationWasSeenToSucceed() {
        Map<String, JsonNode> rows = Reports.operations();
        List<String> unseen =
                rows.entrySet().stream()
                        .filter(row -> row.getValue().get("works").asBoolean())
                        .filter(row -> row.getValue().get("succeeded").asInt() == 0)
                        .map(row -> row.getKey() + " " + row.getValue().get("statuses"))
                        .toList();

        assertThat(unseen).isEmpty();
        assertThat(rows.values().stream().filter(row -> row.get("works").asBoolean()).count())
                .isGreaterThan(LINES_MIN);
    }

    @Test
    void anAbsentOperationNeverSucceeds() {
        assertThat(
                        Reports.operations().entrySet().stream()
                                .filter(row -> !row.getValue().get("works").asBoolean())
                                .filter(row -> row.getValue().get("succeeded").asInt() > 0)
                                .map(Map.Entry::getKey))
                .isEmpty();
    }
}
